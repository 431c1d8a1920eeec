package dev.tenantops.onboarding.sandbox.bench;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads from the API server as its administrator, and does all of it in the caller's thread, so that what the measuring
 * costs can be told from the work of the simulated cloud beside it.
 */
final class ApiServerReader {

    private final URI server;
    private final SSLSocketFactory tls;

    ApiServerReader(Config config) {
        server = URI.create(config.getMasterUrl());
        try {
            tls = SSLUtils.sslContext(config).getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the administrator's certificate cannot be read", e);
        }
    }

    int port() {
        return server.getPort();
    }

    List<String> lines(String path) {
        try (BufferedReader answer = open(path, "*/*")) {
            return answer.readAllLines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BufferedReader open(String path, String accepted) throws IOException {
        URL url = server.resolve(path).toURL();
        HttpsURLConnection connection = (HttpsURLConnection) url.openConnection(java.net.Proxy.NO_PROXY);
        connection.setSSLSocketFactory(tls);
        connection.setRequestProperty("Accept", accepted);
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }
}

package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own: only there are the environment variables real. */
class NoProxyConfigCustomizerTest {

    /** A proxy that nobody can reach. */
    private static final String PROXY = "http://127.0.0.1:9";

    private static final byte[] VERSION =
            "{\"major\":\"1\",\"minor\":\"37\",\"gitVersion\":\"v1.37.2\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpsServer server;

    @BeforeEach
    void setUp() throws IOException {
        var authority = CertificateAuthority.create("API server");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext("localhost")));
        server.createContext("/version", exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, VERSION.length);
            exchange.getResponseBody().write(VERSION);
            exchange.close();
        });
        server.start();
        authority.writeTo(folder.resolve("ca.crt"));
        Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters:
                - {name: test, cluster: {server: "https://localhost:%d", certificate-authority: "%s"}}
                users:
                - {name: test, user: {token: none}}
                contexts:
                - {name: test, context: {cluster: test, user: test}}
                """.formatted(server.getAddress().getPort(), folder.resolve("ca.crt")));
    }

    @AfterEach
    void tearDown() {
        server.stop(0);
    }

    @Test
    void aProxyWithTheExceptionOfEverythingIsNotUsed() throws Exception {
        assertThatOnlyTheCustomizedClientArrives(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", "*"), List.of());
    }

    @Test
    void aProxyWithoutExceptionsIsNotUsed() throws Exception {
        assertThatOnlyTheCustomizedClientArrives(Map.of("HTTPS_PROXY", PROXY), List.of());
    }

    @Test
    void aProxyOfSystemPropertiesIsNotUsed() throws Exception {
        var properties = Map.of(
                "http.proxyHost", "127.0.0.1",
                "http.proxyPort", "9",
                "https.proxyHost", "127.0.0.1",
                "https.proxyPort", "9",
                "http.nonProxyHosts", "",
                "https.proxy", PROXY);
        assertThatOnlyTheCustomizedClientArrives(
                Map.of(),
                properties.entrySet().stream()
                        .map(it -> "-D" + it.getKey() + "=" + it.getValue())
                        .toList());
    }

    private void assertThatOnlyTheCustomizedClientArrives(Map<String, String> environment, List<String> properties)
            throws Exception {
        assertThat(ask(environment, properties))
                .anyMatch(it -> it.startsWith("as found: failed"))
                .contains("customized: v1.37.2");
        assertThat(requests).hasValue(1);
    }

    /** What the client's process prints. */
    private List<String> ask(Map<String, String> environment, List<String> properties)
            throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(
                        List.of(java, "-XX:TieredStopAtLevel=1"), properties, List.of(VersionRequest.class.getName()))
                .flatMap(List::stream)
                .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(it -> it.toUpperCase(Locale.ROOT).endsWith("_PROXY"));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        builder.environment().putAll(environment);
        var output = folder.resolve("output");
        var process = builder.redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as("the client ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output);
    }
}

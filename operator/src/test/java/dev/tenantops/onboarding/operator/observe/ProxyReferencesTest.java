package dev.tenantops.onboarding.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tenantops.onboarding.api.LocalSecretReference;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.CaBundleReference;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.operator.observe.ProxyReferences.Resolved;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of what others write is taken. */
class ProxyReferencesTest {

    private static final String NAMESPACE = "customer-contoso";
    private static final String URL = "http://proxy.example.com:3128";

    private HttpServer apiServer;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        apiServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apiServer.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(
                                "http://localhost:" + apiServer.getAddress().getPort())
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        apiServer.stop(0);
    }

    @Test
    void aBundleIsTakenUpToHalfAMebibyte() {
        assertThat(bundle("x".repeat(512 * 1024))).isInstanceOf(Resolved.Usable.class);
        assertThat(bundle("x".repeat(512 * 1024 + 1))).isInstanceOfSatisfying(Resolved.NotReadable.class, it -> {
            assertThat(it.message()).contains("ca.crt", "ConfigMap authorities", "524289 characters");
            assertThat(it.next()).isEqualTo("Shorten it");
        });
    }

    @Test
    void aPasswordThatIsNoneIsNotTaken() {
        serve(
                "secrets/login",
                new SecretBuilder()
                        .addToData("username", encoded("onboarding"))
                        .addToData("password", encoded("y".repeat(5000)))
                        .withNewMetadata()
                        .withName("login")
                        .endMetadata()
                        .build());

        assertThat(new ProxyReferences(client).read(NAMESPACE, new Proxy(URL, new LocalSecretReference("login"), null)))
                .isInstanceOfSatisfying(
                        Resolved.NotReadable.class,
                        it -> assertThat(it.message())
                                .contains("password", "Secret login", "5000 characters")
                                .doesNotContain("yyyy"));
    }

    private Resolved bundle(String text) {
        serve(
                "configmaps/authorities",
                new ConfigMapBuilder()
                        .addToData("ca.crt", text)
                        .withNewMetadata()
                        .withName("authorities")
                        .endMetadata()
                        .build());
        var reference = new CaBundleReference(CaBundleReference.Kind.ConfigMap, "authorities", null);
        try {
            return new ProxyReferences(client).read(NAMESPACE, new Proxy(URL, null, reference));
        } finally {
            apiServer.removeContext("/api/v1/namespaces/" + NAMESPACE + "/configmaps/authorities");
        }
    }

    private void serve(String what, HasMetadata resource) {
        var body = Serialization.asJson(resource).getBytes(StandardCharsets.UTF_8);
        apiServer.createContext("/api/v1/namespaces/" + NAMESPACE + "/" + what, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.tenantops.onboarding.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tenantops.onboarding.api.ApiGroup;
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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(secret(forProxy().addToData("password", encoded("y".repeat(5000)))))
                .isInstanceOfSatisfying(
                        Resolved.NotReadable.class,
                        it -> assertThat(it.message())
                                .contains("password", "Secret login", "5000 characters")
                                .doesNotContain("yyyy"));
    }

    @Test
    void aSecretThatSaysForWhichProxyItIsIsTaken() {
        assertThat(secret(forProxy()))
                .isInstanceOfSatisfying(
                        Resolved.Usable.class,
                        it -> assertThat(it.proxy().credentials())
                                .contains(new ForwardProxy.Credentials("onboarding", "pass word ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n"})
    void aLineBreakAtTheEndIsNoPartOfACredential(String lineBreak) {
        assertThat(secret(forProxy()
                        .addToData("username", encoded("onboarding" + lineBreak))
                        .addToData("password", encoded("pass word " + lineBreak))
                        .addToData("host", encoded("proxy.example.com:3128" + lineBreak))))
                .isInstanceOfSatisfying(
                        Resolved.Usable.class,
                        it -> assertThat(it.proxy().credentials())
                                .contains(new ForwardProxy.Credentials("onboarding", "pass word ")));
    }

    @Test
    void theHostIsComparedAsHostsAre() {
        assertThat(secret(forProxy().addToData("host", encoded("Proxy.Example.COM:3128"))))
                .isInstanceOf(Resolved.Usable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example.com",
                "proxy.example.com:8080",
                "proxy.example.org:3128",
                "http://proxy.example.com:3128",
                "proxy.example.com:3128,evil.example:1"
            })
    void aSecretOfAnotherProxyIsNotSentThere(String host) {
        assertNotReleased(secret(forProxy().addToData("host", encoded(host))));
    }

    @Test
    void aSecretOfSomethingElseIsNotSentAnywhere() {
        assertNotReleased(secret(forProxy().removeFromData("host")));
        assertNotReleased(secret(forProxy().editMetadata().withLabels(Map.of()).endMetadata()));
        assertNotReleased(secret(forProxy()
                .editMetadata()
                .addToLabels(ApiGroup.PROXY_LABEL, "false")
                .endMetadata()));
        assertNotReleased(
                secret(new SecretBuilder().withNewMetadata().withName("login").endMetadata()));
    }

    /** One and the same message, so that whoever may write onboardings and not read Secrets learns nothing of one. */
    private static void assertNotReleased(Resolved resolved) {
        assertThat(resolved).isInstanceOfSatisfying(Resolved.NotReadable.class, it -> {
            assertThat(it.message())
                    .isEqualTo("The Secret login does not say that it is for the proxy proxy.example.com:3128, by the"
                            + " label onboarding.tenantops.dev/proxy=true and the key host, so its credentials are not"
                            + " sent there");
            assertThat(it.next())
                    .endsWith("kubectl patch secret login -n customer-contoso --type=merge -p"
                            + " '{\"metadata\":{\"labels\":{\"onboarding.tenantops.dev/proxy\":\"true\"}},"
                            + "\"stringData\":{\"host\":\"proxy.example.com:3128\"}}'");
        });
    }

    @Test
    void aProxyWithoutAHostGetsNoSecretRead() {
        assertThat(new ProxyReferences(null)
                        .read(NAMESPACE, new Proxy("http:///", new LocalSecretReference("login"), null)))
                .isInstanceOf(Resolved.Usable.class);
    }

    private static SecretBuilder forProxy() {
        return new SecretBuilder()
                .addToData("host", encoded("proxy.example.com:3128"))
                .addToData("username", encoded("onboarding"))
                .addToData("password", encoded("pass word "))
                .withNewMetadata()
                .withName("login")
                .addToLabels(ApiGroup.PROXY_LABEL, "true")
                .endMetadata();
    }

    private Resolved secret(SecretBuilder secret) {
        serve("secrets/login", secret.build());
        try {
            return new ProxyReferences(client).read(NAMESPACE, new Proxy(URL, new LocalSecretReference("login"), null));
        } finally {
            apiServer.removeContext("/api/v1/namespaces/" + NAMESPACE + "/secrets/login");
        }
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

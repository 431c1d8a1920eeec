package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** Runs the operator under test against a real API server and a simulated Microsoft cloud. */
public class SandboxResource implements QuarkusTestResourceLifecycleManager {

    static final String OPERATOR_NAMESPACE = "tenant-onboarding";

    /** What HTTPS_PROXY and NO_PROXY say, in the words of the Kubernetes client's system properties. */
    static final Map<String, String> PROXIES = Map.of("https.proxy", "http://127.0.0.1:9", "no.proxy", "*");

    private Sandbox sandbox;

    @Override
    public Map<String, String> start() {
        sandbox = Sandbox.start();
        sandbox.apiServer().define(Samples.definitions());
        System.setProperty("kubeconfig", sandbox.kubeconfig().toString());
        PROXIES.forEach(System::setProperty);
        var port = freePort();
        var microsoft = sandbox.microsoft().url().toString();
        return Map.ofEntries(
                Map.entry("quarkus.operator-sdk.start-operator", "true"),
                Map.entry("onboarding.namespace", OPERATOR_NAMESPACE),
                Map.entry("onboarding.clouds.custom.login-url", microsoft),
                Map.entry("onboarding.clouds.custom.graph-url", microsoft),
                Map.entry("onboarding.tls.ca-bundle", sandbox.caBundle().toString()),
                Map.entry("quarkus.http.test-port", port),
                Map.entry("onboarding.public-url", "http://localhost:" + port),
                Map.entry("onboarding.verification.interval", "1s"),
                Map.entry("onboarding.verification.revocation-confirmation", "2s"),
                Map.entry("onboarding.verification.credential-propagation", "2s"),
                Map.entry("onboarding.verification.stall-after", "3s"),
                Map.entry("onboarding.network.allowed-ranges", "127.0.0.0/8,::1/128"),
                Map.entry("onboarding.network.websocket-hold", "300ms"),
                Map.entry("onboarding.network.confirmation", "500ms"));
    }

    /** The consent pages have to know where to return to before the operator listens. */
    private static String freePort() {
        try (var socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector testInjector) {
        testInjector.injectIntoFields(sandbox, new TestInjector.MatchesType(Sandbox.class));
    }

    @Override
    public void stop() {
        System.clearProperty("kubeconfig");
        PROXIES.keySet().forEach(System::clearProperty);
        if (sandbox != null) {
            sandbox.close();
        }
    }
}

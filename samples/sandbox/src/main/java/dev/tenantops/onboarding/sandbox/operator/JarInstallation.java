package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged operator as a Java program that is the cluster's administrator. */
final class JarInstallation implements Installation {

    /**
     * A small heap that is collected by one thread, and one compiler: most of the work is waiting for answers. The chart
     * has the same, with a heap that depends on the pod's memory.
     */
    static final List<String> JVM_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1", "-Xmx192m");

    private final Sandbox sandbox;
    private OperatorSettings settings;

    JarInstallation(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public void install(OperatorSettings wanted) {
        settings = wanted.with("namespace", NAMESPACE)
                .with("tls.ca-bundle", sandbox.caBundle().toString());
        sandbox.apiServer().define(Samples.definitions());
    }

    @Override
    public int replicas() {
        return 1;
    }

    @Override
    public Launch launch(String name) {
        Map<String, String> environment = new HashMap<>(settings.environment());
        return launch(name, environment);
    }

    @Override
    public Launch launchPage(String name) {
        var folder = sandbox.directory().resolve("page-keys");
        Kubelet.mount(sandbox, NAMESPACE, PAGE_KEYS, folder);
        return launch(
                name,
                new HashMap<>(new OperatorSettings(Map.of(
                                "mode",
                                "Page",
                                "public-url",
                                settings.keys().get("public-url"),
                                "page.key-directory",
                                folder.toString()))
                        .environment()));
    }

    private Launch launch(String name, Map<String, String> environment) {
        environment.put("HOSTNAME", name);
        environment.put("KUBECONFIG", sandbox.kubeconfig().toString());
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        return new Launch(JVM_FLAGS, environment);
    }
}

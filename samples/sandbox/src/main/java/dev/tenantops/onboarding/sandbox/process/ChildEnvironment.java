package dev.tenantops.onboarding.sandbox.process;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Keeps what the user's environment says about proxies, clusters and Quarkus away from processes of the sandbox. */
public final class ChildEnvironment {

    private static final Set<String> NAMES =
            Set.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "KUBECONFIG", "JAVA_TOOL_OPTIONS");
    private static final List<String> PREFIXES =
            List.of("ONBOARDING_", "QUARKUS_", "KUBERNETES_", "KUBE_API_TEST_", "OTEL_");

    private ChildEnvironment() {}

    public static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> {
            String upper = name.toUpperCase(Locale.ROOT);
            return NAMES.contains(upper) || PREFIXES.stream().anyMatch(upper::startsWith);
        });
    }
}

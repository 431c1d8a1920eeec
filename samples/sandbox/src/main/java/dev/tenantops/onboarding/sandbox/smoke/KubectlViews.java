package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.program.Steps;
import java.util.List;

/** What a person sees of an onboarding with kubectl alone. */
final class KubectlViews {

    private final Kubectl kubectl;
    private final Steps steps;

    KubectlViews(Kubectl kubectl, Steps steps) {
        this.kubectl = kubectl;
        this.steps = steps;
    }

    void check(TenantOnboarding onboarding) {
        String name = onboarding.getMetadata().getName();
        String namespace = "--namespace=" + onboarding.getMetadata().getNamespace();
        shows(List.of("TENANT", "READY", "REASON", "GRANTED", name), "get", "tob", "--all-namespaces");
        shows(List.of("NETWORK", "NEXT ACTION", name), "get", "tob", name, namespace, "-o", "wide");
        shows(List.of("PUBLISHER", "Heedify", "AudioCodes", "Outreach"), "get", "appcat");
        shows(List.of("Consent URL", "Last Transition Time", "Granted"), "describe", "tob", name, namespace);
        shows(List.of("tenantId", "licenses", "FIELDS"), "explain", "tenantonboarding.spec");
        shows(List.of("consentUrl", "missing"), "explain", "tenantonboarding.status.applications");
    }

    private void shows(List<String> expected, String... arguments) {
        steps.step("kubectl " + String.join(" ", arguments), () -> {
            Kubectl.Result result = kubectl.run(arguments);
            List<String> absent = expected.stream()
                    .filter(it -> !result.output().contains(it))
                    .toList();
            if (result.exitCode() != 0 || !absent.isEmpty()) {
                throw new IllegalStateException(
                        "exit code %d, without %s: %s".formatted(result.exitCode(), absent, result.output()));
            }
            return "%d lines with %s".formatted(result.output().lines().count(), String.join(", ", expected));
        });
    }
}

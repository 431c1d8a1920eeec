package dev.tenantops.onboarding.operator.page.vendor;

import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;

/** Onboardings as the API server shows them. */
final class OverviewFixture {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private OverviewFixture() {}

    static TenantOnboarding onboarding(String namespace, String name, String status, String reason) {
        return onboarding(namespace, name, """
                  observedGeneration: 1
                  granted: 3/5
                  nextAction: Send the links.
                  validUntil: "2026-06-01T12:10:00Z"
                  tenantName: Contoso
                  pageUrl: https://onboarding.example.com/onboarding/token
                  conditions:
                  - {type: Ready, status: "%s", reason: %s, message: m, observedGeneration: 1,
                     lastTransitionTime: "2026-05-01T08:00:00Z"}
                """.formatted(status, reason));
    }

    /** @param status the fields of the status, as YAML; empty for an onboarding that nobody has looked at */
    static TenantOnboarding onboarding(String namespace, String name, String status) {
        return YAML.unmarshal(
                """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {namespace: %s, name: %s, generation: 1}
                spec:
                  tenantId: c0470500-0000-4000-8000-000000000001
                  licenses: [{catalog: heedify, plans: [common]}]
                """.formatted(namespace, name) + (status.isEmpty() ? "" : "status:\n" + status),
                TenantOnboarding.class);
    }

    static OverviewRow row(String status, String reason) {
        return OverviewRow.of(onboarding("customer-a", "contoso", status, reason), NOW);
    }
}

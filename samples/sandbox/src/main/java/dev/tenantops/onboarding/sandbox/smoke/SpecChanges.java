package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.operator.Conditions;

/** What a platform team changes in the spec of an onboarding, and how the status answers. */
final class SpecChanges {

    private final Kubectl kubectl;
    private final ConsentJourney journey;

    SpecChanges(Kubectl kubectl, ConsentJourney journey) {
        this.kubectl = kubectl;
        this.journey = journey;
    }

    String suspend(TenantOnboarding onboarding) {
        patch(onboarding, "{\"spec\":{\"suspend\":true}}");
        return Conditions.describe(
                journey.await(
                        onboarding,
                        it -> Conditions.has(it, ConditionType.READY, Condition.Status.Unknown, "Suspended")),
                ConditionType.READY);
    }

    String resume(TenantOnboarding onboarding) {
        patch(onboarding, "{\"spec\":{\"suspend\":false}}");
        return journey.awaitReadyWithKubectl(onboarding);
    }

    /** Licenses a plan that does not exist: work in progress at first, stalled then. */
    String licenseUnknownPlan(TenantOnboarding onboarding) {
        patch(
                onboarding,
                "[{\"op\":\"add\",\"path\":\"/spec/licenses/0/plans/-\",\"value\":\"no-such-plan\"}]",
                "json");
        TenantOnboardingStatus first = journey.await(
                onboarding, it -> Conditions.has(it, ConditionType.READY, Condition.Status.Unknown, "UnknownPlan"));
        TenantOnboardingStatus then = journey.await(
                onboarding, it -> Conditions.has(it, ConditionType.READY, Condition.Status.False, "UnknownPlan"));
        return "%s, then %s"
                .formatted(
                        Conditions.describe(first, ConditionType.RECONCILING),
                        Conditions.describe(then, ConditionType.STALLED));
    }

    /** Takes back the last plan. */
    String correctPlan(TenantOnboarding onboarding) {
        int added = onboarding.getSpec().licenses().getFirst().plans().size();
        patch(onboarding, "[{\"op\":\"remove\",\"path\":\"/spec/licenses/0/plans/%d\"}]".formatted(added), "json");
        return journey.awaitReadyWithKubectl(onboarding);
    }

    private void patch(TenantOnboarding onboarding, String patch) {
        patch(onboarding, patch, "merge");
    }

    private void patch(TenantOnboarding onboarding, String patch, String type) {
        Kubectl.Result result = kubectl.run(
                "patch",
                "tenantonboarding",
                onboarding.getMetadata().getName(),
                "--namespace=" + onboarding.getMetadata().getNamespace(),
                "--type=" + type,
                "--patch=" + patch);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
    }
}

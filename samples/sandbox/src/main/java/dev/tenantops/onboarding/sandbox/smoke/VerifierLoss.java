package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.operator.Conditions;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.Polling;

/** What happens to a verifier that could read a tenant: the customer deletes it, or the vendor loses its credential. */
final class VerifierLoss {

    private final OperatorSandbox stage;
    private final ConsentJourney journey;

    VerifierLoss(OperatorSandbox stage, ConsentJourney journey) {
        this.stage = stage;
        this.journey = journey;
    }

    String deleteFrom(TenantOnboarding onboarding) {
        stage.sandbox()
                .microsoft()
                .directory()
                .delete(
                        onboarding.getSpec().tenantId(),
                        catalog(onboarding).getSpec().verifier().clientId());
        return awaitReason(onboarding, "VerifierConsentRequired");
    }

    String consentAgain(TenantOnboarding onboarding) {
        journey.consentToVerifier(
                onboarding, journey.status(onboarding).verifiers().getFirst());
        return journey.awaitReadyWithKubectl(onboarding);
    }

    String deleteSecret(TenantOnboarding onboarding) {
        stage.client()
                .resource(OperatorSandbox.verifierSecret(catalog(onboarding)))
                .delete();
        String seen = awaitReason(onboarding, "CredentialsInvalid");
        return "%s, %s".formatted(seen, awaitCatalog(catalog(onboarding), Condition.Status.False));
    }

    String createSecret(TenantOnboarding onboarding) {
        stage.client()
                .resource(OperatorSandbox.verifierSecret(catalog(onboarding)))
                .create();
        awaitCatalog(catalog(onboarding), Condition.Status.True);
        return journey.awaitReadyWithKubectl(onboarding);
    }

    private String awaitReason(TenantOnboarding onboarding, String reason) {
        TenantOnboardingStatus seen = journey.await(
                onboarding, it -> Conditions.has(it, ConditionType.READY, Condition.Status.False, reason));
        return Conditions.describe(seen, ConditionType.VERIFIER_AUTHORIZED);
    }

    private String awaitCatalog(ApplicationCatalog catalog, Condition.Status expected) {
        Condition seen = Polling.until(
                ConsentJourney.LIMIT,
                () -> stage
                        .client()
                        .resources(ApplicationCatalog.class)
                        .withName(catalog.getMetadata().getName())
                        .get()
                        .getStatus()
                        .conditions()
                        .stream()
                        .filter(it -> it.type().equals(ConditionType.CREDENTIALS_VALID))
                        .findFirst(),
                it -> it.status() == expected);
        return "%s=%s of the catalog".formatted(seen.type(), seen.status());
    }

    private ApplicationCatalog catalog(TenantOnboarding onboarding) {
        return stage.catalog(onboarding.getSpec().licenses().getFirst().catalog());
    }
}

package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.operator.Conditions;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.program.Steps;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What a customer's administrator does with the links of an onboarding, and what its status says meanwhile. */
final class ConsentJourney {

    static final Duration LIMIT = Duration.ofSeconds(90);

    /** What a consent can bring about; by its catalog an application may have ended. */
    private static final Set<ApplicationState> DONE =
            EnumSet.of(ApplicationState.Granted, ApplicationState.PermissionRetired);

    private final OperatorSandbox stage;
    private final ConsentBrowser browser;

    ConsentJourney(OperatorSandbox stage, ConsentBrowser browser) {
        this.stage = stage;
        this.browser = browser;
    }

    /** Every link of an onboarding, in order, from nothing to Ready. */
    void walk(TenantOnboarding onboarding, Steps steps) {
        String name = onboarding.getMetadata().getName();
        steps.step(name + ": every consent link is published, nothing is green yet", () -> linksPublished(onboarding));
        for (VerifierStatus verifier : status(onboarding).verifiers()) {
            steps.step(
                    "%s: the verifier of %s is consented to in the browser".formatted(name, verifier.catalog()),
                    () -> consentToVerifier(onboarding, verifier));
        }
        status(onboarding).applications().stream()
                .filter(it -> it.consentUrl() != null && it.state() != ApplicationState.NotVerifiable)
                .forEach(it -> steps.step(
                        "%s: %s is consented to in the browser".formatted(name, it.name()),
                        () -> consentToApplication(onboarding, it)));
        if (Conditions.has(status(onboarding), ConditionType.ATTESTED, Condition.Status.False, "AttestationRequired")) {
            steps.step(name + ": somebody attests what no directory shows", () -> attest(onboarding));
        }
        if (status(onboarding).applications().stream()
                .anyMatch(it -> it.state() == ApplicationState.PermissionRetired)) {
            steps.step(name + ": a permission is retired, whatever was granted", () -> retired(onboarding));
        } else {
            steps.step(name + ": kubectl wait --for=condition=Ready", () -> awaitReadyWithKubectl(onboarding));
        }
    }

    /** Adds what the status asks for to the spec, for an hour. */
    private String attest(TenantOnboarding onboarding) {
        List<String> entries = status(onboarding).applications().stream()
                .flatMap(application -> application.prerequisites().stream()
                        .filter(it -> it.state() == PrerequisiteStatus.State.AttestationRequired)
                        .map(it ->
                                "{\"catalog\": \"%s\", \"application\": \"%s\", \"prerequisite\": \"%s\", \"reason\": \"smoke\", \"until\": \"%s\"}"
                                        .formatted(
                                                application.catalog(),
                                                application.name(),
                                                it.name(),
                                                Instant.now()
                                                        .plus(Duration.ofHours(1))
                                                        .truncatedTo(ChronoUnit.SECONDS))))
                .toList();
        Kubectl.Result result = stage.sandbox()
                .kubectl()
                .run(
                        "patch",
                        "tenantonboarding",
                        onboarding.getMetadata().getName(),
                        "--namespace=" + onboarding.getMetadata().getNamespace(),
                        "--type=merge",
                        "--patch={\"spec\": {\"attestations\": [%s]}}".formatted(String.join(", ", entries)));
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
        TenantOnboardingStatus after =
                await(onboarding, it -> Conditions.has(it, ConditionType.ATTESTED, Condition.Status.True));
        return Conditions.describe(after, ConditionType.ATTESTED) + ": "
                + after.condition(ConditionType.ATTESTED).orElseThrow().message();
    }

    private String retired(TenantOnboarding onboarding) {
        return Conditions.describe(
                await(
                        onboarding,
                        it -> Conditions.has(it, ConditionType.READY, Condition.Status.False, "PermissionRetired")),
                ConditionType.READY);
    }

    /** Opens the link of one application, accepts, and waits until the grant was verified. */
    String consentToApplication(TenantOnboarding onboarding, ApplicationStatus application) {
        accept(application.consentUrl());
        TenantOnboardingStatus after = await(onboarding, it -> DONE.contains(state(it, application.name())));
        return "%s, granted %s".formatted(state(after, application.name()), after.granted());
    }

    String awaitReadyWithKubectl(TenantOnboarding onboarding) {
        Kubectl.Result result = stage.sandbox()
                .kubectl()
                .run(
                        "wait",
                        "--for=condition=Ready",
                        "tenantonboarding/" + onboarding.getMetadata().getName(),
                        "--namespace=" + onboarding.getMetadata().getNamespace(),
                        "--timeout=%ds".formatted(LIMIT.toSeconds()));
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output() + "; " + conditions(status(onboarding)));
        }
        return result.output();
    }

    /** Waits until the status is as expected, and fails with the conditions that were seen last. */
    TenantOnboardingStatus await(TenantOnboarding onboarding, Predicate<TenantOnboardingStatus> expected) {
        try {
            return Polling.until(LIMIT, () -> stage.read(onboarding).map(TenantOnboarding::getStatus), expected);
        } catch (Polling.TimedOut e) {
            throw new IllegalStateException(
                    "after %d s: %s".formatted(LIMIT.toSeconds(), conditions(status(onboarding))), e);
        }
    }

    TenantOnboardingStatus status(TenantOnboarding onboarding) {
        return stage.read(onboarding).orElseThrow().getStatus();
    }

    static ApplicationState state(TenantOnboardingStatus status, String application) {
        return status.applications().stream()
                .filter(it -> it.name().equals(application))
                .findFirst()
                .map(ApplicationStatus::state)
                .orElse(null);
    }

    private String linksPublished(TenantOnboarding onboarding) {
        TenantOnboardingStatus published = await(
                onboarding,
                it -> !it.verifiers().isEmpty()
                        && it.verifiers().stream().allMatch(verifier -> verifier.consentUrl() != null)
                        && !it.applications().isEmpty()
                        && it.applications().stream()
                                .filter(application -> application.clientId() != null)
                                .allMatch(application -> application.consentUrl() != null));
        if (Conditions.has(published, ConditionType.READY, Condition.Status.True)) {
            throw new IllegalStateException("Ready before any consent: " + conditions(published));
        }
        return "verifiers %d, applications %d, %s"
                .formatted(
                        published.verifiers().size(),
                        published.applications().size(),
                        Conditions.describe(published, ConditionType.READY));
    }

    /** Opens the link of a verifier, accepts, and waits until it can read the tenant. */
    String consentToVerifier(TenantOnboarding onboarding, VerifierStatus verifier) {
        accept(verifier.consentUrl());
        return Conditions.describe(
                await(onboarding, it -> Conditions.has(it, ConditionType.VERIFIER_AUTHORIZED, Condition.Status.True)),
                ConditionType.VERIFIER_AUTHORIZED);
    }

    private void accept(String consentUrl) {
        ConsentBrowser.Page page = browser.accept(URI.create(consentUrl));
        boolean returned = page.url().getPort() == stage.publicUrl().getPort()
                && page.url().getPath().equals("/consent/callback");
        if (!returned || page.status() != 200) {
            throw new IllegalStateException("the browser ended at %s with status %d instead of the operator's callback"
                    .formatted(page.url().getPath(), page.status()));
        }
    }

    private static String conditions(TenantOnboardingStatus status) {
        return String.join(
                "; ",
                status.conditions().stream()
                        .map(it -> "%s=%s %s (%s)".formatted(it.type(), it.status(), it.reason(), it.message()))
                        .toList());
    }
}

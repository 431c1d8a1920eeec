package dev.tenantops.onboarding.sandbox.replicas;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.operator.Conditions;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.Polling;
import java.time.Duration;
import java.util.function.Predicate;

/** What the customers' administrators do while replicas come and go, and when it shows. */
final class Customers {

    private final OperatorSandbox stage;
    private final Duration limit;

    /** @param limit how long anything may take to show */
    Customers(OperatorSandbox stage, Duration limit) {
        this.stage = stage;
        this.limit = limit;
    }

    /** Consents to everything. */
    void consent(TenantOnboarding onboarding) {
        ManyTenants.consent(stage, onboarding);
    }

    /** Takes back the consent to the first application. */
    void revokeConsent(TenantOnboarding onboarding) {
        String application = ManyTenants.clientIds(
                        stage.catalog(ManyTenants.CATALOG).getSpec())
                .getFirst();
        stage.sandbox()
                .microsoft()
                .directory()
                .revokeConsent(onboarding.getSpec().tenantId(), application);
    }

    /** Comes back from Microsoft to this replica, whoever leads, which has to lead to a check. */
    void returnTo(OperatorProcess replica, TenantOnboarding onboarding) {
        TenantOnboarding known = stage.read(onboarding).orElseThrow();
        var answer = replica.get("/consent/callback?admin_consent=True&tenant=%s&state=%s.reports"
                        .formatted(
                                known.getSpec().tenantId(), known.getMetadata().getUid()))
                .orElseThrow();
        if (answer.statusCode() != 200 || !answer.body().contains("It is now being verified")) {
            throw new IllegalStateException("HTTP " + answer.statusCode() + ": " + answer.body());
        }
        await(known, it -> it.getStatus().lastHandledReconcileAt() != null);
    }

    void awaitReady(TenantOnboarding onboarding) {
        await(onboarding, Conditions::isReady);
    }

    void awaitRevoked(TenantOnboarding onboarding) {
        await(
                onboarding,
                it -> it.getStatus().applications().stream()
                        .anyMatch(application -> application.state() == ApplicationState.ConsentRevoked));
    }

    void await(TenantOnboarding onboarding, Predicate<TenantOnboarding> expected) {
        Polling.until(limit, () -> stage.read(onboarding), expected);
    }
}

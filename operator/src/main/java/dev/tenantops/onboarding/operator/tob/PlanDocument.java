package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.plan.CatalogPlan;
import dev.tenantops.onboarding.operator.plan.Doubt;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedApplication;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedVerifier;
import java.util.List;

/** A plan as scripts read it. */
record PlanDocument(String asOf, List<String> catalogs, Summary summary, List<Customer> onboardings) {

    record Summary(
            int considered,
            long needConsent,
            long unknownUntilTheNextCheck,
            long withSurplus,
            long withChangedLinks,
            long withProblems,
            long losingReady) {}

    record Customer(
            String namespace,
            String name,
            String tenantId,
            String tenantName,
            boolean losesReady,
            List<Verifier> verifiers,
            List<Application> applications,
            List<String> problems,
            String notice) {}

    record Verifier(String catalog, boolean replaced, boolean linkChanges, String grantableBy, String link) {}

    /** @param unknown why it is unknown until the next check what the tenant holds; null where it is known */
    record Application(
            String catalog,
            String name,
            String displayName,
            String change,
            boolean optional,
            List<String> needs,
            List<String> needsUnlessHeld,
            List<String> surplus,
            List<String> attest,
            boolean retired,
            boolean linkChanges,
            String grantableBy,
            String link,
            Doubt unknown) {}

    static PlanDocument of(CatalogPlan plan) {
        return new PlanDocument(
                plan.asOf().toString(),
                plan.catalogs(),
                new Summary(
                        plan.considered(),
                        plan.needingConsent(),
                        plan.undecided(),
                        plan.withSurplus(),
                        plan.withChangedLinks(),
                        plan.withProblems(),
                        plan.losingReady()),
                plan.onboardings().stream().map(PlanDocument::customer).toList());
    }

    private static Customer customer(PlannedOnboarding it) {
        return new Customer(
                it.namespace(),
                it.name(),
                it.tenantId(),
                it.tenantName().orElse(null),
                it.losesReady(),
                it.verifiers().stream().map(PlanDocument::verifier).toList(),
                it.applications().stream().map(PlanDocument::application).toList(),
                it.problems(),
                CustomerNotice.of(it).orElse(null));
    }

    private static Verifier verifier(PlannedVerifier it) {
        return new Verifier(
                it.catalog(),
                it.replaced(),
                it.linkChanges(),
                it.grantableBy(),
                it.link().orElse(null));
    }

    private static Application application(PlannedApplication it) {
        return new Application(
                it.catalog(),
                it.name(),
                it.displayName(),
                it.change().name(),
                it.optional(),
                compact(it.needs()),
                compact(it.needsUnlessHeld()),
                compact(it.surplus()),
                it.attest(),
                it.retired(),
                it.linkChanges(),
                it.grantableBy().orElse(null),
                it.link().orElse(null),
                it.doubt().orElse(null));
    }

    /** As the status writes them. */
    static List<String> compact(List<Permission> permissions) {
        return permissions.stream()
                .map(it -> it.resource() + "/" + it.type() + "/" + it.value())
                .toList();
    }
}

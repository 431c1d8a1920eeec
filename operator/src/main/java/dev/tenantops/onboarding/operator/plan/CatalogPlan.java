package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedApplication;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a change of catalogs means for each customer.
 *
 * @param asOf when the statuses were read that it is told from
 * @param catalogs the catalogs that would change, sorted
 * @param considered how many onboardings use any of them
 * @param onboardings those for whom something changes, sorted
 */
public record CatalogPlan(Instant asOf, List<String> catalogs, int considered, List<PlannedOnboarding> onboardings) {

    public CatalogPlan {
        catalogs = List.copyOf(catalogs);
        onboardings = List.copyOf(onboardings);
    }

    /** How many customers have to grant something that they do not have to grant now. */
    public long needingConsent() {
        return count(PlannedOnboarding::needsConsent);
    }

    /** How many may have to: the next check tells. */
    public long undecided() {
        return count(it -> !it.needsConsent() && it.undecided());
    }

    /** How many keep grants that nothing asks for any more. */
    public long withSurplus() {
        return count(
                it -> it.applications().stream().anyMatch(app -> !app.surplus().isEmpty()));
    }

    public long withChangedLinks() {
        return count(it -> it.applications().stream().anyMatch(PlannedApplication::linkChanges)
                || it.verifiers().stream().anyMatch(PlannedOnboarding.PlannedVerifier::linkChanges));
    }

    /** How many could not be resolved any more. */
    public long withProblems() {
        return count(it -> !it.problems().isEmpty());
    }

    /** How many are ready, and would not be. */
    public long losingReady() {
        return count(PlannedOnboarding::losesReady);
    }

    private long count(Predicate<PlannedOnboarding> wanted) {
        return onboardings.stream().filter(wanted).count();
    }
}

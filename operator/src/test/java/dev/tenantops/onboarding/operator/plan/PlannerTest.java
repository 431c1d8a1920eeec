package dev.tenantops.onboarding.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.plan.PlanComparison.Met;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Plans are what the operator says afterwards. */
class PlannerTest {

    private static final int HISTORIES = 60;
    private static final int CUSTOMERS = 25;

    @Test
    void whatAPlanSaysTheOperatorSaysOnceTheCatalogIsApplied() {
        var comparison = new PlanComparison();
        for (var seed = 1; seed <= HISTORIES; seed++) {
            PlanRun.compare(seed, CUSTOMERS, comparison, it -> it);
        }
        assertThat(comparison.differences).isEmpty();
        assertThat(comparison.met)
                .containsOnlyKeys(Met.values())
                .allSatisfy((_, times) -> assertThat(times).isGreaterThan(5));
    }

    @Test
    void aPlanOfAnotherCatalogIsSeenToDiffer() {
        var comparison = new PlanComparison();
        for (var seed = 1; seed <= 5; seed++) {
            PlanRun.compare(
                    seed,
                    CUSTOMERS,
                    comparison,
                    _ -> new RandomCatalog("product", Cloud.Global, new SplittableRandom(99)).toCatalog());
        }
        assertThat(comparison.differences).isNotEmpty();
    }

    @Test
    void theSameCatalogChangesNothing() {
        var random = new SplittableRandom(5);
        var catalog = new RandomCatalog("product", Cloud.Global, random);
        var cloud = new PlannedCloud(random);
        cloud.customers(20, catalog);
        cloud.settle(catalog.toCatalog());

        var plan = Planner.plan(cloud.snapshot(catalog.toCatalog()), List.of(catalog.toCatalog()));

        assertThat(plan.catalogs()).isEmpty();
        assertThat(plan.onboardings()).isEmpty();
    }

    @Test
    void aTenantThatNobodyHasReadIsUnknownUntilTheNextCheck() {
        var random = new SplittableRandom(6);
        var catalog = new RandomCatalog("product", Cloud.Global, random);
        var before = catalog.toCatalog();
        var cloud = new PlannedCloud(random);
        cloud.customers(5, catalog);
        catalog.change(12);

        var plan = Planner.plan(cloud.snapshot(before), List.of(catalog.toCatalog()));

        assertThat(plan.needingConsent()).isZero();
        assertThat(plan.undecided()).isPositive();
        assertThat(plan.onboardings())
                .flatExtracting(PlannedOnboarding::applications)
                .filteredOn(it -> !it.needsUnlessHeld().isEmpty())
                .allSatisfy(it -> assertThat(it.doubt()).isPresent());
    }
}

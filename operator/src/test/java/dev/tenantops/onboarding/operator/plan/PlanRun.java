package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Plans a random change of a catalog for many customers, applies it, and compares the plan with what the operator says.
 *
 * <p>Arguments: how many customers, and the seed.
 */
public final class PlanRun {

    private static final int SHOWN = 10;

    private PlanRun() {}

    public static void main(String... arguments) {
        var customers = Integer.parseInt(arguments[0]);
        var seed = Long.parseLong(arguments[1]);
        var comparison = new PlanComparison();
        var took = compare(seed, customers, comparison, it -> it);
        System.out.printf("plan: seed %d, %,d onboardings planned in %.2f s%n", seed, customers, took.toMillis() / 1e3);
        System.out.println("plan: met " + comparison.met);
        System.out.println(
                "plan: " + comparison.differences.size() + " differences from what the operator says afterwards");
        comparison.differences.stream().limit(SHOWN).forEach(System.out::println);
        System.exit(comparison.differences.isEmpty() ? 0 : 1);
    }

    /**
     * Compares once.
     *
     * @param planned what is planned in place of the catalog that is applied
     * @return how long the plan took
     */
    static Duration compare(
            long seed, int customers, PlanComparison comparison, UnaryOperator<ApplicationCatalog> planned) {
        var random = new SplittableRandom(seed);
        var catalog = new RandomCatalog("product", Cloud.Global, random);
        catalog.change(random.nextInt(6));
        var before = catalog.toCatalog();
        var asked = asked(catalog);
        var cloud = new PlannedCloud(random);
        cloud.customers(customers, catalog);
        cloud.settle(before);
        var statuses = statuses(cloud);
        catalog.change(1 + random.nextInt(4));
        var after = catalog.toCatalog();
        var begun = System.nanoTime();
        var plan = Planner.plan(cloud.snapshot(before), List.of(planned.apply(after)));
        var took = Duration.ofNanos(System.nanoTime() - begun);
        var byName =
                plan.onboardings().stream().collect(Collectors.toMap(PlannedOnboarding::name, Function.identity()));

        cloud.settle(after);

        for (TenantOnboarding it : cloud.onboardings) {
            var name = it.getMetadata().getName();
            comparison.compare(
                    "seed " + seed + ", " + name,
                    statuses.get(name),
                    Optional.ofNullable(byName.get(name)),
                    it.known(),
                    asked);
        }
        return took;
    }

    /** All that a catalog asks for, by application. */
    public static Map<String, Set<String>> asked(RandomCatalog catalog) {
        return catalog.applications().entrySet().stream()
                .collect(Collectors.toMap(
                        it -> PlanComparison.key(catalog.name(), it.getKey()),
                        it -> it.getValue().getValue()));
    }

    private static Map<String, TenantOnboardingStatus> statuses(PlannedCloud cloud) {
        var statuses = new HashMap<String, TenantOnboardingStatus>();
        cloud.onboardings.forEach(it -> statuses.put(it.getMetadata().getName(), it.known()));
        return statuses;
    }
}

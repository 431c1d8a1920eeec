package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import dev.tenantops.onboarding.sandbox.process.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long it takes from the start of the process to the first status, with a single new onboarding waiting. */
final class Start {

    private static final int TIMES = 3;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Start() {}

    /** Several starts, each with an onboarding that nobody has judged before, in a cluster with one. */
    static Quantiles measure(Cluster cluster) {
        List<Double> seconds = new ArrayList<>();
        TenantOnboarding waiting = cluster.stage().contents().onboardings().getFirst();
        for (int number = 1; number <= TIMES; number++) {
            try (OperatorRun run = cluster.startOperator(Map.of())) {
                String name = waiting.getMetadata().getName();
                long judged = Polling.until(
                                LIMIT, () -> Optional.of(cluster.watch().find(name)), Optional::isPresent)
                        .orElseThrow()
                        .first();
                seconds.add((judged - run.begun()) / 1e9);
            }
            cluster.stage().client().resource(waiting).delete();
            waiting = cluster.newOnboarding(number, null);
            ManyTenants.consent(cluster.stage(), waiting);
        }
        return Quantiles.of(seconds);
    }
}

package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.bench.StatusWatch.Seen;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** How long it takes from the page that consent returns to until an onboarding is Ready, among all the others. */
final class ConsentTimes {

    private static final int CUSTOMERS = 48;

    /** So long that nothing but the callback has them looked at in time. */
    private static final String INTERVAL = "24h";

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final OperatorRun run;

    private ConsentTimes(Cluster cluster, OperatorRun run) {
        this.cluster = cluster;
        this.run = run;
    }

    /**
     * New customers come, whose tenants have consented to nothing. Each consents to everything, and its administrator's
     * browser returns to the operator.
     *
     * @param others how many onboardings there are already
     */
    static Quantiles measure(Cluster cluster, OperatorRun run, int others) {
        return new ConsentTimes(cluster, run).measure(others);
    }

    private Quantiles measure(int others) {
        List<TenantOnboarding> customers = new ArrayList<>();
        for (int number = 0; number < CUSTOMERS; number++) {
            customers.add(cluster.newOnboarding(others + number, INTERVAL));
        }
        customers.forEach(it -> await(it, _ -> true));
        return Quantiles.of(customers.stream().map(this::secondsUntilReady).toList());
    }

    private double secondsUntilReady(TenantOnboarding customer) {
        ManyTenants.consent(cluster.stage(), customer);
        long returned = System.nanoTime();
        HttpResponse<String> page = run.process()
                .get("/consent/callback?admin_consent=True&tenant=%s&state=%s.reports"
                        .formatted(
                                customer.getSpec().tenantId(),
                                customer.getMetadata().getUid()))
                .orElseThrow();
        if (page.statusCode() != 200) {
            throw new IllegalStateException("the callback was answered with " + page.statusCode());
        }
        return (await(customer, it -> it.ready().equals("True")).since() - returned) / 1e9;
    }

    private Seen await(TenantOnboarding customer, Predicate<Seen> expected) {
        String name = customer.getMetadata().getName();
        long end = System.nanoTime() + LIMIT.toNanos();
        Optional<Seen> seen = cluster.watch().find(name).filter(expected);
        while (seen.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("after %d s %s is %s"
                        .formatted(LIMIT.toSeconds(), name, cluster.watch().find(name)));
            }
            LockSupport.parkNanos(LOOK.toNanos());
            seen = cluster.watch().find(name).filter(expected);
        }
        return seen.get();
    }
}

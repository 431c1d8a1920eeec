package dev.tenantops.onboarding.operator.network;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets everybody who asks for the same way at about the same time have the same result: a thousand customers without a
 * proxy use the same endpoints, and one WebSocket held open tells as much as a thousand. Whoever has to probe waits for a
 * turn; nobody waits for what another's turn would bring.
 */
public final class SharedProbes implements NetworkProbe, AutoCloseable {

    private static final long MOST = 10_000;
    private static final int CHARACTERS_PER_WEIGHT = 1024;

    private final Function<Asked, ProbeResult> probe;
    private final Function<ProbeCaller, AddressRules> rules;
    private final Runnable close;
    private final FairTurns turns;
    private final AsyncCache<Asked, Supplier<ProbeResult>> results;

    /**
     * What is asked for. Whoever may not dial an address must not learn from another's result what is there.
     *
     * @param rules which addresses may be dialled; each instance is another one
     */
    record Asked(ProbeTarget target, AddressRules rules) {}

    /**
     * @param share how old a result may be that is given out again
     * @param maxConcurrent how many probes are under way at once; more wait for their turn
     */
    public SharedProbes(SocketNetworkProbe probe, Duration share, int maxConcurrent) {
        this(it -> probe.probe(it.target(), it.rules()), probe::rules, probe::close, share, maxConcurrent);
    }

    SharedProbes(
            Function<Asked, ProbeResult> probe,
            Function<ProbeCaller, AddressRules> rules,
            Runnable close,
            Duration share,
            int maxConcurrent) {
        this.probe = probe;
        this.rules = rules;
        this.close = close;
        turns = new FairTurns(maxConcurrent);
        results = Caffeine.newBuilder()
                .expireAfterWrite(share)
                .maximumWeight(MOST)
                .weigher(SharedProbes::weight)
                .buildAsync();
    }

    @Override
    public ProbeResult probe(ProbeTarget target, ProbeCaller caller) {
        var asked = new Asked(target, rules.apply(caller));
        try {
            while (true) {
                var shared = results.getIfPresent(asked);
                if (shared == null) {
                    try (var _ = turns.take(caller)) {
                        var own = new CompletableFuture<Supplier<ProbeResult>>();
                        shared = results.asMap().putIfAbsent(asked, own);
                        if (shared == null) {
                            return probe(asked, own);
                        }
                    }
                }
                var outcome = outcome(shared);
                if (outcome.isPresent()) {
                    return outcome.get().get();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The probe was interrupted");
        }
    }

    @Override
    public void close() {
        close.run();
    }

    private ProbeResult probe(Asked asked, CompletableFuture<Supplier<ProbeResult>> own) {
        try {
            var result = probe.apply(asked);
            own.complete(() -> result);
            return result;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            own.complete(() -> {
                throw e;
            });
            throw e;
        } finally {
            // That this caller was interrupted is nothing to the others. Without effect where something is there to
            // share.
            own.cancel(false);
        }
    }

    /** Empty if whoever probed gave up. */
    private static Optional<Supplier<ProbeResult>> outcome(CompletableFuture<Supplier<ProbeResult>> shared)
            throws InterruptedException {
        try {
            return Optional.of(shared.get());
        } catch (CancellationException | ExecutionException _) {
            return Optional.empty();
        }
    }

    private static int weight(Asked asked, Supplier<ProbeResult> outcome) {
        return 1
                + asked.target()
                        .proxy()
                        .flatMap(ForwardProxy::caBundlePem)
                        .map(it -> it.length() / CHARACTERS_PER_WEIGHT)
                        .orElse(0);
    }
}

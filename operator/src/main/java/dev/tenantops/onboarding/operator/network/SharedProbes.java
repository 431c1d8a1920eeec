package dev.tenantops.onboarding.operator.network;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Lets everybody who asks for the same way at about the same time have the same result: a thousand customers without a
 * proxy use the same endpoints, and one WebSocket held open tells as much as a thousand.
 */
public final class SharedProbes implements NetworkProbe, AutoCloseable {

    private static final long MOST = 10_000;

    private final SocketNetworkProbe probe;
    private final AsyncCache<ProbeTarget, ProbeResult> results;

    /** @param share how old a result may be that is given out again */
    public SharedProbes(SocketNetworkProbe probe, Duration share) {
        this.probe = probe;
        results =
                Caffeine.newBuilder().expireAfterWrite(share).maximumSize(MOST).buildAsync();
    }

    @Override
    public ProbeResult probe(ProbeTarget target) {
        var own = new CompletableFuture<ProbeResult>();
        var shared = results.asMap().putIfAbsent(target, own);
        if (shared != null) {
            return join(shared);
        }
        try {
            var result = probe.probe(target);
            own.complete(result);
            return result;
        } catch (RuntimeException e) {
            own.completeExceptionally(e);
            throw e;
        }
    }

    @Override
    public void close() {
        probe.close();
    }

    private static ProbeResult join(CompletableFuture<ProbeResult> shared) {
        try {
            return shared.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}

package dev.tenantops.onboarding.operator.entra;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Looks names up, and gives up after a while: a resolver that gets no answer blocks for minutes, and no time limit of the
 * HTTP client ends that. All who want the same name wait for the same lookup, so that one thread at most hangs in it.
 */
final class BoundedDns implements Dns {

    private final Dns dns;
    private final Duration limit;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    BoundedDns(Dns dns, Duration limit) {
        this.dns = dns;
        this.limit = limit;
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        try {
            return started(name).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unknown(name + ": no answer in time", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownHostException unknown ? unknown : unknown(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(name + ": interrupted", e);
        }
    }

    private CompletableFuture<List<InetAddress>> started(String name) {
        var mine = new CompletableFuture<List<InetAddress>>();
        var others = underWay.putIfAbsent(name, mine);
        if (others != null) {
            return others;
        }
        // A platform thread: the system's resolver would block one of the few that carry the virtual ones.
        Thread.ofPlatform().daemon().name("lookup of " + name).start(() -> {
            try {
                mine.complete(dns.lookup(name));
            } catch (UnknownHostException | RuntimeException e) {
                mine.completeExceptionally(e);
            } finally {
                underWay.remove(name, mine);
            }
        });
        return mine;
    }

    private static UnknownHostException unknown(String message, Exception cause) {
        var unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }
}

package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.tls.ReadLimit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Repeats a request once, on a new connection, where one of the pool is silent. Gateways that translate addresses, firewalls
 * and proxies forget connections that were idle, and tell neither end. So one that was idle is not waited for as long as a
 * request may take. All that is asked of login and Graph are reads, which may be asked twice.
 */
final class SilentConnections {

    /** What was in use a moment before is not forgotten. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final ConnectionPool pool;
    private final Duration patience;
    private final Ticker ticker;
    private final Cache<Connection, Long> lastUse =
            Caffeine.newBuilder().weakKeys().build();

    /** One try of a request. */
    private static final class Attempt {
        private final boolean last;
        private boolean silent;

        Attempt(boolean last) {
            this.last = last;
        }
    }

    /**
     * @param patience how long a connection that was idle may take for the beginning of an answer; what is left of the
     *     request's time is for the repetition
     */
    SilentConnections(ConnectionPool pool, Duration patience, Ticker ticker) {
        this.pool = pool;
        this.patience = patience;
        this.ticker = ticker;
    }

    /** An application interceptor, the last of them. */
    Response repeated(Interceptor.Chain chain) throws IOException {
        var first = new Attempt(false);
        try {
            return proceed(chain, first);
        } catch (SocketTimeoutException e) {
            if (!first.silent) {
                throw e;
            }
            // What forgot this one has forgotten the others that are idle.
            pool.evictAll();
            return proceed(chain, new Attempt(true));
        }
    }

    /** A network interceptor. */
    Response watched(Interceptor.Chain chain) throws IOException {
        var attempt = chain.request().tag(Attempt.class);
        var connection = chain.connection();
        try {
            return attempt == null || attempt.last || !wasIdle(connection)
                    ? chain.proceed(chain.request())
                    : impatient(chain, connection, attempt);
        } finally {
            // The client limits the rest of the answer itself. With the limit a connection that is dead could not be
            // closed at once, and neither could those after it.
            ReadLimit.lift(connection.socket());
            lastUse.put(connection, ticker.read());
        }
    }

    private Response impatient(Interceptor.Chain chain, Connection connection, Attempt attempt) throws IOException {
        ReadLimit.set(connection.socket(), patience);
        try {
            return chain.proceed(chain.request());
        } catch (SocketTimeoutException e) {
            attempt.silent = true;
            throw e;
        }
    }

    private boolean wasIdle(Connection connection) {
        var last = lastUse.getIfPresent(connection);
        return last != null && ticker.read() - last >= IDLE.toNanos();
    }

    private static Response proceed(Interceptor.Chain chain, Attempt attempt) throws IOException {
        return chain.proceed(
                chain.request().newBuilder().tag(Attempt.class, attempt).build());
    }
}

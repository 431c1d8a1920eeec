package dev.tenantops.onboarding.operator.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Errors within the operator, each with its stack once: what fails for one onboarding fails for many, and again with each
 * check.
 */
public final class FailureLog {

    private static final Duration AGAIN = Duration.ofDays(1);
    private static final long MOST = 1_000;

    private final Logger log;
    private final Cache<String, Boolean> told =
            Caffeine.newBuilder().expireAfterWrite(AGAIN).maximumSize(MOST).build();

    public FailureLog(Logger log) {
        this.log = log;
    }

    /** Tells of a failure, unless one of the same kind from the same place was told within a day. */
    public void tell(String what, Throwable failure) {
        if (told.asMap().putIfAbsent(cause(failure), true) == null) {
            log.error(what + ". The same is not told again for a day.", failure);
        }
    }

    private static String cause(Throwable failure) {
        var stack = failure.getStackTrace();
        // Where an endless recursion happened to end says nothing.
        return failure.getClass().getName()
                + (stack.length == 0 || failure instanceof StackOverflowError ? "" : " at " + stack[0]);
    }
}

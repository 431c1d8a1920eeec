package dev.tenantops.onboarding.operator.report;

import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.MDC;

/** Names the onboarding in every log line of the current thread, until it is closed. */
public final class LogContext implements AutoCloseable {

    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    /** What each entry was before; null where there was none. */
    private final Map<String, Object> before = new HashMap<>();

    private LogContext(Map<String, String> entries) {
        entries.forEach((key, value) -> before.put(key, MDC.put(key, value)));
    }

    public static LogContext of(TenantOnboarding onboarding) {
        return new LogContext(Map.of(
                "namespace", onboarding.getMetadata().getNamespace(),
                "name", onboarding.getMetadata().getName(),
                "tenantId", onboarding.getSpec().tenantId()));
    }

    /** The same for any resource; of one that is no onboarding nothing is named. */
    public static LogContext ofAny(HasMetadata resource) {
        return resource instanceof TenantOnboarding onboarding ? of(onboarding) : new LogContext(Map.of());
    }

    /** Names a trace and the span of it that the lines are of. */
    public static LogContext ofTrace(String trace, String span) {
        return new LogContext(Map.of(TRACE, trace, SPAN, span));
    }

    /** Names the trace that something was found in, of which no span is left. */
    public static LogContext ofTrace(Optional<String> trace) {
        return new LogContext(trace.map(it -> Map.of(TRACE, it)).orElse(Map.of()));
    }

    /** The trace that lines of the current thread name. */
    public static Optional<String> trace() {
        return Optional.ofNullable(MDC.get(TRACE)).map(Object::toString);
    }

    /** A task that names the same onboarding, for another thread. */
    public static Runnable in(TenantOnboarding onboarding, Runnable task) {
        return () -> {
            try (var _ = of(onboarding)) {
                task.run();
            }
        };
    }

    @Override
    public void close() {
        before.forEach((key, value) -> {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        });
    }
}

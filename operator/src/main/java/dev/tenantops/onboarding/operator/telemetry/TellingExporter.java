package dev.tenantops.onboarding.operator.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Says once that the collector does not take the traces, and once that it takes them again. The exporter's own log has a stack
 * trace for each try, and is off.
 */
final class TellingExporter implements SpanExporter {

    private static final Logger LOG = Logger.getLogger(TellingExporter.class);

    private final SpanExporter exporter;
    private final AtomicBoolean failing = new AtomicBoolean();

    TellingExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        return result.whenComplete(() -> tell(result));
    }

    private void tell(CompletableResultCode result) {
        if (result.isSuccess()) {
            if (failing.compareAndSet(true, false)) {
                LOG.info("Traces are sent again");
            }
        } else if (failing.compareAndSet(false, true)) {
            LOG.warnf(
                    "Traces are not sent: %s. Look at the collector, and at the OTEL_EXPORTER_OTLP_ variables. The operator works"
                            + " without traces and goes on trying; it says when they are sent again.",
                    reason(result.getFailureThrowable()));
        }
    }

    /** In words of ours: what the collector answered, and what an exception says, may be anything. */
    private static String reason(Throwable failure) {
        if (failure == null || failure.getCause() == null) {
            return "the collector refuses them (the log category io.opentelemetry.exporter says how)";
        }
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "the collector is not reached (" + cause.getClass().getSimpleName() + ")";
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}

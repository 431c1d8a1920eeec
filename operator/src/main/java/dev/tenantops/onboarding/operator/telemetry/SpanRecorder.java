package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.report.LogContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A span for each check, and in it one for each request to login and Graph and for each probe that it brought about. The
 * attributes are names and ids, never what was asked or answered.
 */
public final class SpanRecorder implements CheckTrace, RequestListener {

    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("tenant_onboarding.namespace");
    static final AttributeKey<String> NAME = AttributeKey.stringKey("tenant_onboarding.name");
    static final AttributeKey<String> TENANT = AttributeKey.stringKey("tenant_onboarding.tenant_id");
    static final AttributeKey<String> READY = AttributeKey.stringKey("tenant_onboarding.ready");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("tenant_onboarding.reason");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tenant_onboarding.outcome");

    static final AttributeKey<String> STAGE = AttributeKey.stringKey("tenant_onboarding.stage");
    static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");

    private final Tracer tracer;
    private final Clock clock;

    SpanRecorder(Tracer tracer, Clock clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    @Override
    public CheckResult check(TenantOnboarding onboarding, Check check) throws InterruptedException {
        var span = tracer.spanBuilder("check")
                .setAttribute(NAMESPACE, onboarding.getMetadata().getNamespace())
                .setAttribute(NAME, onboarding.getMetadata().getName())
                .setAttribute(TENANT, onboarding.getSpec().tenantId())
                .startSpan();
        try (var _ = span.makeCurrent();
                var _ = named(span)) {
            var outcome = check.run();
            outcome.status()
                    .condition(ConditionType.READY)
                    .ifPresent(it -> span.setAllAttributes(
                            Attributes.of(READY, it.status().name(), REASON, it.reason())));
            return outcome;
        } catch (RuntimeException e) {
            // The message may say anything.
            span.setStatus(StatusCode.ERROR, e.getClass().getName());
            throw e;
        } finally {
            span.end();
        }
    }

    /** The same probe, with a span for each. Where a round of probes belongs to no check, each is a trace of its own. */
    NetworkProbe probes(NetworkProbe probe) {
        return (target, caller) -> {
            var span = tracer.spanBuilder("probe")
                    .setSpanKind(SpanKind.CLIENT)
                    .setAttribute(NAMESPACE, caller.namespace())
                    .setAttribute(NAME, caller.name())
                    .setAttribute(SERVER, target.url().getHost())
                    .startSpan();
            try (var _ = span.makeCurrent();
                    var _ = named(span)) {
                var result = probe.probe(target, caller);
                describe(span, result);
                return result;
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException | Error e) {
                span.setStatus(StatusCode.ERROR, e.getClass().getName());
                throw e;
            } finally {
                span.end();
            }
        };
    }

    private static void describe(Span span, ProbeResult result) {
        switch (result) {
            case ProbeResult.Reachable _ -> span.setAttribute(OUTCOME, "Reachable");
            case ProbeResult.NotProven _ -> span.setAttribute(OUTCOME, "NotProven");
            case ProbeResult.Unfinished _ ->
                span.setAttribute(OUTCOME, "Unfinished").setStatus(StatusCode.ERROR, "Unfinished");
            case ProbeResult.Unreachable it ->
                span.setAttribute(OUTCOME, "Unreachable")
                        .setAttribute(STAGE, it.stage().name())
                        .setAttribute(REASON, it.reason().name())
                        .setStatus(StatusCode.ERROR, it.reason().name());
        }
    }

    /** What is logged meanwhile names the trace, if it is one that is sent. */
    private static LogContext named(Span span) {
        var context = span.getSpanContext();
        return context.isSampled()
                ? LogContext.ofTrace(context.getTraceId(), context.getSpanId())
                : LogContext.ofTrace(Optional.empty());
    }

    /** It is told at the end of a request, on the thread that made it. */
    @Override
    public void requested(Kind kind, Outcome outcome, Duration duration) {
        if (!Span.current().getSpanContext().isValid()) {
            return;
        }
        var end = clock.instant();
        var span = tracer.spanBuilder(kind.name())
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(end.minus(duration))
                .setAttribute(OUTCOME, outcome.name())
                .startSpan();
        if (outcome != Outcome.Succeeded) {
            span.setStatus(StatusCode.ERROR, outcome.name());
        }
        span.end(end);
    }
}

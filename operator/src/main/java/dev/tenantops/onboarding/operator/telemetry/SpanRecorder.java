package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.time.Duration;

/**
 * A span for each check, and in it one for each request to login and Graph. The attributes are names and ids, never what
 * was asked or answered.
 */
public final class SpanRecorder implements CheckTrace, RequestListener {

    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("tenant_onboarding.namespace");
    static final AttributeKey<String> NAME = AttributeKey.stringKey("tenant_onboarding.name");
    static final AttributeKey<String> TENANT = AttributeKey.stringKey("tenant_onboarding.tenant_id");
    static final AttributeKey<String> READY = AttributeKey.stringKey("tenant_onboarding.ready");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("tenant_onboarding.reason");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("tenant_onboarding.outcome");

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
        try (var _ = span.makeCurrent()) {
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

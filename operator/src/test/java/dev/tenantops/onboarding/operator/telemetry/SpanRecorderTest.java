package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.entra.RequestListener.Kind;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.report.LogContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SpanRecorderTest {

    private static final ProbeTarget TARGET =
            new ProbeTarget(URI.create("https://heedify.io/the-secret?the-secret"), Optional.empty());
    private static final ProbeCaller CALLER = new ProbeCaller("customer-contoso", "contoso");
    private static final ProbeTrace TRACE = new ProbeTrace("the-secret", Optional.empty(), Optional.empty(), List.of());

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @AutoClose
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();

    private final SpanRecorder recorder = new SpanRecorder(provider.get("test"), Clock.systemUTC());

    @Test
    void aCheckIsASpanThatHoldsThoseOfItsRequests() throws InterruptedException {
        recorder.check(Samples.onboardingOf("t"), () -> {
            recorder.requested(Kind.Token, RequestListener.Outcome.Succeeded, Duration.ofMillis(20));
            recorder.requested(Kind.Batch, RequestListener.Outcome.Throttled, Duration.ofMillis(40));
            return outcome();
        });
        var spans = byName();
        assertThat(spans.keySet()).containsExactlyInAnyOrder("check", "Token", "Batch");
        var check = spans.get("check");
        for (String request : List.of("Token", "Batch")) {
            assertThat(spans.get(request).getParentSpanId()).isEqualTo(check.getSpanId());
            assertThat(spans.get(request).getTraceId()).isEqualTo(check.getTraceId());
            assertThat(spans.get(request).getKind()).isEqualTo(SpanKind.CLIENT);
        }
        assertThat(attributes(check))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "tenant_onboarding.namespace", "customer-contoso",
                        "tenant_onboarding.name", "contoso",
                        "tenant_onboarding.tenant_id", "t",
                        "tenant_onboarding.ready", "False",
                        "tenant_onboarding.reason", "ConsentRequired"));
        assertThat(attributes(spans.get("Token")))
                .containsExactlyEntriesOf(Map.of("tenant_onboarding.outcome", "Succeeded"));
    }

    @Test
    void aRequestLastsAsLongAsItTook() throws InterruptedException {
        recorder.check(Samples.onboardingOf("t"), () -> {
            recorder.requested(Kind.Batch, RequestListener.Outcome.Succeeded, Duration.ofMillis(40));
            return outcome();
        });
        var request = byName().get("Batch");
        assertThat(Duration.ofNanos(request.getEndEpochNanos() - request.getStartEpochNanos()))
                .isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void onlyWhatDidNotSucceedIsAnError() throws InterruptedException {
        recorder.check(Samples.onboardingOf("t"), () -> {
            recorder.requested(Kind.Token, RequestListener.Outcome.Succeeded, Duration.ZERO);
            recorder.requested(Kind.Batch, RequestListener.Outcome.Failed, Duration.ZERO);
            return outcome();
        });
        assertThat(byName().get("Token").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(byName().get("Batch").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void aBugEndsTheSpanWithoutTellingWhatItSaid() {
        assertThatThrownBy(() -> recorder.check(Samples.onboardingOf("t"), () -> {
                    throw new IllegalStateException("the-secret");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(exporter.getFinishedSpanItems()).singleElement().satisfies(it -> {
            assertThat(it.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(it.toString()).doesNotContain("the-secret");
        });
    }

    @Test
    void aProbeIsASpanWithTheHostAndWithWhatCameOfIt() {
        probe(new ProbeResult.Reachable(TRACE));
        probe(new ProbeResult.Unreachable(TRACE, Stage.Tls, Reason.TlsIntercepted, "the-secret", "the-secret"));
        assertThat(exporter.getFinishedSpanItems())
                .allSatisfy(it -> {
                    assertThat(it.getName()).isEqualTo("probe");
                    assertThat(it.getKind()).isEqualTo(SpanKind.CLIENT);
                    assertThat(it.toString()).doesNotContain("the-secret");
                })
                .extracting(SpanRecorderTest::attributes)
                .containsExactly(
                        Map.of(
                                "tenant_onboarding.namespace", "customer-contoso",
                                "tenant_onboarding.name", "contoso",
                                "server.address", "heedify.io",
                                "tenant_onboarding.outcome", "Reachable"),
                        Map.of(
                                "tenant_onboarding.namespace", "customer-contoso",
                                "tenant_onboarding.name", "contoso",
                                "server.address", "heedify.io",
                                "tenant_onboarding.outcome", "Unreachable",
                                "tenant_onboarding.stage", "Tls",
                                "tenant_onboarding.reason", "TlsIntercepted"));
        assertThat(exporter.getFinishedSpanItems())
                .extracting(it -> it.getStatus().getStatusCode())
                .containsExactly(StatusCode.UNSET, StatusCode.ERROR);
    }

    @Test
    void aProbeThatTheOperatorsEndInterruptsIsNoError() {
        assertThatThrownBy(() -> recorder.probes((_, _) -> {
                            throw new CancellationException();
                        })
                        .probe(TARGET, CALLER))
                .isInstanceOf(CancellationException.class);
        assertThat(exporter.getFinishedSpanItems())
                .singleElement()
                .extracting(it -> it.getStatus().getStatusCode())
                .isEqualTo(StatusCode.UNSET);
    }

    @Test
    void whatIsLoggedInACheckNamesItsTrace() throws InterruptedException {
        List<Optional<String>> named = new ArrayList<>();
        recorder.check(Samples.onboardingOf("t"), () -> {
            named.add(LogContext.trace());
            return outcome();
        });
        assertThat(named).containsExactly(Optional.of(byName().get("check").getTraceId()));
        assertThat(LogContext.trace()).isEmpty();
    }

    @Test
    void aTraceThatIsNotSentIsNotNamed() throws InterruptedException {
        try (var unsampled =
                SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()).build()) {
            new SpanRecorder(unsampled.get("test"), Clock.systemUTC()).check(Samples.onboardingOf("t"), () -> {
                assertThat(LogContext.trace()).isEmpty();
                return outcome();
            });
        }
    }

    @Test
    void aRequestOutsideOfAnyCheckIsNoTrace() {
        recorder.requested(Kind.Batch, RequestListener.Outcome.Succeeded, Duration.ZERO);
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    private void probe(ProbeResult result) {
        recorder.probes((_, _) -> result).probe(TARGET, CALLER);
    }

    private Map<String, SpanData> byName() {
        return exporter.getFinishedSpanItems().stream().collect(Collectors.toMap(SpanData::getName, it -> it));
    }

    private static Map<String, String> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        it -> it.getKey().getKey(), it -> it.getValue().toString()));
    }

    private static CheckResult outcome() {
        var ready = new Condition(
                ConditionType.READY, Status.False, 1, "2026-03-01T12:00:00Z", "ConsentRequired", "A message.");
        return new CheckResult(
                new TenantOnboardingStatus(
                        new Handled(1, null),
                        Customer.UNKNOWN,
                        Progress.NONE,
                        Times.NONE,
                        Entries.NONE,
                        List.of(ready)),
                Duration.ofMinutes(5),
                _ -> Optional.empty());
    }
}

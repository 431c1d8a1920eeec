package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.config.OnboardingConfig;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Sends traces to an OpenTelemetry collector. Without an endpoint nothing is made and nothing is sent. */
@Singleton
public class Tracing {

    private static final String NAME = "tenant-onboarding-operator";

    private final Optional<SdkTracerProvider> provider;
    private final Optional<SpanRecorder> spans;

    public Tracing(OnboardingConfig config, Clock clock) {
        var tracing = config.tracing();
        provider = tracing.endpoint().map(it -> provider(it, tracing.sampleRatio()));
        spans = provider.map(it -> new SpanRecorder(it.get(NAME), clock));
    }

    public CheckTrace checks() {
        return spans.<CheckTrace>map(it -> it).orElse(CheckTrace.NONE);
    }

    public RequestListener requests() {
        return spans.<RequestListener>map(it -> it).orElse(RequestListener.NONE);
    }

    /** Sends what is left. */
    @PreDestroy
    void close() {
        provider.ifPresent(SdkTracerProvider::close);
    }

    private static SdkTracerProvider provider(URI endpoint, double ratio) {
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), NAME))))
                .setSampler(Sampler.traceIdRatioBased(ratio))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint.toString())
                                .build())
                        .build())
                .build();
    }
}

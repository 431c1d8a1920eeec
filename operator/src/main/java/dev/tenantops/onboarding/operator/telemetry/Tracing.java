package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Sends traces to an OpenTelemetry collector, as OpenTelemetry's own variables say. Where they name none, nothing is made and
 * nothing is sent.
 */
@Singleton
public class Tracing {

    private static final Logger LOG = Logger.getLogger(Tracing.class);

    private static final String NAME = "tenant-onboarding-operator";
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> SERVICE_INSTANCE = AttributeKey.stringKey("service.instance.id");

    private final Optional<OpenTelemetrySdk> sdk;
    private final Optional<SpanRecorder> spans;

    @Inject
    public Tracing(TrustAnchors trustAnchors, Clock clock) {
        this(new TracingVariables(System.getenv()), trustAnchors, clock);
    }

    Tracing(TracingVariables variables, TrustAnchors trustAnchors, Clock clock) {
        sdk = variables
                .problem()
                .map(Tracing::refused)
                .orElseGet(() -> variables.on() ? made(variables, trustAnchors) : Optional.empty());
        spans = sdk.map(it -> new SpanRecorder(it.getTracer(NAME), clock));
    }

    public CheckTrace checks() {
        return spans.<CheckTrace>map(it -> it).orElse(CheckTrace.NONE);
    }

    public RequestListener requests() {
        return spans.<RequestListener>map(it -> it).orElse(RequestListener.NONE);
    }

    /** The same probe, with a span for each. */
    public NetworkProbe probes(NetworkProbe probe) {
        return spans.map(it -> it.probes(probe)).orElse(probe);
    }

    /** The same executor, whose tasks belong to the trace that they were given from. */
    public Executor carrying(Executor executor) {
        return spans.isPresent() ? Context.taskWrapping(executor) : executor;
    }

    /** Sends what is left, for as long as the variables let an export take, and for ten seconds at most. */
    @PreDestroy
    void close() {
        sdk.ifPresent(OpenTelemetrySdk::close);
    }

    /** Whatever is wrong with the variables, customers are verified. */
    private static Optional<OpenTelemetrySdk> made(TracingVariables variables, TrustAnchors trustAnchors) {
        try {
            return Optional.of(AutoConfiguredOpenTelemetrySdk.builder()
                    // What ends the operator in its order ends this, too.
                    .disableShutdownHook()
                    .addPropertiesSupplier(variables::properties)
                    .addPropertiesCustomizer(Tracing::defaults)
                    .addResourceCustomizer((resource, _) -> named(resource, variables.host()))
                    .addSpanExporterCustomizer(
                            (exporter, config) -> new TellingExporter(trusting(exporter, config, trustAnchors)))
                    .build()
                    .getOpenTelemetrySdk());
        } catch (RuntimeException e) {
            return refused(variables.refused(e));
        }
    }

    private static Optional<OpenTelemetrySdk> refused(String problem) {
        LOG.warnf("Nothing is traced: %s. The operator works without traces.", problem);
        return Optional.empty();
    }

    private static Map<String, String> defaults(ConfigProperties config) {
        Map<String, String> properties = new HashMap<>();
        properties.put("otel.exporter.otlp.protocol", TracingVariables.PROTOCOL);
        // Metrics are Prometheus', the log is the container's.
        properties.put("otel.metrics.exporter", "none");
        properties.put("otel.logs.exporter", "none");
        if (config.getString("otel.traces.sampler") == null) {
            properties.put("otel.traces.sampler", "parentbased_traceidratio");
            properties.put("otel.traces.sampler.arg", config.getString("otel.traces.sampler.arg", "0.1"));
        }
        return properties;
    }

    private static Resource named(Resource resource, Optional<String> host) {
        var named = resource.toBuilder();
        if (Optional.ofNullable(resource.getAttribute(SERVICE_NAME))
                .orElse("unknown_service")
                .startsWith("unknown_service")) {
            named.put(SERVICE_NAME, NAME);
        }
        if (resource.getAttribute(SERVICE_INSTANCE) == null) {
            host.ifPresent(it -> named.put(SERVICE_INSTANCE, it));
        }
        return named.build();
    }

    /** A collector with a certificate of the organization's own is trusted as Microsoft behind its proxy is. */
    private static SpanExporter trusting(SpanExporter exporter, ConfigProperties config, TrustAnchors trustAnchors) {
        if (!(exporter instanceof OtlpHttpSpanExporter http) || TracingVariables.certificates(config)) {
            return exporter;
        }
        var trusting = http.toBuilder()
                .setSslContext(trustAnchors.context(), trustAnchors.trustManager())
                .build();
        http.shutdown();
        return trusting;
    }
}

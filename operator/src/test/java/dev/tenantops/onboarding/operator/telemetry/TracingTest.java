package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.entra.RequestListener.Kind;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.report.LogContext;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingTest {

    private static final NetworkProbe PROBE = (_, _) -> null;
    private static final Executor EXECUTOR = Runnable::run;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(200);

    @AutoClose("stop")
    private final Collector collector;

    TracingTest() throws IOException {
        collector = new Collector();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "OTEL_SERVICE_NAME=operator",
                "OTEL_EXPORTER_OTLP_ENDPOINT=",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318,OTEL_SDK_DISABLED=true",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318,OTEL_TRACES_EXPORTER=none"
            })
    void whereNoCollectorIsNamedOrTracesAreTurnedOffNothingIsFollowed(String variables) {
        try (var log = new CapturedLog(Level.INFO)) {
            var tracing = tracing(variables);
            assertThat(tracing.checks()).isSameAs(CheckTrace.NONE);
            assertThat(tracing.requests()).isSameAs(RequestListener.NONE);
            assertThat(tracing.probes(PROBE)).isSameAs(PROBE);
            assertThat(tracing.carrying(EXECUTOR)).isSameAs(EXECUTOR);
            tracing.close();
            assertThat(of(log, Tracing.class)).isEmpty();
        }
    }

    @Test
    void aCollectorGetsTheSpansOfACheckAtTheLatestWhenTheOperatorEnds() throws Exception {
        trace("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url() + ",OTEL_TRACES_SAMPLER=always_on,HOSTNAME=pod-1");
        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("/v1/traces application/x-protobuf null ")
                .contains("tenant-onboarding-operator", "pod-1", "check", "Batch", "customer-contoso");
    }

    @Test
    void theVariablesOfOpenTelemetrySayWhereToAndWithWhichHeadersAndAttributes() throws Exception {
        trace("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=" + collector.url() + "/own/path"
                + ",OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20letmein"
                + ",OTEL_SERVICE_NAME=of-the-platform"
                + ",OTEL_RESOURCE_ATTRIBUTES=deployment.environment=staging"
                + ",OTEL_TRACES_SAMPLER_ARG=1");
        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("/own/path application/x-protobuf Bearer letmein ")
                .contains("of-the-platform", "deployment.environment", "staging");
    }

    @Test
    void aCollectorIsTrustedAsMicrosoftIs(@TempDir Path folder) throws Exception {
        var authority = CertificateAuthority.create("An organization");
        var bundle = folder.resolve("ca.pem");
        authority.writeTo(bundle);
        var secure = new Collector(authority);
        try {
            var variables = "OTEL_TRACES_SAMPLER=always_on,OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED=true"
                    + ",OTEL_EXPORTER_OTLP_ENDPOINT=" + secure.url();
            trace(tracing(variables, TrustAnchors.ofJdkAnd(Optional.empty())));
            assertThat(received).isEmpty();
            trace(tracing(variables, TrustAnchors.ofJdkAnd(Optional.of(bundle))));
            assertThat(received).hasSize(1);
            trace(tracing(
                    variables + ",OTEL_EXPORTER_OTLP_CERTIFICATE=" + bundle, TrustAnchors.ofJdkAnd(Optional.empty())));
            assertThat(received).hasSize(2);
        } finally {
            secure.stop();
        }
    }

    @Test
    void thatACollectorTakesNoTracesIsSaidOnceAndThatItDoesAgainOnce() throws Exception {
        try (var log = new CapturedLog(Level.INFO)) {
            var tracing = tracing("OTEL_TRACES_SAMPLER=always_on,OTEL_BSP_SCHEDULE_DELAY=1"
                    + ",OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url());
            for (int status : List.of(401, 401, 200, 200)) {
                answer.set(status);
                var before = received.size();
                check(tracing);
                Awaitility.await().until(() -> received.size() > before);
            }
            tracing.close();
            assertThat(of(log, TellingExporter.class))
                    .satisfiesExactly(
                            it -> assertThat(it).contains("Traces are not sent", "refuses"),
                            it -> assertThat(it).isEqualTo("Traces are sent again"));
        }
    }

    @Test
    void aCollectorThatIsNotThereHoldsUpNeitherAnyCheckNorTheEnd() throws Exception {
        try (var log = new CapturedLog(Level.INFO)) {
            var tracing = tracing("OTEL_TRACES_SAMPLER=always_on,OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED=true"
                    + ",OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url());
            collector.stop();
            trace(tracing);
            assertThat(of(log, TellingExporter.class))
                    .singleElement()
                    .asString()
                    .contains("is not reached (");
        }
    }

    @Test
    void whatIsDoneBesideACheckBelongsToItsTrace() throws Exception {
        var tracing = tracing("OTEL_TRACES_SAMPLER=always_on,OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url());
        List<Runnable> later = new ArrayList<>();
        List<Optional<String>> traces = new ArrayList<>();
        var probe = tracing.probes((_, _) -> {
            traces.add(LogContext.trace());
            return new ProbeResult.Reachable(new ProbeTrace("", Optional.empty(), Optional.empty(), List.of()));
        });
        tracing.checks().check(Samples.onboardingOf("t"), () -> {
            traces.add(LogContext.trace());
            tracing.carrying(later::add)
                    .execute(() -> probe.probe(
                            new ProbeTarget(URI.create("https://heedify.io"), Optional.empty()),
                            new ProbeCaller("customer-contoso", "contoso")));
            return new CheckResult(TenantOnboardingStatus.initial(), Duration.ofMinutes(5), _ -> Optional.empty());
        });
        later.forEach(Runnable::run);
        tracing.close();
        assertThat(traces).hasSize(2).doesNotContain(Optional.empty());
        assertThat(traces.getFirst()).isEqualTo(traces.getLast());
    }

    @Test
    void whatIsNotSampledIsNotSent() throws Exception {
        trace("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url() + ",OTEL_TRACES_SAMPLER_ARG=0");
        trace("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url() + ",OTEL_TRACES_SAMPLER=always_off");
        assertThat(received).isEmpty();
    }

    @Test
    void metricsAndLogsAreNotSentWhateverOthersOnThePlatformSend() throws Exception {
        trace("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url()
                + ",OTEL_METRICS_EXPORTER=otlp,OTEL_LOGS_EXPORTER=otlp,OTEL_TRACES_SAMPLER=always_on");
        assertThat(received).singleElement().asString().startsWith("/v1/traces ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "OTEL_EXPORTER_OTLP_PROTOCOL=grpc; OTEL_EXPORTER_OTLP_PROTOCOL is not http/protobuf",
                "OTEL_EXPORTER_OTLP_HEADERS=letmein; OTEL_EXPORTER_OTLP_HEADERS",
                "OTEL_EXPORTER_OTLP_HEADERS=authorization=letmein%zz; OTEL_…",
                "OTEL_RESOURCE_ATTRIBUTES=letmein; OTEL_RESOURCE_ATTRIBUTES",
                "OTEL_TRACES_SAMPLER=letmein; OTEL_TRACES_SAMPLER",
                "OTEL_TRACES_EXPORTER=zipkin; OTEL_TRACES_EXPORTER",
                "OTEL_EXPORTER_OTLP_CERTIFICATE=/there/is/none; OTEL_…"
            })
    void variablesThatCannotBeUsedAreNamedWithoutTheirValuesAndTheOperatorWorks(String variable, String named) {
        try (var log = new CapturedLog(Level.FINE)) {
            var tracing = tracing("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url() + "," + variable);
            assertThat(tracing.checks()).isSameAs(CheckTrace.NONE);
            assertThat(of(log, Tracing.class)).singleElement().asString().contains("Nothing is traced", named);
            assertThat(log.text()).doesNotContain("letmein");
        }
    }

    private static List<String> of(CapturedLog log, Class<?> logger) {
        return log.lines().stream()
                .filter(it -> it.logger().equals(logger.getName()))
                .map(CapturedLog.Line::text)
                .toList();
    }

    private static void trace(String variables) throws InterruptedException {
        trace(tracing(variables));
    }

    private static void trace(Tracing tracing) throws InterruptedException {
        check(tracing);
        tracing.close();
    }

    private static void check(Tracing tracing) throws InterruptedException {
        tracing.checks().check(Samples.onboardingOf("t"), () -> {
            tracing.requests().requested(Kind.Batch, RequestListener.Outcome.Succeeded, Duration.ofMillis(5));
            return new CheckResult(TenantOnboardingStatus.initial(), Duration.ofMinutes(5), _ -> Optional.empty());
        });
    }

    /** @param variables as {@code NAME=value}, with commas between */
    private static Tracing tracing(String variables) {
        return tracing(variables, TrustAnchors.ofJdkAnd(Optional.empty()));
    }

    private static Tracing tracing(String variables, TrustAnchors trustAnchors) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.split(",")) {
            var parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return new Tracing(new TracingVariables(environment), trustAnchors, Clock.systemUTC());
    }

    /** Takes what is sent to it. */
    private final class Collector {

        private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

        private final HttpServer server;

        Collector() throws IOException {
            this(HttpServer.create(FREE, 0));
        }

        Collector(CertificateAuthority authority) throws IOException {
            var secure = HttpsServer.create(FREE, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext("localhost")));
            this(secure);
        }

        private Collector(HttpServer server) {
            this.server = server;
            server.createContext("/", exchange -> {
                // Before the test may see it and change that.
                var status = answer.get();
                try (exchange) {
                    received.add(exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                            + exchange.getRequestHeaders().getFirst("Authorization") + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                    exchange.sendResponseHeaders(status, -1);
                }
            });
            server.start();
        }

        String url() {
            return (server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                    + server.getAddress().getPort();
        }

        void stop() {
            server.stop(0);
        }
    }
}

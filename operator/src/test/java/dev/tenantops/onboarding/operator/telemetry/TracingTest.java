package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.config.OnboardingConfig;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.entra.RequestListener.Kind;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final int PRIORITY = 200;

    @Test
    void withoutAnEndpointNothingIsFollowed() {
        var tracing = tracing("");
        assertThat(tracing.checks()).isSameAs(CheckTrace.NONE);
        assertThat(tracing.requests()).isSameAs(RequestListener.NONE);
        tracing.close();
    }

    @Test
    void aCollectorGetsTheSpansOfACheckAtTheLatestWhenTheOperatorEnds() throws Exception {
        var received = new CopyOnWriteArrayList<String>();
        var collector = collector(received);
        try {
            var tracing = tracing("http://localhost:" + collector.getAddress().getPort() + "/v1/traces");
            tracing.checks().check(Samples.onboardingOf("t"), () -> {
                tracing.requests().requested(Kind.Batch, RequestListener.Outcome.Succeeded, Duration.ofMillis(5));
                return new CheckResult(TenantOnboardingStatus.initial(), Duration.ofMinutes(5), _ -> Optional.empty());
            });
            tracing.close();
        } finally {
            collector.stop(0);
        }
        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("/v1/traces application/x-protobuf ")
                .contains("tenant-onboarding-operator", "check", "Batch", "customer-contoso");
    }

    private static Tracing tracing(String endpoint) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, PRIORITY, new DurationConverter())
                .withMapping(OnboardingConfig.class)
                .withDefaultValue("onboarding.tracing.sample-ratio", "1");
        if (!endpoint.isEmpty()) {
            builder.withDefaultValue("onboarding.tracing.endpoint", endpoint);
        }
        return new Tracing(builder.build().getConfigMapping(OnboardingConfig.class), Clock.systemUTC());
    }

    private static HttpServer collector(List<String> received) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                received.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }
}

package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.entra.RequestListener.Service;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What is counted of the requests to Microsoft. */
class RequestMetricsTest {

    private static final URI HOST = URI.create("https://graph.microsoft.com");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestListener metrics = new RequestMetrics(registry).and(RequestListener.NONE);

    @Test
    void aServiceThatAnswersNobodyIsShownUntilItAnswersAgain() {
        metrics.circuit(Service.Graph, HOST, false);
        assertThat(open()).isZero();
        metrics.circuit(Service.Graph, HOST, true);
        assertThat(open()).isOne();
        metrics.circuit(Service.Graph, HOST, false);
        assertThat(open()).isZero();
    }

    private double open() {
        return registry.get(Metric.DIRECTORY_CIRCUIT_OPEN.series())
                .tags("service", "Graph", "host", "graph.microsoft.com")
                .gauge()
                .value();
    }
}

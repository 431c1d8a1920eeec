package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.config.OnboardingConfig;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.Mode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Times what browsers ask of the public port, until the answer begins: a stream of events goes on for minutes after that. The
 * library's own would give one name different labels on two ports.
 */
@Singleton
public class PageMetrics {

    /** Before whatever makes the answer, and before what refuses to. */
    private static final int PRIORITY = 1100;

    /** From what is at hand to what people call broken. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;

    public PageMetrics(OnboardingConfig config, MeterRegistry registry) {
        this.registry = registry;
        // A rate needs a value before the first one. An operator that serves no pages is asked for the callback alone.
        (config.mode() == Mode.Page ? Stream.of(PageRoute.values()) : Stream.of(PageRoute.Callback))
                .forEach(route -> Stream.of(PageOutcome.values()).forEach(it -> timer(route, it)));
    }

    void register(@Observes Filters filters) {
        filters.register(
                exchange -> {
                    var begun = System.nanoTime();
                    // Not the path: it has the link's token.
                    var route = PageRoute.of(exchange.normalizedPath());
                    exchange.addHeadersEndHandler(
                            _ -> timer(route, PageOutcome.of(exchange.response().getStatusCode()))
                                    .record(Duration.ofNanos(System.nanoTime() - begun)));
                    exchange.next();
                },
                PRIORITY);
    }

    private Timer timer(PageRoute route, PageOutcome outcome) {
        return Timer.builder(Metric.PAGE_REQUESTS.series())
                .description(Metric.PAGE_REQUESTS.help())
                .tags("route", route.name(), "outcome", outcome.name())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}

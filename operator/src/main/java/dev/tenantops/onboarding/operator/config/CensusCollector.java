package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.CheckSchedule;
import dev.tenantops.onboarding.operator.ClusterCache;
import dev.tenantops.onboarding.operator.VerificationTiming;
import dev.tenantops.onboarding.operator.report.CatalogCensus;
import dev.tenantops.onboarding.operator.report.Metric;
import dev.tenantops.onboarding.operator.report.OnboardingCensus;
import dev.tenantops.onboarding.operator.report.Sample;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows Prometheus what the operator's caches hold at the time of each scrape. Gauges of Micrometer would be ten thousand
 * objects to keep in step with ten thousand onboardings.
 */
@Singleton
public class CensusCollector extends Collector {

    private final ClusterCache cluster;
    private final OnboardingCensus onboardings;
    private final CatalogCensus catalogs;
    private final Clock clock;

    public CensusCollector(
            OnboardingConfig config,
            ClusterCache cluster,
            VerificationTiming timing,
            CheckSchedule schedule,
            Clock clock) {
        this.cluster = cluster;
        this.onboardings = new OnboardingCensus(
                it -> timing.freshness(it.getSpec()),
                schedule::due,
                config.metrics().perOnboarding());
        this.catalogs = new CatalogCensus(cluster::credentialExpiry);
        this.clock = clock;
    }

    /** Micrometer has a newer registry; Quarkus serves this one. */
    @SuppressWarnings("deprecation")
    void register(@Observes StartupEvent started, PrometheusMeterRegistry registry) {
        registry.getPrometheusRegistry().register(this);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Map<Metric, List<Sample>> byMetric = Stream.concat(
                        onboardings.take(cluster.onboardings(), clock.instant()).stream(),
                        catalogs.take(cluster.catalogs()).stream())
                .collect(Collectors.groupingBy(Sample::metric));
        return byMetric.entrySet().stream()
                .map(it -> family(it.getKey(), it.getValue()))
                .toList();
    }

    private static MetricFamilySamples family(Metric metric, List<Sample> samples) {
        return new MetricFamilySamples(
                metric.series(),
                Type.GAUGE,
                metric.help(),
                samples.stream()
                        .map(it -> new MetricFamilySamples.Sample(
                                metric.series(), metric.labels(), it.labels(), it.value()))
                        .toList());
    }
}

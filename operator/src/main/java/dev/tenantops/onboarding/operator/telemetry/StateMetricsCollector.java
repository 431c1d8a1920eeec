package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.cluster.ShardWatch;
import dev.tenantops.onboarding.operator.config.OnboardingConfig;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.Mode;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.delivery.Schedules;
import dev.tenantops.onboarding.operator.delivery.Writers;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.leaderelection.Leadership;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.sharding.ShardCoverage;
import dev.tenantops.onboarding.operator.sharding.ShardCoverage.Cover;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows Prometheus what the operator's caches hold at the time of each scrape. Gauges of Micrometer would be ten thousand
 * objects to keep in step with ten thousand onboardings.
 */
@Singleton
public class StateMetricsCollector extends Collector {

    private final ClusterCache cluster;
    private final OnboardingStateMetrics onboardings;
    private final CatalogStateMetrics catalogs;
    private final Writers writers;
    private final Shard shard;
    private final ShardWatch shards;
    private final Leadership leadership;
    private final Clock clock;

    public StateMetricsCollector(
            OnboardingConfig config,
            ClusterCache cluster,
            VerificationTiming timing,
            Schedules schedules,
            Writers writers,
            Shard shard,
            ShardWatch shards,
            Leadership leadership,
            Clock clock) {
        this.cluster = cluster;
        this.onboardings = new OnboardingStateMetrics(
                it -> timing.freshness(it.getSpec()),
                it -> schedules.onboardings().overdue(ObjectKey.of(it)),
                config.metrics().perOnboarding());
        this.catalogs = new CatalogStateMetrics(cluster::credentialExpiry);
        this.writers = writers;
        this.shard = shard;
        this.shards = shards;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** Micrometer has a newer registry; Quarkus serves this one. */
    @SuppressWarnings("deprecation")
    static void register(
            @Observes StartupEvent started,
            OnboardingConfig config,
            Instance<StateMetricsCollector> collector,
            PrometheusMeterRegistry registry) {
        if (config.mode() == Mode.Operator) {
            registry.getPrometheusRegistry().register(collector.get());
        }
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var byMetric = Stream.of(
                        onboardings.samples(cluster.onboardings(), clock.instant()),
                        catalogs.samples(shard.catalogs() ? cluster.catalogs() : Stream.empty()),
                        divided(),
                        List.of(Sample.of(Metric.LEADER, leadership.holds() ? 1 : 0)),
                        unwritten())
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Sample::metric));
        return byMetric.entrySet().stream()
                .map(it -> family(it.getKey(), it.getValue()))
                .toList();
    }

    private List<Sample> unwritten() {
        var ofOnboardings = writers.onboardings().waiting();
        var ofCatalogs = writers.catalogs().waiting();
        var longest = ofOnboardings.longest().compareTo(ofCatalogs.longest()) > 0
                ? ofOnboardings.longest()
                : ofCatalogs.longest();
        return List.of(
                new Sample(Metric.UNWRITTEN_STATUSES, List.of(), ofOnboardings.refused() + ofCatalogs.refused()),
                new Sample(Metric.OLDEST_UNWRITTEN_STATUS_AGE, List.of(), longest.toMillis() / 1000.0));
    }

    private List<Sample> divided() {
        return shards.coverage()
                .map(it -> List.of(
                        unselected(it, Cover.NoShard),
                        unselected(it, Cover.ShardGone),
                        new Sample(Metric.SHARED, List.of(), it.count(Cover.Several))))
                .orElse(List.of());
    }

    private static Sample unselected(ShardCoverage coverage, Cover cover) {
        return new Sample(Metric.UNSELECTED, List.of(cover.name()), coverage.count(cover));
    }

    private MetricFamilySamples family(Metric metric, List<Sample> samples) {
        var more = ShardMetrics.labels(shard);
        return new MetricFamilySamples(
                metric.series(),
                Type.GAUGE,
                metric.help(),
                samples.stream()
                        .map(it -> new MetricFamilySamples.Sample(
                                metric.series(),
                                joined(metric.labels(), List.copyOf(more.keySet())),
                                joined(it.labels(), List.copyOf(more.values())),
                                it.value()))
                        .toList());
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}

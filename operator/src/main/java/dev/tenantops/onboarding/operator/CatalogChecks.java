package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.delivery.CheckLoop;
import dev.tenantops.onboarding.operator.delivery.CheckSchedule;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.delivery.StatusWriter;
import dev.tenantops.onboarding.operator.desired.CatalogMistakes;
import dev.tenantops.onboarding.operator.desired.CatalogRetirement;
import dev.tenantops.onboarding.operator.desired.CloudName;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.report.FailureLog;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.status.CatalogStatusBuilder;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import dev.tenantops.onboarding.operator.status.Registrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Shows on each catalog what is wrong with it. It asks nobody but the operator's own caches, so it may look often; what
 * it shows follows the onboardings within that time.
 */
public final class CatalogChecks implements CheckLoop.Check {

    private static final Logger LOG = Logger.getLogger(CatalogChecks.class);
    private static final Duration UNKNOWN_YET = Duration.ofSeconds(1);

    private final ClusterCache cluster;
    private final Clouds clouds;
    private final VerifierSecrets secrets;
    private final StatusWriter<ApplicationCatalog, ?, ApplicationCatalogStatus> writer;
    private final CheckSchedule schedule;
    private final Shard shard;
    private final Function<String, Optional<CatalogUse>> use;
    private final HomeTenants homes;
    private final Duration interval;
    private final Clock clock;
    private final FailureLog failures = new FailureLog(LOG);

    /** @param use what the onboardings make of a catalog; empty while that is not known */
    public CatalogChecks(
            ClusterCache cluster,
            Clouds clouds,
            VerifierSecrets secrets,
            StatusWriter<ApplicationCatalog, ?, ApplicationCatalogStatus> writer,
            CheckSchedule schedule,
            Shard shard,
            Function<String, Optional<CatalogUse>> use,
            HomeTenants homes,
            VerificationTiming timing,
            Clock clock) {
        this.cluster = cluster;
        this.clouds = clouds;
        this.secrets = secrets;
        this.writer = writer;
        this.schedule = schedule;
        this.shard = shard;
        this.use = use;
        this.homes = homes;
        this.interval = timing.catalogInterval();
        this.clock = clock;
    }

    CheckSchedule schedule() {
        return schedule;
    }

    @Override
    public Optional<Duration> look(ObjectKey key) {
        var found = cluster.catalog(key.name()).map(writer::latest);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var used = use.apply(key.name());
        if (!cluster.synced() || used.isEmpty()) {
            return Optional.of(UNKNOWN_YET);
        }
        var catalog = found.get();
        schedule.looksAt(
                key, catalog.getMetadata().getUid(), catalog.getMetadata().getGeneration());
        var registrations = homes.registrations(catalog);
        writer.publish(
                catalog, current -> Optional.of(CatalogStatusBuilder.build(input(current, used.get(), registrations))));
        return Optional.of(next(catalog));
    }

    /** Not later than something ends. */
    private Duration next(ApplicationCatalog catalog) {
        var now = clock.instant();
        return CatalogRetirement.of(catalog.getSpec()).stream()
                .map(it -> Duration.between(now, it.retirement().from()))
                .filter(it -> it.isPositive() && it.compareTo(interval) < 0)
                .findFirst()
                .orElse(interval);
    }

    @Override
    public Duration failed(ObjectKey key, Throwable failure) {
        failures.tell("The look at the catalog " + key + " failed", failure);
        cluster.catalog(key.name())
                .ifPresent(it -> writer.publish(
                        it,
                        current -> Optional.of(CatalogStatusBuilder.failed(
                                Optional.ofNullable(current.getStatus()).orElseGet(ApplicationCatalogStatus::initial),
                                current.getMetadata().getGeneration(),
                                failure.getClass().getSimpleName(),
                                clock.instant()))));
        return interval;
    }

    /** Has everything looked at that is there, whether or not somebody reported it. */
    void takeStock() {
        if (!shard.catalogs()) {
            return;
        }
        var keys = cluster.catalogs()
                .map(writer::latest)
                .map(it -> {
                    var key = ObjectKey.of(it);
                    schedule.know(
                            key, it.getMetadata().getUid(), it.getMetadata().getGeneration(), () -> Duration.ZERO);
                    return key;
                })
                .collect(Collectors.toSet());
        schedule.retain(keys);
        writer.retain(keys);
        homes.retain(keys);
    }

    private CatalogStatusBuilder.Input input(ApplicationCatalog catalog, CatalogUse used, Registrations registrations) {
        var name = catalog.getMetadata().getName();
        var verifier = catalog.getSpec().verifier();
        return new CatalogStatusBuilder.Input(
                name,
                catalog.getMetadata().getGeneration(),
                Optional.ofNullable(catalog.getStatus()).orElseGet(ApplicationCatalogStatus::initial),
                CatalogMistakes.of(catalog.getSpec()),
                unknownCloud(catalog.getSpec()),
                withReadableToken(secrets.verifier(verifier)),
                cluster.credentialExpiry(catalog),
                used,
                catalog.getSpec(),
                registrations,
                clock.instant());
    }

    private Optional<String> unknownCloud(ApplicationCatalogSpec catalog) {
        var name = CloudName.of(catalog);
        return clouds.endpoints(name).isPresent() ? Optional.empty() : Optional.of(name.unknown(clouds.custom()));
    }

    /** A token file that is not there shows here at once, and not only when the first tenant is checked. */
    static Reading<Verifier> withReadableToken(Reading<Verifier> verifier) {
        return switch (verifier) {
            case Reading.Complete<Verifier>(
                    Verifier(String clientId, Credential.FederatedToken(Optional<String> file), var since)) ->
                Reading.of(new Verifier(
                        clientId, new Credential.FederatedToken(file.filter(CatalogChecks::isReadableFile)), since));
            case Reading.Complete<Verifier> _, Reading.Failed<Verifier> _ -> verifier;
        };
    }

    private static boolean isReadableFile(String name) {
        var path = Path.of(name);
        return Files.isRegularFile(path) && Files.isReadable(path);
    }
}

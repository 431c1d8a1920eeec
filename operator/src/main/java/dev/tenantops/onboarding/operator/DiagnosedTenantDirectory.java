package dev.tenantops.onboarding.operator;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.network.SharedProbes;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.PublisherDirectory;
import dev.tenantops.onboarding.operator.observe.PublisherObservation;
import dev.tenantops.onboarding.operator.observe.PublisherQuery;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says at which stage the operator's own way to login or Graph ended, where a service did not answer. It probes that way
 * only then; what the probe does not find wrong stays as it was told. What one check finds serves all: of a service that
 * hangs the probe takes as long as the reading did.
 */
public final class DiagnosedTenantDirectory implements TenantDirectory, PublisherDirectory, AutoCloseable {

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final long MOST_REMEMBERED = 100;

    /** Better words are worth no longer wait; the next check has them. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final GraphTenantDirectory directory;
    private final SharedProbes probe;
    private final Optional<ForwardProxy> proxy;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AsyncLoadingCache<Failure, Failure> diagnoses = Caffeine.newBuilder()
            .refreshAfterWrite(FRESH)
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .executor(threads)
            .buildAsync(this::diagnosed);

    /** @param proxy the operator's own, as the directory uses it */
    public DiagnosedTenantDirectory(GraphTenantDirectory directory, SharedProbes probe, Optional<ForwardProxy> proxy) {
        this.directory = directory;
        this.probe = probe;
        this.proxy = proxy;
    }

    @Override
    public TenantObservation read(TenantQuery query) {
        return diagnosed(directory.read(query));
    }

    @Override
    public TenantReading read(TenantQuery query, Optional<Fingerprint> known) {
        return switch (directory.read(query, known)) {
            case TenantReading.Unchanged unchanged -> unchanged;
            case TenantReading.Fresh(TenantObservation observation, Optional<Fingerprint> fingerprint) ->
                new TenantReading.Fresh(diagnosed(observation), fingerprint);
        };
    }

    @Override
    public Reading<PublisherObservation> registrations(PublisherQuery query) {
        return switch (directory.registrations(query)) {
            case Reading.Failed<PublisherObservation>(Failure failure) ->
                Reading.failed(failure.unreached().isPresent() ? diagnosedSoon(failure) : failure);
            case Reading.Complete<PublisherObservation> complete -> complete;
        };
    }

    @Override
    public boolean showsDeactivation(CloudEndpoints cloud) {
        return directory.showsDeactivation(cloud);
    }

    private TenantObservation diagnosed(TenantObservation observation) {
        return observation
                .applications()
                .ifFailed()
                .filter(it -> it.unreached().isPresent())
                .map(this::diagnosedSoon)
                .map(it -> TenantObservation.failed(observation.readAt(), it))
                .orElse(observation);
    }

    @Override
    public void close() {
        directory.close();
        probe.close();
        threads.shutdownNow();
    }

    private Failure diagnosedSoon(Failure failure) {
        try {
            return diagnoses.get(failure).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The probe failed", e.getCause());
        }
    }

    private Failure diagnosed(Failure failure) {
        return failure.unreached()
                .map(it -> probe.probe(new ProbeTarget(it, proxy), ProbeCaller.OPERATOR))
                .filter(Unreachable.class::isInstance)
                .map(Unreachable.class::cast)
                .filter(it -> it.reason().tried())
                .map(it -> failure.told(told(failure.unreached().get(), it), it.next() + "."))
                .orElse(failure);
    }

    private String told(URI service, Unreachable ended) {
        return "The operator does not reach " + service.getAuthority()
                + ended.trace().from().map(it -> " from " + it).orElse("")
                + ended.trace().proxy().map(it -> " through its proxy " + it).orElse("") + ". It ended at the stage "
                + ended.stage() + " (" + ended.reason() + "): " + ended.message() + ".";
    }
}

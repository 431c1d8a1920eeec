package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.network.SharedProbes;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTarget.ProxyRoute;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.net.URI;
import java.util.Optional;

/**
 * Says at which stage the operator's own way to login or Graph ended, where a service did not answer. It probes that way
 * only then; what the probe does not find wrong stays as it was told.
 */
public final class DiagnosedTenantDirectory implements TenantDirectory, AutoCloseable {

    private final GraphTenantDirectory directory;
    private final SharedProbes probe;
    private final Optional<ProxyRoute> proxy;

    /** @param proxy the operator's own, as the directory uses it */
    public DiagnosedTenantDirectory(GraphTenantDirectory directory, SharedProbes probe, Optional<ProxyRoute> proxy) {
        this.directory = directory;
        this.probe = probe;
        this.proxy = proxy;
    }

    @Override
    public TenantObservation read(TenantQuery query) {
        var observation = directory.read(query);
        return observation
                .applications()
                .ifFailed()
                .flatMap(this::diagnosed)
                .map(it -> TenantObservation.failed(observation.readAt(), it))
                .orElse(observation);
    }

    @Override
    public void close() {
        directory.close();
        probe.close();
    }

    private Optional<Failure> diagnosed(Failure failure) {
        return failure.unreached()
                .map(it -> probe.probe(new ProbeTarget(it, proxy), ProbeCaller.OPERATOR))
                .filter(Unreachable.class::isInstance)
                .map(Unreachable.class::cast)
                .filter(it -> it.reason().tried())
                .map(it -> new Failure(
                        failure.reason(),
                        told(failure.unreached().get(), it),
                        failure.retryAfter(),
                        failure.unreached()));
    }

    private String told(URI service, Unreachable ended) {
        return "The operator does not reach " + service.getAuthority()
                + ended.trace().from().map(it -> " from " + it).orElse("")
                + ended.trace().proxy().map(it -> " through its proxy " + it).orElse("") + ". It ended at the stage "
                + ended.stage() + " (" + ended.reason() + "): " + ended.message() + ". " + ended.next() + ".";
    }
}

package dev.tenantops.onboarding.operator.cluster;

import com.github.benmanes.caffeine.cache.Interner;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Attestations;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.EndpointStatus.Advice;
import dev.tenantops.onboarding.api.EndpointStatus.Outcome;
import dev.tenantops.onboarding.api.EndpointStatus.Route;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.api.VerifierStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * What onboardings of one catalog say alike: names, permissions, messages, times. Each has one instance, for as long as an
 * onboarding has it. What only one of them can say, such as its links, is left alone, since a place among the shared costs
 * more than it.
 */
public final class SharedParts {

    private final Interner<Object> parts = Interner.newWeakInterner();

    /** Puts the shared instances in place of equal ones. */
    void replaceIn(TenantOnboarding onboarding) {
        onboarding.setKind(shared(onboarding.getKind()));
        onboarding.setApiVersion(shared(onboarding.getApiVersion()));
        if (onboarding.getMetadata() != null) {
            replaceIn(onboarding.getMetadata());
        }
        if (onboarding.getSpec() != null) {
            onboarding.setSpec(spec(onboarding.getSpec()));
        }
        if (onboarding.getStatus() != null) {
            onboarding.setStatus(status(onboarding.getStatus()));
        }
    }

    private void replaceIn(ObjectMeta metadata) {
        metadata.setNamespace(shared(metadata.getNamespace()));
        metadata.setCreationTimestamp(shared(metadata.getCreationTimestamp()));
        metadata.setLabels(shared(metadata.getLabels()));
        if (metadata.getAnnotations() != null && metadata.getAnnotations().isEmpty()) {
            metadata.setAnnotations(null);
        }
        if (metadata.getAdditionalProperties().isEmpty()) {
            metadata.setAdditionalProperties(Map.of());
        }
    }

    private TenantOnboardingSpec spec(TenantOnboardingSpec spec) {
        return new TenantOnboardingSpec(
                spec.tenantId(),
                shared(spec.licenses()),
                spec.network(),
                spec.verification(),
                spec.attestations(),
                spec.page(),
                spec.suspend(),
                spec.foreign());
    }

    private TenantOnboardingStatus status(TenantOnboardingStatus status) {
        return new TenantOnboardingStatus(
                status.handled(),
                status.customer(),
                new Progress(shared(status.granted()), status.nextAction()),
                new Times(shared(status.lastVerified()), shared(status.validUntil())),
                new Entries(
                        status.verifiers().stream().map(this::verifier).toList(),
                        status.applications().stream().map(this::application).toList(),
                        status.endpoints().stream().map(this::endpoint).toList(),
                        status.leftOut()),
                status.conditions().stream().map(this::condition).toList());
    }

    private VerifierStatus verifier(VerifierStatus verifier) {
        return new VerifierStatus(
                shared(verifier.catalog()),
                shared(verifier.clientId()),
                verifier.consentUrl(),
                shared(verifier.grantableBy()),
                verifier.tier(),
                shared(verifier.state()),
                shared(verifier.refusedTime()));
    }

    private ApplicationStatus application(ApplicationStatus application) {
        var permissions = application.permissions();
        return new ApplicationStatus(
                new Identity(
                        shared(application.catalog()),
                        shared(application.name()),
                        shared(application.displayName()),
                        shared(application.clientId()),
                        application.servicePrincipalId()),
                application.state(),
                application.optional(),
                new Link(application.consentUrl(), shared(application.grantableBy())),
                shared(application.message()),
                new Permissions(
                        listed(permissions.granted()),
                        permissions.satisfied(),
                        listed(permissions.missing()),
                        listed(permissions.awaited()),
                        permissions(permissions.lost()),
                        listed(permissions.surplus()),
                        permissions(permissions.notVerifiable())),
                new Attestations(
                        permissions(application.attested()),
                        application.prerequisites().isEmpty()
                                ? application.prerequisites()
                                : shared(application.prerequisites())),
                application.times().map(this::shared));
    }

    private EndpointStatus endpoint(EndpointStatus endpoint) {
        return new EndpointStatus(
                shared(endpoint.name()),
                new Outcome(
                        shared(endpoint.state()),
                        shared(endpoint.failedStage()),
                        shared(endpoint.since()),
                        endpoint.stages().stream().map(this::shared).toList()),
                new Route(shared(endpoint.tried()), shared(endpoint.from()), shared(endpoint.proxy())),
                new Advice(shared(endpoint.message()), shared(endpoint.nextStep())));
    }

    private Condition condition(Condition condition) {
        return new Condition(
                shared(condition.type()),
                condition.status(),
                condition.observedGeneration(),
                shared(condition.lastTransitionTime()),
                shared(condition.reason()),
                shared(condition.message()));
    }

    private Listed listed(Listed permissions) {
        return new Listed(permissions(permissions.shown()), permissions.total());
    }

    private List<Permission> permissions(List<Permission> permissions) {
        return permissions.isEmpty() ? permissions : shared(permissions);
    }

    @SuppressWarnings("unchecked")
    private <T> T shared(T part) {
        return part == null ? null : (T) parts.intern(part);
    }
}

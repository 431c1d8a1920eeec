package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Ineffective;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Judges one application from one observation and from what is remembered of earlier ones. */
public final class ApplicationJudge {

    private final Propagation propagation;

    public ApplicationJudge(Propagation propagation) {
        this.propagation = propagation;
    }

    /**
     * Judges an application that the licences no longer bring.
     *
     * @param memory what is remembered of its grants, from when it was licensed or from the last check
     */
    public FormerVerdict judge(FormerApplication application, TenantObservation observation, Memory memory) {
        return FormerJudge.judge(application, observation, memory, propagation.confirmation());
    }

    /** Judges an application. */
    public ApplicationVerdict judge(DesiredApplication application, TenantObservation observation, Memory memory) {
        if (!application.verifiable()) {
            return new NotVerifiable(application);
        }
        return switch (observation.applications()) {
            case Reading.Failed<Map<String, ApplicationObservation>>(Failure failure) ->
                new Unread(application, failure);
            case Reading.Complete<Map<String, ApplicationObservation>>(var applications) ->
                switch (observation.resources()) {
                    case Reading.Failed<Map<String, ResourceServicePrincipal>>(Failure failure) ->
                        new Unread(application, failure);
                    case Reading.Complete<Map<String, ResourceServicePrincipal>>(var resources) ->
                        judge(
                                application,
                                applications.get(application.clientId().orElseThrow()),
                                resources,
                                memory.believed(observation.readAt()),
                                observation);
                };
        };
    }

    private ApplicationVerdict judge(
            DesiredApplication application,
            ApplicationObservation observed,
            Map<String, ResourceServicePrincipal> resources,
            Memory memory,
            TenantObservation observation) {
        var now = observation.readAt();
        var findings = findings(application, observed, resources);
        // A permission that is proven missing is missing whatever else could not be read; that everything is there can
        // only be said when everything was read.
        if (findings.missing().isEmpty() && findings.failure().isPresent()) {
            return new Unread(application, findings.failure().get());
        }
        var changes = Changes.between(memory, findings, propagation.confirmation(), now);
        var state = state(observed, findings, changes, memory, now);
        var awaited = state == ApplicationState.Propagating && consented(changes, memory, now)
                ? findings.missing()
                : changes.awaited();
        return new Proven(
                application,
                state,
                observed.servicePrincipal().map(ServicePrincipal::id),
                findings.held(),
                findings.supersets(),
                findings.missing().stream().filter(it -> !awaited.contains(it)).toList(),
                awaited,
                SurplusGrants.of(application.permissions(), observed, resources, observation.otherResources()),
                Explanation.of(state, observed, findings, awaited, changes.awaited()),
                memory.with(state, findings, changes, now),
                true);
    }

    private static PermissionFindings findings(
            DesiredApplication application,
            ApplicationObservation observed,
            Map<String, ResourceServicePrincipal> resources) {
        var judge = new PermissionJudge(observed, resources);
        var findings = new LinkedHashMap<DesiredPermission, PermissionFinding>();
        application.permissions().stream()
                .filter(DesiredPermission::verifiable)
                .forEach(it -> findings.put(it, judge.judge(it)));
        return new PermissionFindings(findings);
    }

    private ApplicationState state(
            ApplicationObservation observed, PermissionFindings findings, Changes changes, Memory memory, Instant now) {
        if (findings.any(PermissionFinding.Undefined.class::isInstance)) {
            return ApplicationState.UnknownPermission;
        }
        if (observed.servicePrincipal().filter(it -> !usable(it)).isPresent()) {
            return ApplicationState.ApplicationDisabled;
        }
        if (observed.servicePrincipal().isEmpty() && observed.deletedAt().isPresent()) {
            return ApplicationState.ApplicationDeleted;
        }
        if (changes.vanished().isPresent()) {
            return ApplicationState.Propagating;
        }
        if (findings.any(PermissionFinding.ResourceMissing.class::isInstance)) {
            return ApplicationState.ResourceServicePrincipalMissing;
        }
        if (findings.missing().isEmpty() && observed.servicePrincipal().isPresent()) {
            return complete(findings);
        }
        if (consented(changes, memory, now)) {
            return ApplicationState.Propagating;
        }
        return settled(findings, changes, memory);
    }

    private static ApplicationState complete(PermissionFindings findings) {
        if (findings.needNothing()) {
            return ApplicationState.NotVerifiable;
        }
        if (findings.any(new Ineffective(Ineffective.Cause.ResourceDisabled)::equals)) {
            return ApplicationState.ResourceDisabled;
        }
        return findings.any(Ineffective.class::isInstance)
                ? ApplicationState.PermissionWithdrawn
                : ApplicationState.Granted;
    }

    /** A consent brings its grants one after the other, and to one replica after the other. */
    private boolean consented(Changes changes, Memory memory, Instant now) {
        return recent(changes.appeared(), now) || recent(memory.consentReturned(), now);
    }

    private boolean recent(Optional<Instant> consent, Instant now) {
        return consent.filter(it -> Duration.between(it, now).compareTo(propagation.afterConsent()) < 0)
                .isPresent();
    }

    private static ApplicationState settled(PermissionFindings findings, Changes changes, Memory memory) {
        // Of what cannot be read nothing is known: neither that it is left nor that it is not.
        var nothingLeft = changes.remembered().isEmpty()
                && findings.byPermission().values().stream().noneMatch(PermissionFinding.Unreadable.class::isInstance);
        var lost = !changes.lost().isEmpty();
        if (nothingLeft && lost) {
            return ApplicationState.ConsentRevoked;
        }
        if (nothingLeft && memory.lastGranted().isEmpty()) {
            return findings.any(it -> it instanceof PermissionFinding.NotGranted(boolean users) && users)
                    ? ApplicationState.UserConsentOnly
                    : ApplicationState.ConsentRequired;
        }
        if (changes.appeared().isPresent()) {
            return ApplicationState.NotRequestedByApplication;
        }
        return memory.lastGranted().isPresent() && !lost
                ? ApplicationState.ReconsentRequired
                : ApplicationState.PermissionsMissing;
    }

    private static boolean usable(ServicePrincipal servicePrincipal) {
        return servicePrincipal.enabled() && !servicePrincipal.disabledByMicrosoft();
    }
}

package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DeletedServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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
        var findings = findings(application, observed, resources, now);
        // A permission that is proven missing, or has ended, is so whatever else could not be read; that everything is
        // there can only be said when everything was read.
        if (findings.missing().isEmpty()
                && findings.failure().isPresent()
                && !findings.any(PermissionFinding.Retired.class::isInstance)) {
            return new Unread(application, findings.failure().get());
        }
        var changes = Changes.between(memory, findings, propagation.confirmation(), now);
        var all = new ApplicationFindings(
                application.withdrawn(), observed, findings, memory, changes, propagation.afterConsent(), now);
        var state = StateChecks.state(all);
        var awaited = state == ApplicationState.Propagating && all.consentedJustNow()
                ? findings.missing()
                : changes.awaited();
        return new Proven(
                application,
                state,
                observed.servicePrincipal()
                        .map(ServicePrincipal::id)
                        .or(() -> observed.deleted().map(DeletedServicePrincipal::id)),
                findings.held(),
                findings.supersets(),
                findings.missing().stream().filter(it -> !awaited.contains(it)).toList(),
                awaited,
                findings.attested(),
                SurplusGrants.of(application.permissions(), observed, resources, observation.otherResources()),
                Explanation.of(state, observed, findings, awaited, changes.awaited()),
                memory.with(state, findings, changes, now),
                true);
    }

    private static PermissionFindings findings(
            DesiredApplication application,
            ApplicationObservation observed,
            Map<String, ResourceServicePrincipal> resources,
            Instant now) {
        var judge = new PermissionJudge(observed, resources, now);
        var findings = new LinkedHashMap<DesiredPermission, PermissionFinding>();
        application.permissions().stream()
                .filter(DesiredPermission::verifiable)
                .forEach(it -> findings.put(it, judge.judge(it)));
        return new PermissionFindings(findings);
    }
}

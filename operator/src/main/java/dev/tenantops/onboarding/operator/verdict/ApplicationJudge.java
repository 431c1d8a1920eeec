package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Memory;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Judges one application from one observation and from what is remembered of earlier ones. */
public final class ApplicationJudge {

    private final Propagation propagation;

    public ApplicationJudge(Propagation propagation) {
        this.propagation = propagation;
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
                                memory,
                                observation.readAt());
                };
        };
    }

    private ApplicationVerdict judge(
            DesiredApplication application,
            ApplicationObservation observed,
            Map<String, ResourceServicePrincipal> resources,
            Memory memory,
            Instant now) {
        var judge = new PermissionJudge(observed, resources);
        var findings = new LinkedHashMap<DesiredPermission, PermissionFinding>();
        application.permissions().stream()
                .filter(DesiredPermission::verifiable)
                .forEach(it -> findings.put(it, judge.judge(it)));
        var required = findings.entrySet().stream()
                .filter(it -> it.getKey().required())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));

        var granted = permissions(findings, PermissionFinding.Granted.class::isInstance);
        var missing = permissions(
                required,
                it -> !(it instanceof PermissionFinding.Granted) && !(it instanceof PermissionFinding.Unreadable));
        var unread = required.values().stream()
                .filter(PermissionFinding.Unreadable.class::isInstance)
                .map(it -> ((PermissionFinding.Unreadable) it).failure())
                .findFirst();
        // A permission that is proven missing is missing whatever else could not be read; that everything is there can
        // only be said when everything was read.
        if (missing.isEmpty() && unread.isPresent()) {
            return new Unread(application, unread.get());
        }
        var state = state(observed, required, granted, missing, memory, now);
        return new Proven(
                application,
                state,
                observed.servicePrincipal().map(ServicePrincipal::id),
                granted,
                missing,
                SurplusGrants.of(application, observed, resources),
                message(observed, findings, state),
                remember(state, granted, missing, memory, now));
    }

    private ApplicationState state(
            ApplicationObservation observed,
            Map<DesiredPermission, PermissionFinding> required,
            List<Permission> granted,
            List<Permission> missing,
            Memory memory,
            Instant now) {
        if (required.values().stream().anyMatch(PermissionFinding.Undefined.class::isInstance)) {
            return ApplicationState.UnknownPermission;
        }
        if (observed.servicePrincipal().filter(it -> !usable(it)).isPresent()) {
            return ApplicationState.ApplicationDisabled;
        }
        if (required.values().stream().anyMatch(PermissionFinding.ResourceMissing.class::isInstance)) {
            return ApplicationState.ResourceServicePrincipalMissing;
        }
        if (missing.isEmpty() && observed.servicePrincipal().isPresent()) {
            return required.isEmpty() ? ApplicationState.NotVerifiable : ApplicationState.Granted;
        }
        if (lost(missing, memory)
                && Duration.between(memory.firstMissing().orElse(now), now).compareTo(propagation.confirmation()) < 0) {
            return ApplicationState.Propagating;
        }
        if (memory.consentReturned()
                .filter(it -> Duration.between(it, now).compareTo(propagation.afterConsent()) < 0)
                .isPresent()) {
            return ApplicationState.Propagating;
        }
        return settled(required, granted, missing, memory);
    }

    private static ApplicationState settled(
            Map<DesiredPermission, PermissionFinding> required,
            List<Permission> granted,
            List<Permission> missing,
            Memory memory) {
        var nothingLeft = granted.isEmpty();
        if (memory.lastGranted().isPresent() && nothingLeft) {
            return ApplicationState.ConsentRevoked;
        }
        if (memory.lastGranted().isPresent() && memory.firstMissing().isEmpty() && !lost(missing, memory)) {
            return ApplicationState.ReconsentRequired;
        }
        if (!nothingLeft) {
            return ApplicationState.PermissionsMissing;
        }
        var byUsers = required.values().stream()
                .anyMatch(it -> it instanceof PermissionFinding.NotGranted(boolean users) && users);
        return byUsers ? ApplicationState.UserConsentOnly : ApplicationState.ConsentRequired;
    }

    private static Memory remember(
            ApplicationState state, List<Permission> granted, List<Permission> missing, Memory memory, Instant now) {
        return switch (state) {
            case Granted ->
                new Memory(
                        granted,
                        memory.lastGranted().isPresent()
                                        && memory.firstMissing().isEmpty()
                                        && !grew(granted, memory)
                                ? memory.lastGranted()
                                : Optional.of(now),
                        Optional.empty(),
                        Optional.empty());
            // The list of what had been granted has to outlast the wait, or the second reading would find nothing lost.
            case Propagating ->
                new Memory(
                        memory.granted(),
                        memory.lastGranted(),
                        lost(missing, memory) ? memory.firstMissing().or(() -> Optional.of(now)) : Optional.empty(),
                        memory.consentReturned());
            default ->
                new Memory(
                        granted,
                        memory.lastGranted(),
                        memory.firstMissing().or(() -> lost(missing, memory) ? Optional.of(now) : Optional.empty()),
                        memory.consentReturned());
        };
    }

    private static boolean lost(List<Permission> missing, Memory memory) {
        return missing.stream().anyMatch(memory.granted()::contains);
    }

    private static boolean grew(List<Permission> granted, Memory memory) {
        return !memory.granted().containsAll(granted);
    }

    private static boolean usable(ServicePrincipal servicePrincipal) {
        return servicePrincipal.enabled() && !servicePrincipal.disabledByMicrosoft();
    }

    private static List<Permission> permissions(
            Map<DesiredPermission, PermissionFinding> findings, Predicate<PermissionFinding> wanted) {
        return findings.entrySet().stream()
                .filter(it -> wanted.test(it.getValue()))
                .map(it -> it.getKey().permission())
                .sorted()
                .toList();
    }

    private static Optional<String> message(
            ApplicationObservation observed,
            Map<DesiredPermission, PermissionFinding> findings,
            ApplicationState state) {
        if (state == ApplicationState.ApplicationDisabled) {
            return Optional.of(
                    observed.servicePrincipal().orElseThrow().disabledByMicrosoft()
                            ? "Microsoft disabled the application in this tenant."
                            : "An administrator switched off sign-in for the application in this tenant.");
        }
        var notes = findings.entrySet().stream()
                .flatMap(it -> note(it.getKey().permission(), it.getValue()).stream())
                .limit(10)
                .toList();
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
    }

    private static Optional<String> note(Permission permission, PermissionFinding finding) {
        return switch (finding) {
            case PermissionFinding.Granted(Optional<String> superset) ->
                superset.map(it -> permission + " is satisfied by " + it + ".");
            case PermissionFinding.Ineffective(String why) ->
                Optional.of(permission + " is granted without effect: " + why + ".");
            case PermissionFinding.Undefined() ->
                Optional.of(permission + " is not a permission that the resource API defines: correct the catalog.");
            case PermissionFinding.ResourceMissing() ->
                Optional.of(permission + " cannot be granted: " + permission.resource()
                        + " is not provisioned in this tenant.");
            case PermissionFinding.NotGranted(boolean byUsers) ->
                byUsers ? Optional.of(permission + " is granted by single users only.") : Optional.empty();
            case PermissionFinding.Unreadable(Failure failure) -> Optional.of(permission + " could not be read.");
        };
    }
}

package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.desired.Retirement;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in words what is known about an application beyond its state. */
final class Explanation {

    private static final int NOTES = 10;
    private static final int NAMED = 5;

    /** As many as are told of where nothing was read. */
    private static final int RETIRED = 2;

    private Explanation() {}

    /**
     * @param awaited what may be there although it was not found
     * @param vanished which of that had been granted
     */
    static Optional<String> of(
            ApplicationState state,
            ApplicationObservation observed,
            PermissionFindings findings,
            List<Permission> awaited,
            List<Permission> vanished) {
        if (state == ApplicationState.ApplicationDisabled) {
            return Optional.of("An administrator switched off sign-in for the application in this tenant.");
        }
        if (state == ApplicationState.DisabledByMicrosoft) {
            return Optional.of("Microsoft disabled the application's registration, for all tenants. In this tenant"
                    + " nothing is wrong with it.");
        }
        if (state == ApplicationState.ApplicationDeactivated) {
            return Optional.of("The publisher deactivated the application's registration, for all tenants."
                    + (observed.servicePrincipal().orElseThrow().registration() == Registration.NotShown
                            ? " That was so when it could last be seen: Microsoft Graph does not show it now."
                            : " In this tenant nothing is wrong with it."));
        }
        if (state == ApplicationState.RegistrationDeleted) {
            return Optional.of(
                    "The publisher deleted the application's registration, so that no tenant gets tokens for it,"
                            + " whatever was granted. The ApplicationCatalog says since when.");
        }
        if (state == ApplicationState.RegistrationSingleTenant) {
            return Optional.of("The publisher closed the application's registration to other tenants, so that none gets"
                    + " tokens for it, whatever was granted.");
        }
        if (state == ApplicationState.ApplicationDeleted) {
            return Optional.of("The enterprise application was deleted at "
                    + observed.deleted().orElseThrow().at().truncatedTo(ChronoUnit.SECONDS)
                    + ". For 30 days from then it can be restored with its grants.");
        }
        if (state == ApplicationState.PermissionRetired) {
            // In the words that the catalog and the clock alone would have it told in.
            return Optional.of(findings.retired().stream()
                    .map(it -> it.getValue().over(it.getKey()))
                    .limit(RETIRED)
                    .collect(Collectors.joining(" ")));
        }
        var coming = awaited.stream().filter(it -> !vanished.contains(it)).toList();
        var notes = Stream.concat(
                        Stream.of(
                                        awaited(
                                                vanished,
                                                "was granted and was not found. Another reading has to confirm"
                                                        + " that it is gone."),
                                        awaited(coming, "may still come: a consent takes its time to show everywhere."))
                                .flatMap(Optional::stream),
                        findings.byPermission().entrySet().stream()
                                .flatMap(it -> note(it.getKey().permission(), it.getValue()).stream()))
                .limit(NOTES)
                .toList();
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
    }

    private static Optional<String> awaited(List<Permission> permissions, String why) {
        if (permissions.isEmpty()) {
            return Optional.empty();
        }
        var named = permissions.stream().limit(NAMED).map(Permission::toString).collect(Collectors.joining(", "));
        var more = permissions.size() > NAMED ? " and " + (permissions.size() - NAMED) + " more" : "";
        return Optional.of("Awaited: " + named + more + ", which " + why);
    }

    private static Optional<String> note(Permission permission, PermissionFinding finding) {
        return switch (finding) {
            case PermissionFinding.Granted(Optional<String> superset) ->
                superset.map(it -> permission + " is satisfied by " + it + ".");
            case PermissionFinding.Ineffective(PermissionFinding.Ineffective.Cause cause) ->
                Optional.of(permission + " is granted without effect: "
                        + switch (cause) {
                            case ResourceDisabled -> permission.resource() + " is disabled in this tenant.";
                            case PermissionWithdrawn -> permission.resource() + " has withdrawn this permission.";
                        });
            case PermissionFinding.Undefined() ->
                Optional.of(permission + " is not a permission that the resource API defines.");
            case PermissionFinding.Retired(Retirement retirement, PermissionFinding _) ->
                Optional.of(retirement.over(permission));
            case PermissionFinding.Attested(Instant until) ->
                Optional.of(permission + " is not proven, and attested until " + until + ".");
            case PermissionFinding.ResourceMissing() ->
                Optional.of(permission + " cannot be granted: " + permission.resource()
                        + " is not provisioned in this tenant.");
            case PermissionFinding.NotGranted(boolean byUsers) ->
                byUsers ? Optional.of(permission + " is granted by single users only.") : Optional.empty();
            case PermissionFinding.Unreadable _ -> Optional.of(permission + " could not be read.");
        };
    }
}

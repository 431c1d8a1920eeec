package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Says in words what is known about an application beyond its state. */
final class Explanation {

    private static final int NOTES = 10;

    private Explanation() {}

    static Optional<String> of(ApplicationState state, ApplicationObservation observed, PermissionFindings findings) {
        if (state == ApplicationState.ApplicationDisabled) {
            return Optional.of(
                    observed.servicePrincipal().orElseThrow().disabledByMicrosoft()
                            ? "Microsoft disabled the application in this tenant."
                            : "An administrator switched off sign-in for the application in this tenant.");
        }
        if (state == ApplicationState.ApplicationDeleted) {
            return Optional.of("The enterprise application was deleted at "
                    + observed.deletedAt().orElseThrow().truncatedTo(ChronoUnit.SECONDS)
                    + ". For 30 days from then it can be restored with its grants.");
        }
        var notes = findings.byPermission().entrySet().stream()
                .flatMap(it -> note(it.getKey().permission(), it.getValue()).stream())
                .limit(NOTES)
                .toList();
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
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
                Optional.of(permission + " is not a permission that the resource API defines: correct the catalog.");
            case PermissionFinding.ResourceMissing() ->
                Optional.of(permission + " cannot be granted: " + permission.resource()
                        + " is not provisioned in this tenant.");
            case PermissionFinding.NotGranted(boolean byUsers) ->
                byUsers ? Optional.of(permission + " is granted by single users only.") : Optional.empty();
            case PermissionFinding.Unreadable _ -> Optional.of(permission + " could not be read.");
        };
    }
}

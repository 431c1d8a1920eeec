package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.observe.Failure;
import java.util.Optional;

/** What an observation proves about one permission of one application. */
sealed interface PermissionFinding {

    /**
     * Granted tenant-wide.
     *
     * @param superset the larger permission that does in its place, where it is not granted itself
     */
    record Granted(Optional<String> superset) implements PermissionFinding {}

    /**
     * Read to the end and not found.
     *
     * @param byUsers true when users granted it for themselves
     */
    record NotGranted(boolean byUsers) implements PermissionFinding {}

    /** Granted, but the resource API is disabled in the tenant or withdrew the permission, so it is of no effect. */
    record Ineffective(Cause cause) implements PermissionFinding {

        enum Cause {
            ResourceDisabled,
            PermissionWithdrawn
        }
    }

    /** The resource API has no service principal in the tenant. */
    record ResourceMissing() implements PermissionFinding {}

    /** The resource API does not define it. */
    record Undefined() implements PermissionFinding {}

    /** Could not be read. */
    record Unreadable(Failure failure) implements PermissionFinding {}
}

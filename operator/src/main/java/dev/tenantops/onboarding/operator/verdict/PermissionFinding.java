package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.Retirement;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.time.Instant;
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

    /**
     * Of no effect from a day on, whatever the tenant has granted.
     *
     * @param directory what the directory shows of it all the same
     */
    record Retired(Retirement retirement, PermissionFinding directory) implements PermissionFinding {}

    /**
     * Not proven to work, and somebody vouches that the customer does without it.
     *
     * @param until when that ends
     */
    record Attested(Instant until) implements PermissionFinding {}

    /** What the directory shows, whether it is of use or not. */
    default PermissionFinding directory() {
        return this instanceof Retired(Retirement _, PermissionFinding shown) ? shown : this;
    }

    /** The resource API has no service principal in the tenant. */
    record ResourceMissing() implements PermissionFinding {}

    /** The resource API does not define it. */
    record Undefined() implements PermissionFinding {}

    /** Could not be read. */
    record Unreadable(Failure failure) implements PermissionFinding {}
}

package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.util.List;
import java.util.Optional;

/** What is known about one application after a check. */
public sealed interface ApplicationVerdict {

    DesiredApplication application();

    /**
     * The tenant was read far enough to tell.
     *
     * @param servicePrincipalId its object id in the tenant, if it has one, also in the recycle bin
     * @param granted declared permissions that are granted tenant-wide, also those without effect
     * @param supersets which of them stand for another permission, by the catalog's word
     * @param missing needed permissions that are not granted, but for those that are awaited
     * @param awaited needed permissions that were not found and may be there: granted before, or on their way
     * @param attested needed permissions that somebody vouches for
     * @param surplus grants that the catalog does not ask for
     * @param message what is known beyond the state
     * @param memory what the next verdict needs to know
     * @param settled false where another reading right before showed less, so that it is looked at again soon
     */
    record Proven(
            DesiredApplication application,
            ApplicationState state,
            Optional<String> servicePrincipalId,
            List<Permission> granted,
            List<SatisfiedPermission> supersets,
            List<Permission> missing,
            List<Permission> awaited,
            List<Permission> attested,
            List<Permission> surplus,
            Optional<String> message,
            Memory memory,
            boolean settled)
            implements ApplicationVerdict {

        Proven disputed() {
            return new Proven(
                    application,
                    state,
                    servicePrincipalId,
                    granted,
                    supersets,
                    missing,
                    awaited,
                    attested,
                    surplus,
                    message,
                    memory,
                    false);
        }
    }

    /** The tenant could not be read far enough: this check proves nothing about the application. */
    record Unread(DesiredApplication application, Failure failure) implements ApplicationVerdict {}

    /** Nothing in the directory shows it. */
    record NotVerifiable(DesiredApplication application) implements ApplicationVerdict {}
}

package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known about one application after a check. */
public sealed interface ApplicationVerdict {

    DesiredApplication application();

    /**
     * The tenant was read far enough to tell.
     *
     * @param servicePrincipalId its object id in the tenant, if it has one
     * @param granted declared permissions that are granted tenant-wide
     * @param missing needed permissions that are not
     * @param surplus grants that the catalog does not ask for
     * @param message what is known beyond the state
     * @param memory what the next verdict needs to know
     */
    record Proven(
            DesiredApplication application,
            ApplicationState state,
            Optional<String> servicePrincipalId,
            List<Permission> granted,
            List<Permission> missing,
            List<Permission> surplus,
            Optional<String> message,
            Memory memory)
            implements ApplicationVerdict {}

    /** The tenant could not be read far enough: this check proves nothing about the application. */
    record Unread(DesiredApplication application, Failure failure) implements ApplicationVerdict {}

    /** Nothing in the directory shows it. */
    record NotVerifiable(DesiredApplication application) implements ApplicationVerdict {}

    /**
     * What verdicts need to know of the past. It is kept in the status, so that a restart changes no verdict.
     *
     * @param granted the declared permissions that were last proven granted
     * @param lastGranted when everything was last found granted after it had not been
     * @param firstMissing when something that had been granted was first found missing
     * @param consentReturned when a browser last came back from the consent page
     */
    record Memory(
            List<Permission> granted,
            Optional<Instant> lastGranted,
            Optional<Instant> firstMissing,
            Optional<Instant> consentReturned) {

        public static final Memory NONE = new Memory(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

        public Memory {
            granted = List.copyOf(granted);
        }
    }
}

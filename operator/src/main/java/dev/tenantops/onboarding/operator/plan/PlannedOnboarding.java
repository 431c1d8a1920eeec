package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.Permission;
import java.util.List;
import java.util.Optional;

/**
 * What changes for one customer.
 *
 * @param tenantName what the customer calls itself, where that is known
 * @param problems what could not be resolved any more, with what to do
 * @param losesReady whether it is ready, and would not be
 */
public record PlannedOnboarding(
        String namespace,
        String name,
        String tenantId,
        Optional<String> tenantName,
        List<PlannedVerifier> verifiers,
        List<PlannedApplication> applications,
        List<String> problems,
        boolean losesReady) {

    public PlannedOnboarding {
        verifiers = List.copyOf(verifiers);
        applications = List.copyOf(applications);
        problems = List.copyOf(problems);
    }

    /** Whether its administrator has to grant something new for sure. */
    public boolean needsConsent() {
        return applications.stream().anyMatch(PlannedApplication::needsConsent);
    }

    /** Whether only the next check tells if its administrator has to. */
    public boolean undecided() {
        return verifiers.stream().anyMatch(PlannedVerifier::replaced)
                || applications.stream().anyMatch(PlannedApplication::undecided);
    }

    /** How people know the customer. */
    public String title() {
        return tenantName.map(it -> it + " (" + tenantId + ")").orElse(tenantId);
    }

    /**
     * The verifier of one catalog.
     *
     * @param replaced whether it would be another application, to which the tenant has to consent unless it has
     * @param link empty where no link of the operator shows what it would be
     */
    public record PlannedVerifier(
            String catalog, boolean replaced, boolean linkChanges, Optional<String> link, String grantableBy) {}

    /**
     * One application.
     *
     * @param change what becomes of it
     * @param needs what has to be granted anew, for sure
     * @param needsUnlessHeld what has to be granted anew unless the tenant has it, which the status does not tell
     * @param surplus what nothing asks for any more and the tenant holds
     * @param doubt why the status does not tell more
     * @param attest prerequisites that somebody has to attest anew
     * @param retired whether something that it needs would not work any more, whatever is granted
     * @param losesReady whether the onboarding is ready, and would not be for this
     * @param link where it is granted; empty where it needs no consent, and where no link of the operator shows what it
     *     would be
     * @param grantableBy the roles that can
     */
    public record PlannedApplication(
            String catalog,
            String name,
            String displayName,
            boolean optional,
            Change change,
            List<Permission> needs,
            List<Permission> needsUnlessHeld,
            List<Permission> surplus,
            Optional<Doubt> doubt,
            List<String> attest,
            boolean retired,
            boolean losesReady,
            boolean linkChanges,
            Optional<String> link,
            Optional<String> grantableBy) {

        public PlannedApplication {
            needs = List.copyOf(needs);
            needsUnlessHeld = List.copyOf(needsUnlessHeld);
            surplus = List.copyOf(surplus);
            attest = List.copyOf(attest);
        }

        public boolean needsConsent() {
            return !needs.isEmpty();
        }

        public boolean undecided() {
            return needs.isEmpty() && (!needsUnlessHeld.isEmpty() || (change == Change.Added && doubt.isPresent()));
        }

        /** Whether anybody is to hear of it. */
        boolean changes() {
            return change != Change.Kept
                    || needsConsent()
                    || undecided()
                    || !surplus.isEmpty()
                    || !attest.isEmpty()
                    || retired
                    || losesReady
                    || linkChanges
                    || doubt.isPresent();
        }
    }

    /** What becomes of an application. */
    public enum Change {
        /** It is licensed before and after. */
        Kept,
        /** The catalog brings it now. */
        Added,
        /** The catalog no longer brings it. */
        Removed
    }
}

package dev.tenantops.onboarding.operator.desired;

import java.util.Optional;

/**
 * Something that a person must edit before all of an onboarding can be served.
 *
 * @param reason the reason of the condition {@code Stalled}
 * @param unresolved the catalog of the licence of which it is not known therefore what it brings
 * @param message what is wrong and what to write instead
 */
public record SpecProblem(Reason reason, Optional<String> unresolved, String message) {

    /** A mistake that leaves no doubt about what the licences bring. */
    public SpecProblem(Reason reason, String message) {
        this(reason, Optional.empty(), message);
    }

    /** A mistake for which it is not known what a licence brings. */
    static SpecProblem unresolved(Reason reason, String catalog, String message) {
        return new SpecProblem(reason, Optional.of(catalog), message);
    }

    /** The reasons of the condition {@code Stalled}, the worst first. */
    public enum Reason {
        /** The tenant is another onboarding's to verify. */
        TenantClaimedElsewhere,
        UnknownCatalog,
        NamespaceNotAllowed,
        UnknownPlan,
        UnknownApplication,
        UnknownPermission,
        CloudMismatch,
        InvalidReference,
        /** A value that this version of the operator does not know, or that can never work. */
        InvalidSpec;

        /** Whether it may be over in a moment by itself, since one {@code kubectl apply} brings what is still missing. */
        public boolean mayHeal() {
            return this != TenantClaimedElsewhere;
        }

        /** Whether what earlier checks saw in the tenant is shown no more. */
        public boolean hidesTheTenant() {
            return this == TenantClaimedElsewhere;
        }
    }
}

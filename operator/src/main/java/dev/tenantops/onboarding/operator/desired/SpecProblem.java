package dev.tenantops.onboarding.operator.desired;

/**
 * Something that a person must edit before all of an onboarding can be served.
 *
 * @param reason the reason of the condition {@code Stalled}
 * @param message what is wrong and what to write instead
 */
public record SpecProblem(Reason reason, String message) {

    /** The reasons of the condition {@code Stalled}, the worst first. */
    public enum Reason {
        UnknownCatalog,
        NamespaceNotAllowed,
        UnknownPlan,
        UnknownApplication,
        UnknownPermission,
        CloudMismatch,
        InvalidReference,
        /** A value that this version of the operator does not know, or that can never work. */
        InvalidSpec
    }
}

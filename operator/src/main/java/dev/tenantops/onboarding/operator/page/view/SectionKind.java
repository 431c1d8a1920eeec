package dev.tenantops.onboarding.operator.page.view;

/** Why applications stand together. */
public enum SectionKind {
    /** A plan brings them. */
    Plan,
    /** They are licensed one by one. */
    Additional,
    /** Nothing waits for them. */
    Optional
}

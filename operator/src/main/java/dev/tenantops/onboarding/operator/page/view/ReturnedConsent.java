package dev.tenantops.onboarding.operator.page.view;

/**
 * A browser that came back from a consent page.
 *
 * @param application as in the link's state; it is named only where the onboarding has one of that name
 */
public record ReturnedConsent(String application, ConsentOutcome outcome) {}

package dev.tenantops.onboarding.operator.page.vendor;

/** Whether an onboarding is done, in the order in which somebody should look. */
public enum Ready {
    False,
    Unknown,
    True
}

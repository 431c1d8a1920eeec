package dev.tenantops.onboarding.api;

/** A Microsoft cloud. A tenant lives in exactly one. */
public enum Cloud {
    Global,
    USGovernment,
    USGovernmentDoD,
    China,
    Custom
}

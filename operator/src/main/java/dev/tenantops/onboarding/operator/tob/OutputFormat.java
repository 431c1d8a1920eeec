package dev.tenantops.onboarding.operator.tob;

/** Whom a command speaks to. */
enum OutputFormat {
    TEXT,
    JSON
}

package dev.tenantops.onboarding.api;

/** Delegated permissions (scopes) act for a signed-in user, application permissions (app roles) without one. */
public enum PermissionType {
    Delegated,
    Application
}

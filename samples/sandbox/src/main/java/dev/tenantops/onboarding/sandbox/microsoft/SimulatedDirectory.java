package dev.tenantops.onboarding.sandbox.microsoft;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.PermissionType;
import java.time.Clock;

/** All tenants and application registrations. Thread-safe; every change is atomic. */
public final class SimulatedDirectory {

    public SimulatedDirectory() {
        this(Clock.systemUTC());
    }

    public SimulatedDirectory(Clock clock) {}

    private static UnsupportedOperationException soon() {
        return new UnsupportedOperationException("being written");
    }

    public void createTenant(String tenantId, String displayName) {
        throw soon();
    }

    public void register(ApplicationRegistration registration) {
        throw soon();
    }

    public void register(ApplicationCatalog catalog, String secret) {
        throw soon();
    }

    public void consent(String tenantId, String clientId) {
        throw soon();
    }

    public void consentAsUser(String tenantId, String clientId, String userId, String resourceAppId, String... scopes) {
        throw soon();
    }

    public void grant(String tenantId, String clientId, String resourceAppId, PermissionType type, String value) {
        throw soon();
    }

    public void revoke(String tenantId, String clientId, String resourceAppId, PermissionType type, String value) {
        throw soon();
    }

    public void revokeConsent(String tenantId, String clientId) {
        throw soon();
    }

    public void setEnabled(String tenantId, String clientId, boolean enabled) {
        throw soon();
    }

    public void disableByMicrosoft(String tenantId, String clientId) {
        throw soon();
    }

    public void delete(String tenantId, String clientId) {
        throw soon();
    }

    public void restore(String tenantId, String clientId) {
        throw soon();
    }

    public void removeResource(String tenantId, String resourceAppId) {
        throw soon();
    }

    public void provisionResource(String tenantId, String resourceAppId) {
        throw soon();
    }

    public void rotateSecret(String clientId, String newSecret) {
        throw soon();
    }

    /** @return the fault's id */
    public String fail(Fault fault) {
        throw soon();
    }

    public void withdraw(String faultId) {
        throw soon();
    }

    public void heal() {
        throw soon();
    }
}

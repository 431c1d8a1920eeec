package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An application as its publisher registered it, once for all tenants.
 *
 * @param publisherTenantId the tenant of the publisher, which becomes appOwnerOrganizationId everywhere
 * @param permissions what {@code .default} asks for
 * @param redirectUris the registered reply URLs; a consent request has to name one of them exactly
 * @param secrets the client secrets that are valid
 * @param expiredSecrets client secrets that were valid once and are answered with AADSTS7000222
 * @param certificates the certificates whose keys may sign client assertions
 * @param federatedCredentials the foreign issuers whose assertions are accepted
 * @param multiTenant whether tenants other than the publisher's may consent
 */
public record ApplicationRegistration(
        String clientId,
        String displayName,
        String publisherTenantId,
        List<RequestedPermission> permissions,
        List<String> redirectUris,
        Set<String> secrets,
        Set<String> expiredSecrets,
        List<X509Certificate> certificates,
        List<FederatedCredential> federatedCredentials,
        boolean multiTenant) {

    public ApplicationRegistration {
        clientId = Guid.require("clientId", clientId);
        displayName = displayName == null || displayName.isBlank() ? clientId : displayName;
        publisherTenantId = Guid.require("publisherTenantId", publisherTenantId);
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
        redirectUris = redirectUris == null ? List.of() : List.copyOf(redirectUris);
        secrets = secrets == null ? Set.of() : Set.copyOf(secrets);
        expiredSecrets = expiredSecrets == null ? Set.of() : Set.copyOf(expiredSecrets);
        certificates = certificates == null ? List.of() : List.copyOf(certificates);
        federatedCredentials = federatedCredentials == null ? List.of() : List.copyOf(federatedCredentials);
    }

    /** A multi-tenant application that authenticates with client secrets. */
    public ApplicationRegistration(
            String clientId,
            String displayName,
            String publisherTenantId,
            List<RequestedPermission> permissions,
            List<String> redirectUris,
            Set<String> secrets) {
        this(
                clientId,
                displayName,
                publisherTenantId,
                permissions,
                redirectUris,
                secrets,
                Set.of(),
                List.of(),
                List.of(),
                true);
    }

    public ApplicationRegistration withPermissions(List<RequestedPermission> others) {
        return with(others, redirectUris, secrets, expiredSecrets, certificates, federatedCredentials, multiTenant);
    }

    public ApplicationRegistration withRedirectUris(List<String> others) {
        return with(permissions, others, secrets, expiredSecrets, certificates, federatedCredentials, multiTenant);
    }

    public ApplicationRegistration withSecrets(Set<String> valid, Set<String> expired) {
        return with(permissions, redirectUris, valid, expired, certificates, federatedCredentials, multiTenant);
    }

    public ApplicationRegistration withCertificates(X509Certificate... others) {
        return with(
                permissions, redirectUris, secrets, expiredSecrets, List.of(others), federatedCredentials, multiTenant);
    }

    public ApplicationRegistration withFederatedCredentials(FederatedCredential... others) {
        return with(permissions, redirectUris, secrets, expiredSecrets, certificates, List.of(others), multiTenant);
    }

    /** The same application, closed to every tenant but the publisher's. */
    public ApplicationRegistration singleTenant() {
        return with(permissions, redirectUris, secrets, expiredSecrets, certificates, federatedCredentials, false);
    }

    private ApplicationRegistration with(
            List<RequestedPermission> permissions,
            List<String> redirectUris,
            Set<String> secrets,
            Set<String> expiredSecrets,
            List<X509Certificate> certificates,
            List<FederatedCredential> federatedCredentials,
            boolean multiTenant) {
        return new ApplicationRegistration(
                clientId,
                displayName,
                publisherTenantId,
                permissions,
                redirectUris,
                secrets,
                expiredSecrets,
                certificates,
                federatedCredentials,
                multiTenant);
    }

    /** Without the secrets: this text ends up in logs. */
    @Override
    public String toString() {
        return "ApplicationRegistration[" + displayName + " " + clientId + ", " + permissions.size() + " permissions]";
    }

    /**
     * One permission that the application asks for.
     *
     * @param resourceAppId the appId of the API that defines it, or one of the well-known names of a catalog
     */
    public record RequestedPermission(String resourceAppId, PermissionType type, String value) {

        public RequestedPermission {
            resourceAppId = WellKnownResources.appId(Objects.requireNonNull(resourceAppId, "resourceAppId"));
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(value, "value");
        }
    }
}

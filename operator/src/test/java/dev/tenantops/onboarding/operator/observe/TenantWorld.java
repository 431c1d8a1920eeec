package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.time.Duration;

/**
 * Tenants to read. It starts with {@link TenantDirectoryContract#TENANT} and {@link TenantDirectoryContract#OTHER_TENANT}, which have the APIs {@link TenantDirectoryContract#GRAPH} and
 * {@link TenantDirectoryContract#EXCHANGE} and have consented to the verifier, and with {@link TenantDirectoryContract#AGENT} and {@link TenantDirectoryContract#RECORDER} in neither.
 */
public interface TenantWorld {

    TenantDirectory directory();

    CloudEndpoints cloud();

    Verifier verifier();

    /** The application gets a service principal without permissions. */
    void install(String tenantId, String clientId);

    void grantAppRole(String tenantId, String clientId, String resourceAppId, String value);

    void grantScope(String tenantId, String clientId, String resourceAppId, String value);

    void grantScopeToUser(String tenantId, String clientId, String resourceAppId, String value);

    void revokeAppRole(String tenantId, String clientId, String resourceAppId, String value);

    void setEnabled(String tenantId, String clientId, boolean enabled);

    /** The publisher deactivates the registration, for all tenants. */
    void deactivate(String clientId);

    /** So many users consent for themselves, and an answer has room for few of them. */
    void grantScopeToUsers(String tenantId, String clientId, String resourceAppId, String value, int users);

    void disableByMicrosoft(String tenantId, String clientId);

    /** An administrator deletes the service principal, which can still be restored. */
    void softDelete(String tenantId, String appId);

    void restore(String tenantId, String appId);

    /** The service principal is gone for good. */
    void remove(String tenantId, String appId);

    /** The tenant takes its consent to the verifier back. */
    void removeVerifier(String tenantId);

    /** The verifier may read service principals and app roles, but not delegated grants. */
    void limitVerifierToApplications(String tenantId);

    /** Where this tenant's sign-in is tried, the verifier's credential is not known. */
    void refuseCredential(String tenantId);

    /** One replica of the directory does not get what is installed; reads of app role assignments go there. */
    void leaveReplicaBehind(String tenantId);

    void throttle(String tenantId, Duration retryAfter);

    void heal(String tenantId);
}

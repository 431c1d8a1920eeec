package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The fake keeps the contract. */
class InMemoryTenantDirectoryTest implements ApplicationsContract, TenantReadingContract {

    private final TenantWorld world = new InMemoryWorld();

    @Override
    public TenantWorld world() {
        return world;
    }

    private static final class InMemoryWorld implements TenantWorld {

        private final InMemoryTenantDirectory directory = new InMemoryTenantDirectory(Clock.systemUTC());

        InMemoryWorld() {
            directory.defineApi(
                    GRAPH,
                    Set.of("User.Read.All"),
                    Set.of("User.Read", "User.Read.All", "Presence.Read.All", "Mail.Send"));
            directory.defineApi(EXCHANGE, Set.of("full_access_as_app"), Set.of());
            directory.createTenant(TENANT);
            directory.name(TENANT, "Tenant " + TENANT);
            directory.createTenant(OTHER_TENANT);
        }

        @Override
        public TenantDirectory directory() {
            return directory;
        }

        @Override
        public CloudEndpoints cloud() {
            return CloudEndpoints.of(Cloud.Global).orElseThrow();
        }

        @Override
        public Verifier verifier() {
            return new Verifier(
                    "bbbbbbbb-0000-4000-8000-000000000001", new Credential.FederatedToken(Optional.empty()));
        }

        @Override
        public void install(String tenantId, String clientId) {
            directory.install(tenantId, clientId, "Application " + clientId);
        }

        @Override
        public void grantAppRole(String tenantId, String clientId, String resourceAppId, String value) {
            directory.grantAppRoles(tenantId, clientId, resourceAppId, value);
        }

        @Override
        public void grantScope(String tenantId, String clientId, String resourceAppId, String value) {
            directory.grantScopes(tenantId, clientId, resourceAppId, value);
        }

        @Override
        public void grantScopeToUser(String tenantId, String clientId, String resourceAppId, String value) {
            directory.grantScopesToUser(tenantId, "a user", clientId, resourceAppId, value);
        }

        @Override
        public void revokeAppRole(String tenantId, String clientId, String resourceAppId, String value) {
            directory.revokeAppRole(tenantId, clientId, resourceAppId, value);
        }

        @Override
        public void setEnabled(String tenantId, String clientId, boolean enabled) {
            directory.setEnabled(tenantId, clientId, enabled);
        }

        @Override
        public void disableByMicrosoft(String tenantId, String clientId) {
            directory.setRegistration(tenantId, clientId, Registration.DisabledByMicrosoft);
        }

        @Override
        public void deactivate(String clientId) {
            directory.setRegistration(clientId, Registration.Deactivated);
        }

        @Override
        public void grantScopeToUsers(String tenantId, String clientId, String resourceAppId, String value, int users) {
            for (int user = 0; user < users; user++) {
                directory.grantScopesToUser(tenantId, "user " + user, clientId, resourceAppId, value);
            }
        }

        @Override
        public void softDelete(String tenantId, String appId) {
            directory.softDelete(tenantId, appId);
        }

        @Override
        public void restore(String tenantId, String appId) {
            directory.restore(tenantId, appId);
        }

        @Override
        public void remove(String tenantId, String appId) {
            directory.remove(tenantId, appId);
        }

        @Override
        public void removeVerifier(String tenantId) {
            directory.fail(tenantId, Failure.of(Reason.VerifierConsentRequired, "The verifier is not there.", "Wait."));
        }

        @Override
        public void limitVerifierToApplications(String tenantId) {
            directory.failDelegatedGrants(
                    tenantId,
                    Failure.of(Reason.VerifierPermissionsMissing, "The verifier may not read grants.", "Wait."));
        }

        @Override
        public void refuseCredential(String tenantId) {
            directory.refuseCredential(tenantId);
        }

        @Override
        public void leaveReplicaBehind(String tenantId) {
            directory.failAppRoleAssignments(
                    tenantId, Failure.of(Reason.ReplicaBehind, "A replica does not have the application.", "Wait."));
        }

        @Override
        public void throttle(String tenantId, Duration retryAfter) {
            directory.fail(
                    tenantId,
                    Failure.of(Reason.Throttled, "Slow down.", "Wait.").withRetryAfter(Optional.of(retryAfter)));
        }

        @Override
        public void heal(String tenantId) {
            directory.heal(tenantId);
        }
    }
}

package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.ApplicationsContract;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantReadingContract;
import dev.tenantops.onboarding.operator.observe.TenantWorld;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** The adapter keeps the contract, before the simulated Entra ID and Microsoft Graph. */
class GraphTenantDirectoryTest implements ApplicationsContract, TenantReadingContract {

    @AutoClose
    private final Laboratory laboratory = new Laboratory();

    @BeforeEach
    void start() {
        laboratory.tenants.register(Laboratory.application(AGENT));
        laboratory.tenants.register(Laboratory.application(RECORDER));
    }

    @Override
    public TenantWorld world() {
        return new SimulatedWorld(laboratory);
    }

    private record SimulatedWorld(Laboratory laboratory) implements TenantWorld {

        @Override
        public TenantDirectory directory() {
            return laboratory.directory;
        }

        @Override
        public CloudEndpoints cloud() {
            return laboratory.cloud();
        }

        @Override
        public Verifier verifier() {
            return laboratory.verifier();
        }

        @Override
        public void install(String tenantId, String clientId) {
            laboratory.tenants.consent(tenantId, clientId);
        }

        @Override
        public void grantAppRole(String tenantId, String clientId, String resourceAppId, String value) {
            laboratory.tenants.grant(tenantId, clientId, resourceAppId, PermissionType.Application, value);
        }

        @Override
        public void grantScope(String tenantId, String clientId, String resourceAppId, String value) {
            laboratory.tenants.grant(tenantId, clientId, resourceAppId, PermissionType.Delegated, value);
        }

        @Override
        public void grantScopeToUser(String tenantId, String clientId, String resourceAppId, String value) {
            laboratory.tenants.consentAsUser(tenantId, clientId, "a user", resourceAppId, value);
        }

        @Override
        public void revokeAppRole(String tenantId, String clientId, String resourceAppId, String value) {
            laboratory.tenants.revoke(tenantId, clientId, resourceAppId, PermissionType.Application, value);
        }

        @Override
        public void setEnabled(String tenantId, String clientId, boolean enabled) {
            laboratory.tenants.setEnabled(tenantId, clientId, enabled);
        }

        @Override
        public void disableByMicrosoft(String tenantId, String clientId) {
            laboratory.tenants.disableByMicrosoft(tenantId, clientId);
        }

        @Override
        public void deactivate(String clientId) {
            laboratory.tenants.deactivate(clientId);
        }

        @Override
        public void grantScopeToUsers(String tenantId, String clientId, String resourceAppId, String value, int users) {
            laboratory.tenants.behaviour().pageSize(2);
            for (int user = 0; user < users; user++) {
                laboratory.tenants.consentAsUser(tenantId, clientId, "user " + user, resourceAppId, value);
            }
        }

        @Override
        public void softDelete(String tenantId, String appId) {
            laboratory.tenants.delete(tenantId, appId);
        }

        @Override
        public void restore(String tenantId, String appId) {
            laboratory.tenants.restore(tenantId, appId);
        }

        @Override
        public void remove(String tenantId, String appId) {
            laboratory.tenants.purge(tenantId, appId);
        }

        @Override
        public void removeVerifier(String tenantId) {
            laboratory.tenants.purge(tenantId, Laboratory.VERIFIER);
        }

        @Override
        public void limitVerifierToApplications(String tenantId) {
            laboratory.tenants.revoke(
                    tenantId, Laboratory.VERIFIER, Laboratory.GRAPH, PermissionType.Application, "Directory.Read.All");
        }

        @Override
        public void refuseCredential(String tenantId) {
            laboratory.tenants.fail(
                    Fault.on(RequestKind.TOKEN, Effect.aadsts(7000215)).inTenant(tenantId));
        }

        @Override
        public void leaveReplicaBehind(String tenantId) {
            laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.status(404))
                    .inTenant(tenantId)
                    .onPath("*/appRoleAssignments"));
        }

        @Override
        public void throttle(String tenantId, Duration retryAfter) {
            laboratory.tenants.fail(
                    Fault.on(RequestKind.BATCH, Effect.throttled(retryAfter)).inTenant(tenantId));
        }

        @Override
        public void heal(String tenantId) {
            laboratory.tenants.heal();
        }
    }
}

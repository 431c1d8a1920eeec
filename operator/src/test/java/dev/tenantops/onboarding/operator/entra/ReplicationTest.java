package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.EXCHANGE;
import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where one replica of a directory shows an application that another does not have yet. */
class ReplicationTest {

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock);

    private List<String> one;

    @BeforeEach
    void start() {
        one = laboratory.install(TENANT, 1);
        laboratory.read(TENANT, one);
    }

    @Test
    void theGrantsOfARestoredApplicationThatAReplicaDoesNotHaveAreUnreadAndNothingElseIs() {
        laboratory.tenants.delete(TENANT, one.getFirst());
        everySecondReplicaFallsBehind();
        laboratory.tenants.restore(TENANT, one.getFirst());
        laboratory.simulator.requests().reset();
        ApplicationObservation seen = read();
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isEqualTo(1);
        assertBehind(seen);
    }

    @Test
    void soAreThoseOfAnApplicationThatWasConsentedToAnew() {
        laboratory.tenants.purge(TENANT, one.getFirst());
        everySecondReplicaFallsBehind();
        laboratory.tenants.consent(TENANT, one.getFirst());
        laboratory.simulator.requests().reset();
        ApplicationObservation seen = read();
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isEqualTo(2);
        assertBehind(seen);
    }

    @Test
    void delegatedGrantsThatAReplicaDoesNotFindAreUnreadToo() {
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH_ITEM, Effect.status(404)).onPath("/oauth2PermissionGrants"));
        ApplicationObservation seen = read();
        assertThat(seen.delegatedGrants().ifFailed()).map(Failure::reason).contains(Reason.ReplicaBehind);
        assertThat(seen.appRoleAssignments().ifComplete().orElseThrow()).hasSize(1);
    }

    @Test
    void soAreGrantsWhoseNextPageAReplicaDoesNotFind() {
        laboratory.tenants.behaviour().pageSize(1);
        laboratory.tenants.grant(TENANT, one.getFirst(), GRAPH, PermissionType.Application, "Mail.Send");
        // Takes the first page, so that the next fault is left to the second.
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH_ITEM, Effect.slow(Duration.ZERO)).onPath("*/appRoleAssignments"));
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, Effect.status(404)).onPath("*/appRoleAssignments"));
        assertThat(read().appRoleAssignments().ifFailed()).map(Failure::reason).contains(Reason.ReplicaBehind);
    }

    @Test
    void aLookUpThatIsNotFoundIsNoReplicaThatIsBehind() {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.status(404))
                .onPath("/servicePrincipals")
                .times(1));
        TenantObservation seen = laboratory.read(TENANT, one);
        assertThat(seen.applications().ifFailed()).map(Failure::reason).contains(Reason.GraphUnavailable);
        assertThat(seen.resources().ifFailed()).map(Failure::reason).contains(Reason.GraphUnavailable);
    }

    @Test
    void anApiWhoseDefinitionsAreNotOnEveryReplicaYetIsBehindToo() {
        clock.advance(Duration.ofMinutes(1));
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH_ITEM, Effect.status(404)).onPath("/servicePrincipals(appId='" + GRAPH));
        Map<String, ResourceServicePrincipal> seen =
                laboratory.read(TENANT, one, true).resources().ifComplete().orElseThrow();
        assertThat(seen.get(GRAPH).definitions().ifFailed())
                .map(Failure::reason)
                .contains(Reason.ReplicaBehind);
        assertThat(seen.get(EXCHANGE).definitions().ifComplete()).isPresent();
    }

    @Test
    void norIsABatchThatIsNotFound() {
        laboratory.tenants.purge(TENANT, one.getFirst());
        laboratory.tenants.consent(TENANT, one.getFirst());
        // Takes the first batch, so that the next fault is left to that of the grants.
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH, Effect.slow(Duration.ZERO)).times(1));
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(404)));
        ApplicationObservation seen = read();
        assertThat(seen.appRoleAssignments().ifFailed()).map(Failure::reason).contains(Reason.GraphUnavailable);
        assertThat(seen.delegatedGrants().ifFailed()).map(Failure::reason).contains(Reason.GraphUnavailable);
    }

    /** Of the three reads of one application the second goes to it: that of the app role assignments. */
    private void everySecondReplicaFallsBehind() {
        laboratory.tenants.behaviour().replicaLags(Duration.ZERO, Duration.ofHours(1));
    }

    private void assertBehind(ApplicationObservation seen) {
        assertThat(seen.servicePrincipal()).isPresent();
        assertThat(seen.appRoleAssignments().ifFailed()).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo(Reason.ReplicaBehind);
            assertThat(it.message())
                    .isEqualTo("Microsoft Graph answered HTTP 404 Request_ResourceNotFound when asked for app role"
                            + " assignments. The application is there, and its grants are not on every replica of the"
                            + " directory yet.");
            assertThat(it.remedy()).isEqualTo(new Remedy.Instruction("The next check comes soon."));
        });
        assertThat(seen.delegatedGrants().ifComplete().orElseThrow()).hasSize(1);
        laboratory.tenants.behaviour().replicaLags(Duration.ZERO);
        assertThat(read().appRoleAssignments().ifComplete().orElseThrow()).hasSize(1);
    }

    private ApplicationObservation read() {
        return laboratory.applications(TENANT, one).get(one.getFirst());
    }
}

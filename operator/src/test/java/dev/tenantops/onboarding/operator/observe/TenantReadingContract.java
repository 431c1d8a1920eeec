package dev.tenantops.onboarding.operator.observe;

import static dev.tenantops.onboarding.operator.observe.TenantDirectoryContract.complete;
import static dev.tenantops.onboarding.operator.observe.TenantDirectoryContract.failure;
import static dev.tenantops.onboarding.operator.observe.TenantDirectoryContract.principal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.OrganizationName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link TenantDirectory} reads of the APIs of a tenant, and says of what it cannot read. */
public interface TenantReadingContract extends TenantDirectoryContract {

    @Test
    default void aResourceThatTheTenantLacksHasNoEntry() {
        world().remove(TENANT, EXCHANGE);
        assertThat(complete(read(TENANT).resources())).containsOnlyKeys(GRAPH);
    }

    @Test
    default void aResourceShowsWhatItDefinesByRoleAndByScope() {
        ResourceServicePrincipal graph = complete(read(TENANT).resources()).get(GRAPH);
        PermissionDefinitions definitions = complete(graph.definitions());
        assertThat(graph.enabled()).isTrue();
        assertThat(definitions.appRole("User.Read.All")).hasValueSatisfying(role -> {
            assertThat(role.enabled()).isTrue();
            assertThat(definitions.appRolesById()).containsEntry(role.id(), role);
            assertThat(definitions.scope("User.Read.All"))
                    .hasValueSatisfying(scope -> assertThat(scope.id()).isNotEqualTo(role.id()));
        });
        assertThat(definitions.appRole("No.Such.Role")).isEmpty();
    }

    @Test
    default void aDisabledResourceSaysSo() {
        world().setEnabled(TENANT, EXCHANGE, false);
        assertThat(complete(read(TENANT).resources()).get(EXCHANGE).enabled()).isFalse();
    }

    @Test
    default void anUnknownTenantIsNotFound() {
        assertThat(failure(read(UNKNOWN_TENANT, AGENT)).reason()).isEqualTo(Reason.TenantNotFound);
    }

    @Test
    default void withoutTheVerifiersConsentNothingIsReadAndNothingIsMissing() {
        world().install(TENANT, AGENT);
        world().removeVerifier(TENANT);
        assertThat(failure(read(TENANT, AGENT)).reason()).isEqualTo(Reason.VerifierConsentRequired);
        assertThat(read(OTHER_TENANT, AGENT).applications().ifComplete()).isPresent();
    }

    @Test
    default void aCredentialThatIsNotKnownAndHasBeenThereForLongIsInvalid() {
        world().refuseCredential(TENANT);
        assertThat(failure(read(TENANT, AGENT)).reason()).isEqualTo(Reason.CredentialsInvalid);
        assertThat(failure(signedInSince(Instant.now().minus(Duration.ofHours(1))))
                        .reason())
                .isEqualTo(Reason.CredentialsInvalid);
    }

    @Test
    default void aCredentialThatChangedAMomentAgoMayNotHaveArrivedEverywhere() {
        world().refuseCredential(TENANT);
        var refused = failure(signedInSince(Instant.now().minusSeconds(10)));
        assertThat(refused.reason()).isEqualTo(Reason.CredentialsPropagating);
        assertThat(refused.reason().definite()).isFalse();
        world().heal(TENANT);
        assertThat(read(TENANT, AGENT).applications().ifComplete()).isPresent();
    }

    @Test
    default void aCredentialThatAnotherTenantTakesMayNotHaveArrivedEverywhere() {
        assertThat(read(OTHER_TENANT, AGENT).applications().ifComplete()).isPresent();
        world().refuseCredential(TENANT);
        assertThat(failure(read(TENANT, AGENT)).reason()).isEqualTo(Reason.CredentialsPropagating);
    }

    private TenantObservation signedInSince(Instant since) {
        return world().directory()
                .read(new TenantQuery(
                        world().cloud(), TENANT, world().verifier().since(since), List.of(), Set.of(GRAPH), false));
    }

    @Test
    default void whatTheOrganizationIsCalledIsReadForWhoeverWantsIt() {
        assertThat(read(TENANT, AGENT).organizationName()).isEmpty();
        assertThat(named().organizationName()).contains("Tenant " + TENANT);
        assertThat(read(TENANT, AGENT).organizationName()).isEmpty();
    }

    @Test
    default void aNameThatTheVerifierMayNotReadIsMissedByNothing() {
        world().install(TENANT, AGENT);
        world().limitVerifierToApplications(TENANT);
        var seen = named();
        assertThat(seen.organizationName()).isEmpty();
        assertThat(complete(seen.applications())).containsKey(AGENT);
    }

    private TenantObservation named() {
        return world().directory()
                .read(new TenantQuery(
                                world().cloud(),
                                TENANT,
                                world().verifier(),
                                List.of(new ApplicationQuery(AGENT, Optional.empty())),
                                Set.of(GRAPH),
                                false)
                        .with(OrganizationName.Unknown));
    }

    @Test
    default void theLowerTierLeavesDelegatedGrantsUnread() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        world().limitVerifierToApplications(TENANT);
        ApplicationObservation agent = applications(AGENT).get(AGENT);
        assertThat(complete(agent.appRoleAssignments())).hasSize(1);
        assertThat(agent.delegatedGrants().ifFailed())
                .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.VerifierPermissionsMissing));
    }

    @Test
    default void theLowerTierShowsBeforeTheFirstConsentToo() {
        world().limitVerifierToApplications(TENANT);
        assertThat(read(TENANT, AGENT).delegatedGrantsUnreadable())
                .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.VerifierPermissionsMissing));
        assertThat(read(OTHER_TENANT, AGENT).delegatedGrantsUnreadable()).isEmpty();
    }

    @Test
    default void theLowerTierShowsAfterTheLastApplicationIsDeletedToo() {
        world().install(TENANT, AGENT);
        world().limitVerifierToApplications(TENANT);
        read(TENANT, AGENT);
        world().softDelete(TENANT, AGENT);
        assertThat(read(TENANT, AGENT).delegatedGrantsUnreadable()).isPresent();
    }

    @Test
    default void aReplicaThatIsBehindLeavesOnlyWhatWasReadThereUnread() {
        world().install(TENANT, AGENT);
        world().grantScope(TENANT, AGENT, GRAPH, "User.Read");
        world().leaveReplicaBehind(TENANT);
        ApplicationObservation agent = applications(AGENT).get(AGENT);
        assertThat(agent.servicePrincipal()).isPresent();
        assertThat(agent.appRoleAssignments().ifFailed())
                .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.ReplicaBehind));
        assertThat(complete(agent.delegatedGrants())).hasSize(1);
        assertThat(hinted(RECORDER, principal(agent).id())).isEqualTo(ApplicationObservation.absent());
        world().heal(TENANT);
        assertThat(complete(applications(AGENT).get(AGENT).appRoleAssignments()))
                .isEmpty();
    }

    @Test
    default void anApiThatSomethingIsGrantedOnIsNamedAlthoughNobodyAskedForIt() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, EXCHANGE, "full_access_as_app");
        world().grantScope(TENANT, AGENT, GRAPH, "User.Read");
        TenantObservation asked = read(TENANT, AGENT);
        assertThat(asked.otherResources()).isEmpty();
        Map<String, ResourceServicePrincipal> apis = complete(asked.resources());
        String role = complete(apis.get(EXCHANGE).definitions())
                .appRole("full_access_as_app")
                .orElseThrow()
                .id();
        assertThat(readWithout(EXCHANGE).otherResources())
                .containsExactly(Map.entry(
                        apis.get(EXCHANGE).id(), new OtherResource(EXCHANGE, Map.of(role, "full_access_as_app"))));
        assertThat(readWithout(GRAPH).otherResources())
                .containsExactly(Map.entry(apis.get(GRAPH).id(), new OtherResource(GRAPH, Map.of())));
    }

    @Test
    default void whatOneUserGrantedOnAnotherApiIsNotWorthItsName() {
        world().install(TENANT, AGENT);
        world().grantScopeToUser(TENANT, AGENT, GRAPH, "User.Read");
        assertThat(readWithout(GRAPH).otherResources()).isEmpty();
    }

    @Test
    default void throttlingSaysHowLongToWait() {
        world().throttle(TENANT, Duration.ofSeconds(17));
        Failure failure = failure(read(TENANT, AGENT));
        assertThat(failure.reason()).isEqualTo(Reason.Throttled);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(read(OTHER_TENANT, AGENT).applications().ifComplete()).isPresent();
    }

    @Test
    default void theEvidenceIsNeverNewerThanItsReading() {
        Instant before = Instant.now();
        TenantObservation seen = read(TENANT, AGENT);
        assertThat(seen.readAt()).isBetween(before, Instant.now());
    }

    /** Asks for one of the two APIs only. */
    private TenantObservation readWithout(String resourceAppId) {
        return observe(
                TENANT,
                List.of(new ApplicationQuery(AGENT, Optional.empty())),
                Set.of(resourceAppId.equals(GRAPH) ? EXCHANGE : GRAPH));
    }
}

package dev.tenantops.onboarding.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link TenantDirectory} does, whatever is behind it. */
public abstract class TenantDirectoryContract {

    protected static final String TENANT = "3c1f6d0e-0000-4000-8000-000000000001";
    protected static final String OTHER_TENANT = "3c1f6d0e-0000-4000-8000-000000000002";
    protected static final String UNKNOWN_TENANT = "3c1f6d0e-0000-4000-8000-00000000dead";
    protected static final String AGENT = "aaaaaaaa-0000-4000-8000-000000000001";
    protected static final String RECORDER = "aaaaaaaa-0000-4000-8000-000000000002";
    protected static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    protected static final String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";

    protected abstract TenantWorld world();

    @Test
    void anApplicationThatIsNotInTheTenantIsAbsentRatherThanMissing() {
        assertThat(applications(AGENT)).containsExactly(Map.entry(AGENT, ApplicationObservation.absent()));
    }

    @Test
    void everyApplicationAskedForHasAnEntryAndNoOtherHas() {
        world().install(TENANT, AGENT);
        world().install(TENANT, RECORDER);
        assertThat(applications(AGENT)).containsOnlyKeys(AGENT);
        assertThat(applications(AGENT, RECORDER)).containsOnlyKeys(AGENT, RECORDER);
        assertThat(applications()).isEmpty();
    }

    @Test
    void anInstalledApplicationWithoutGrantsIsReadToTheEnd() {
        world().install(TENANT, AGENT);
        ApplicationObservation agent = applications(AGENT).get(AGENT);
        assertThat(agent.servicePrincipal()).hasValueSatisfying(it -> {
            assertThat(it.appId()).isEqualTo(AGENT);
            assertThat(it.enabled()).isTrue();
            assertThat(it.disabledByMicrosoft()).isFalse();
        });
        assertThat(agent.appRoleAssignments()).isEqualTo(Reading.of(List.of()));
        assertThat(agent.delegatedGrants()).isEqualTo(Reading.of(List.of()));
    }

    @Test
    void anAppRoleIsNamedByTheIdsOfApplicationResourceAndRole() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        TenantObservation seen = read(TENANT, AGENT);
        ApplicationObservation agent = complete(seen.applications()).get(AGENT);
        ResourceServicePrincipal graph = complete(seen.resources()).get(GRAPH);
        String role = graph.definitions().appRole("user.read.all").orElseThrow().id();
        assertThat(complete(agent.appRoleAssignments()))
                .containsExactly(new AppRoleAssignment(principal(agent).id(), "ServicePrincipal", graph.id(), role));
    }

    @Test
    void aRevokedAppRoleIsGone() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        world().revokeAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        assertThat(applications(AGENT).get(AGENT).appRoleAssignments()).isEqualTo(Reading.of(List.of()));
    }

    @Test
    void grantsToTheTenantAndToSingleUsersAreToldApart() {
        world().install(TENANT, AGENT);
        world().grantScope(TENANT, AGENT, GRAPH, "User.Read");
        world().grantScope(TENANT, AGENT, GRAPH, "Presence.Read.All");
        world().grantScopeToUser(TENANT, AGENT, GRAPH, "Mail.Send");
        TenantObservation seen = read(TENANT, AGENT);
        ApplicationObservation agent = complete(seen.applications()).get(AGENT);
        String client = principal(agent).id();
        String graph = complete(seen.resources()).get(GRAPH).id();
        assertThat(complete(agent.delegatedGrants()))
                .containsExactlyInAnyOrder(
                        new DelegatedPermissionGrant(client, graph, true, Set.of("User.Read", "Presence.Read.All")),
                        new DelegatedPermissionGrant(client, graph, false, Set.of("Mail.Send")));
    }

    @Test
    void grantsOnDifferentApisAreKeptApart() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, EXCHANGE, "full_access_as_app");
        TenantObservation seen = read(TENANT, AGENT);
        assertThat(complete(complete(seen.applications()).get(AGENT).appRoleAssignments()))
                .extracting(AppRoleAssignment::resourceId)
                .containsExactly(complete(seen.resources()).get(EXCHANGE).id());
    }

    @Test
    void oneApplicationsGrantsAreNotAnothers() {
        world().install(TENANT, AGENT);
        world().install(TENANT, RECORDER);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        Map<String, ApplicationObservation> seen = applications(AGENT, RECORDER);
        assertThat(complete(seen.get(AGENT).appRoleAssignments())).hasSize(1);
        assertThat(complete(seen.get(RECORDER).appRoleAssignments())).isEmpty();
    }

    @Test
    void oneTenantsGrantsAreNotAnothers() {
        world().install(TENANT, AGENT);
        assertThat(complete(read(OTHER_TENANT, AGENT).applications()).get(AGENT))
                .isEqualTo(ApplicationObservation.absent());
    }

    @Test
    void aDisabledApplicationKeepsItsGrantsButIsShownDisabled() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        world().setEnabled(TENANT, AGENT, false);
        ApplicationObservation agent = applications(AGENT).get(AGENT);
        assertThat(principal(agent).enabled()).isFalse();
        assertThat(complete(agent.appRoleAssignments())).hasSize(1);
    }

    @Test
    void anApplicationDisabledByMicrosoftSaysSo() {
        world().install(TENANT, AGENT);
        world().disableByMicrosoft(TENANT, AGENT);
        assertThat(principal(applications(AGENT).get(AGENT)).disabledByMicrosoft())
                .isTrue();
    }

    @Test
    void aRemovedApplicationIsAbsentAgain() {
        world().install(TENANT, AGENT);
        String id = principal(applications(AGENT).get(AGENT)).id();
        world().remove(TENANT, AGENT);
        assertThat(complete(readHinted(AGENT, id).applications()).get(AGENT))
                .isEqualTo(ApplicationObservation.absent());
    }

    @Test
    void aDeletedApplicationIsAbsentAndSaysSinceWhen() {
        String id = installWithGrants();
        Instant before = Instant.now();
        world().softDelete(TENANT, AGENT);
        Instant after = Instant.now();
        ApplicationObservation agent = hinted(AGENT, id);
        assertThat(agent.deletedAt()).hasValueSatisfying(it -> assertThat(it).isBetween(before, after));
        assertThat(agent).isEqualTo(ApplicationObservation.absent(agent.deletedAt()));
    }

    @Test
    void aDeletedApplicationThatNobodySawBeforeIsJustAbsent() {
        installWithGrants();
        world().softDelete(TENANT, AGENT);
        assertThat(applications(AGENT)).containsEntry(AGENT, ApplicationObservation.absent());
    }

    @Test
    void aRestoredApplicationHasItsGrantsBack() {
        String id = installWithGrants();
        ApplicationObservation before = hinted(AGENT, id);
        world().softDelete(TENANT, AGENT);
        world().restore(TENANT, AGENT);
        assertThat(complete(before.appRoleAssignments())).hasSize(1);
        assertThat(complete(before.delegatedGrants())).hasSize(1);
        assertThat(hinted(AGENT, id)).isEqualTo(before);
    }

    @Test
    void aDeletedApplicationThatIsGoneForGoodIsJustAbsent() {
        String id = installWithGrants();
        world().softDelete(TENANT, AGENT);
        world().remove(TENANT, AGENT);
        assertThat(hinted(AGENT, id)).isEqualTo(ApplicationObservation.absent());
    }

    @Test
    void aDeletedApplicationThatWasConsentedToAnewIsReadUnderItsNewId() {
        String id = installWithGrants();
        world().softDelete(TENANT, AGENT);
        world().install(TENANT, AGENT);
        world().grantScope(TENANT, AGENT, GRAPH, "Mail.Send");
        ApplicationObservation agent = hinted(AGENT, id);
        assertThat(principal(agent).id()).isNotEqualTo(id);
        assertThat(complete(agent.appRoleAssignments())).isEmpty();
        assertThat(complete(agent.delegatedGrants()))
                .singleElement()
                .satisfies(it -> assertThat(it.scopes()).containsExactly("Mail.Send"));
        assertThat(agent.deletedAt()).isEmpty();
    }

    @Test
    void whatTheRecycleBinHasOfAnotherApplicationIsNotBelieved() {
        String id = installWithGrants();
        world().softDelete(TENANT, AGENT);
        assertThat(hinted(RECORDER, id)).isEqualTo(ApplicationObservation.absent());
    }

    @Test
    void aDeletedApiTakesItsGrantsAlongAndBringsThemBack() {
        String id = installWithGrants();
        world().softDelete(TENANT, EXCHANGE);
        assertThat(complete(hinted(AGENT, id).appRoleAssignments())).isEmpty();
        world().restore(TENANT, EXCHANGE);
        assertThat(complete(hinted(AGENT, id).appRoleAssignments())).hasSize(1);
    }

    @Test
    void theLastObjectIdIsAHintAndNeverAnIdentity() {
        world().install(TENANT, AGENT);
        world().install(TENANT, RECORDER);
        world().grantAppRole(TENANT, RECORDER, GRAPH, "User.Read.All");
        String recorder = principal(applications(RECORDER).get(RECORDER)).id();
        ApplicationObservation expected = applications(AGENT).get(AGENT);
        for (String hint : List.of(recorder, UNKNOWN_TENANT, principal(expected).id(), "not an id'")) {
            assertThat(complete(readHinted(AGENT, hint).applications())).containsEntry(AGENT, expected);
        }
    }

    @Test
    void aResourceThatTheTenantLacksHasNoEntry() {
        world().remove(TENANT, EXCHANGE);
        assertThat(complete(read(TENANT).resources())).containsOnlyKeys(GRAPH);
    }

    @Test
    void aResourceShowsWhatItDefinesByRoleAndByScope() {
        ResourceServicePrincipal graph = complete(read(TENANT).resources()).get(GRAPH);
        assertThat(graph.enabled()).isTrue();
        assertThat(graph.definitions().appRole("User.Read.All")).hasValueSatisfying(role -> {
            assertThat(role.enabled()).isTrue();
            assertThat(graph.definitions().appRolesById()).containsEntry(role.id(), role);
            assertThat(graph.definitions().scope("User.Read.All"))
                    .hasValueSatisfying(scope -> assertThat(scope.id()).isNotEqualTo(role.id()));
        });
        assertThat(graph.definitions().appRole("No.Such.Role")).isEmpty();
    }

    @Test
    void aDisabledResourceSaysSo() {
        world().setEnabled(TENANT, EXCHANGE, false);
        assertThat(complete(read(TENANT).resources()).get(EXCHANGE).enabled()).isFalse();
    }

    @Test
    void anUnknownTenantIsNotFound() {
        assertThat(failure(read(UNKNOWN_TENANT, AGENT)).reason()).isEqualTo(Reason.TenantNotFound);
    }

    @Test
    void withoutTheVerifiersConsentNothingIsReadAndNothingIsMissing() {
        world().install(TENANT, AGENT);
        world().removeVerifier(TENANT);
        assertThat(failure(read(TENANT, AGENT)).reason()).isEqualTo(Reason.VerifierConsentRequired);
        assertThat(read(OTHER_TENANT, AGENT).applications().ifComplete()).isPresent();
    }

    @Test
    void theLowerTierLeavesDelegatedGrantsUnread() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        world().limitVerifierToApplications(TENANT);
        ApplicationObservation agent = applications(AGENT).get(AGENT);
        assertThat(complete(agent.appRoleAssignments())).hasSize(1);
        assertThat(agent.delegatedGrants().ifFailed())
                .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.VerifierPermissionsMissing));
    }

    @Test
    void theLowerTierShowsBeforeTheFirstConsentToo() {
        world().limitVerifierToApplications(TENANT);
        assertThat(read(TENANT, AGENT).delegatedGrantsUnreadable())
                .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.VerifierPermissionsMissing));
        assertThat(read(OTHER_TENANT, AGENT).delegatedGrantsUnreadable()).isEmpty();
    }

    @Test
    void theLowerTierShowsAfterTheLastApplicationIsDeletedToo() {
        world().install(TENANT, AGENT);
        world().limitVerifierToApplications(TENANT);
        read(TENANT, AGENT);
        world().softDelete(TENANT, AGENT);
        assertThat(read(TENANT, AGENT).delegatedGrantsUnreadable()).isPresent();
    }

    @Test
    void aReplicaThatIsBehindLeavesOnlyWhatWasReadThereUnread() {
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
    void anApiThatSomethingIsGrantedOnIsNamedAlthoughNobodyAskedForIt() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, EXCHANGE, "full_access_as_app");
        world().grantScope(TENANT, AGENT, GRAPH, "User.Read");
        TenantObservation asked = read(TENANT, AGENT);
        assertThat(asked.otherResources()).isEmpty();
        Map<String, ResourceServicePrincipal> apis = complete(asked.resources());
        String role = apis.get(EXCHANGE)
                .definitions()
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
    void whatOneUserGrantedOnAnotherApiIsNotWorthItsName() {
        world().install(TENANT, AGENT);
        world().grantScopeToUser(TENANT, AGENT, GRAPH, "User.Read");
        assertThat(readWithout(GRAPH).otherResources()).isEmpty();
    }

    @Test
    void throttlingSaysHowLongToWait() {
        world().throttle(TENANT, Duration.ofSeconds(17));
        Failure failure = failure(read(TENANT, AGENT));
        assertThat(failure.reason()).isEqualTo(Reason.Throttled);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(read(OTHER_TENANT, AGENT).applications().ifComplete()).isPresent();
    }

    @Test
    void theEvidenceIsNeverNewerThanItsReading() {
        Instant before = Instant.now();
        TenantObservation seen = read(TENANT, AGENT);
        assertThat(seen.readAt()).isBetween(before, Instant.now());
    }

    protected static <T> T complete(Reading<T> reading) {
        assertThat(reading).isInstanceOf(Reading.Complete.class);
        return reading.ifComplete().orElseThrow();
    }

    /** The one failure of an observation in which nothing was read. */
    protected static Failure failure(TenantObservation seen) {
        assertThat(seen.applications().ifFailed())
                .isPresent()
                .isEqualTo(seen.resources().ifFailed());
        return seen.applications().ifFailed().orElseThrow();
    }

    protected static ServicePrincipal principal(ApplicationObservation application) {
        return application.servicePrincipal().orElseThrow();
    }

    /** Gives the application an app role of Exchange and a delegated permission of Graph. */
    private String installWithGrants() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, EXCHANGE, "full_access_as_app");
        world().grantScope(TENANT, AGENT, GRAPH, "User.Read");
        return principal(applications(AGENT).get(AGENT)).id();
    }

    private ApplicationObservation hinted(String clientId, String servicePrincipalId) {
        return complete(readHinted(clientId, servicePrincipalId).applications()).get(clientId);
    }

    private TenantObservation readHinted(String clientId, String servicePrincipalId) {
        return observe(TENANT, List.of(new ApplicationQuery(clientId, Optional.of(servicePrincipalId))));
    }

    protected Map<String, ApplicationObservation> applications(String... clientIds) {
        return complete(read(TENANT, clientIds).applications());
    }

    protected TenantObservation read(String tenantId, String... clientIds) {
        return observe(
                tenantId,
                Arrays.stream(clientIds)
                        .map(it -> new ApplicationQuery(it, Optional.empty()))
                        .toList());
    }

    /** Asks for one of the two APIs only. */
    private TenantObservation readWithout(String resourceAppId) {
        return observe(
                TENANT,
                List.of(new ApplicationQuery(AGENT, Optional.empty())),
                Set.of(resourceAppId.equals(GRAPH) ? EXCHANGE : GRAPH));
    }

    private TenantObservation observe(String tenantId, List<ApplicationQuery> applications) {
        return observe(tenantId, applications, Set.of(GRAPH, EXCHANGE));
    }

    private TenantObservation observe(String tenantId, List<ApplicationQuery> applications, Set<String> resources) {
        return world().directory()
                .read(new TenantQuery(world().cloud(), tenantId, world().verifier(), applications, resources, false));
    }
}

package dev.tenantops.onboarding.operator.observe;

import static dev.tenantops.onboarding.operator.observe.TenantDirectoryContract.complete;
import static dev.tenantops.onboarding.operator.observe.TenantDirectoryContract.principal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link TenantDirectory} reads of applications and of what is granted to them. */
public interface ApplicationsContract extends TenantDirectoryContract {

    @Test
    default void anApplicationThatIsNotInTheTenantIsAbsentRatherThanMissing() {
        assertThat(applications(AGENT)).containsExactly(Map.entry(AGENT, ApplicationObservation.absent()));
    }

    @Test
    default void everyApplicationAskedForHasAnEntryAndNoOtherHas() {
        world().install(TENANT, AGENT);
        world().install(TENANT, RECORDER);
        assertThat(applications(AGENT)).containsOnlyKeys(AGENT);
        assertThat(applications(AGENT, RECORDER)).containsOnlyKeys(AGENT, RECORDER);
        assertThat(applications()).isEmpty();
    }

    @Test
    default void anInstalledApplicationWithoutGrantsIsReadToTheEnd() {
        world().install(TENANT, AGENT);
        ApplicationObservation agent = applications(AGENT).get(AGENT);
        assertThat(agent.servicePrincipal()).hasValueSatisfying(it -> {
            assertThat(it.appId()).isEqualTo(AGENT);
            assertThat(it.enabled()).isTrue();
            assertThat(it.registration()).isEqualTo(Registration.Active);
        });
        assertThat(agent.appRoleAssignments()).isEqualTo(Reading.of(List.of()));
        assertThat(agent.delegatedGrants()).isEqualTo(Reading.of(List.of()));
    }

    @Test
    default void anAppRoleIsNamedByTheIdsOfApplicationResourceAndRole() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        TenantObservation seen = read(TENANT, AGENT);
        ApplicationObservation agent = complete(seen.applications()).get(AGENT);
        ResourceServicePrincipal graph = complete(seen.resources()).get(GRAPH);
        String role = complete(graph.definitions())
                .appRole("user.read.all")
                .orElseThrow()
                .id();
        assertThat(complete(agent.appRoleAssignments()))
                .containsExactly(new AppRoleAssignment(principal(agent).id(), "ServicePrincipal", graph.id(), role));
    }

    @Test
    default void aRevokedAppRoleIsGone() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        world().revokeAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        assertThat(applications(AGENT).get(AGENT).appRoleAssignments()).isEqualTo(Reading.of(List.of()));
    }

    @Test
    default void grantsToTheTenantAndToSingleUsersAreToldApart() {
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
    default void grantsOnDifferentApisAreKeptApart() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, EXCHANGE, "full_access_as_app");
        TenantObservation seen = read(TENANT, AGENT);
        assertThat(complete(complete(seen.applications()).get(AGENT).appRoleAssignments()))
                .extracting(AppRoleAssignment::resourceId)
                .containsExactly(complete(seen.resources()).get(EXCHANGE).id());
    }

    @Test
    default void oneApplicationsGrantsAreNotAnothers() {
        world().install(TENANT, AGENT);
        world().install(TENANT, RECORDER);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        Map<String, ApplicationObservation> seen = applications(AGENT, RECORDER);
        assertThat(complete(seen.get(AGENT).appRoleAssignments())).hasSize(1);
        assertThat(complete(seen.get(RECORDER).appRoleAssignments())).isEmpty();
    }

    @Test
    default void oneTenantsGrantsAreNotAnothers() {
        world().install(TENANT, AGENT);
        assertThat(complete(read(OTHER_TENANT, AGENT).applications()).get(AGENT))
                .isEqualTo(ApplicationObservation.absent());
    }

    @Test
    default void aDisabledApplicationKeepsItsGrantsButIsShownDisabled() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        world().setEnabled(TENANT, AGENT, false);
        ApplicationObservation agent = applications(AGENT).get(AGENT);
        assertThat(principal(agent).enabled()).isFalse();
        assertThat(principal(agent).registration()).isEqualTo(Registration.Active);
        assertThat(complete(agent.appRoleAssignments())).hasSize(1);
    }

    @Test
    default void anApplicationDisabledByMicrosoftSaysSo() {
        world().install(TENANT, AGENT);
        world().disableByMicrosoft(TENANT, AGENT);
        assertThat(principal(applications(AGENT).get(AGENT)))
                .returns(Registration.DisabledByMicrosoft, ServicePrincipal::registration)
                .returns(true, ServicePrincipal::enabled)
                .returns(false, ServicePrincipal::usable);
    }

    @Test
    default void anApplicationThatItsPublisherDeactivatedIsEnabledInTheTenantAndUsableInNone() {
        world().install(TENANT, AGENT);
        world().install(OTHER_TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, GRAPH, "User.Read.All");
        world().deactivate(AGENT);
        for (String tenant : List.of(TENANT, OTHER_TENANT)) {
            assertThat(principal(complete(read(tenant, AGENT).applications()).get(AGENT)))
                    .returns(Registration.Deactivated, ServicePrincipal::registration)
                    .returns(true, ServicePrincipal::enabled)
                    .returns(false, ServicePrincipal::usable);
        }
        assertThat(complete(applications(AGENT).get(AGENT).appRoleAssignments()))
                .hasSize(1);
    }

    @Test
    default void theGrantsOfVeryManyUsersHideNothingOfTheTenants() {
        String id = installWithGrants();
        world().grantScopeToUsers(TENANT, AGENT, GRAPH, "Mail.Send", 250);
        ApplicationObservation agent = hinted(AGENT, id);
        assertThat(complete(agent.delegatedGrants()))
                .filteredOn(DelegatedPermissionGrant::tenantWide)
                .singleElement()
                .satisfies(it -> assertThat(it.scopes()).containsExactly("User.Read"));
        assertThat(complete(agent.delegatedGrants()))
                .filteredOn(it -> !it.tenantWide())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.scopes()).containsExactly("Mail.Send"));
    }

    @Test
    default void aRemovedApplicationIsAbsentAgain() {
        world().install(TENANT, AGENT);
        String id = principal(applications(AGENT).get(AGENT)).id();
        world().remove(TENANT, AGENT);
        assertThat(complete(readHinted(AGENT, id).applications()).get(AGENT))
                .isEqualTo(ApplicationObservation.absent());
    }

    @Test
    default void aDeletedApplicationIsAbsentAndSaysSinceWhen() {
        String id = installWithGrants();
        Instant before = Instant.now();
        world().softDelete(TENANT, AGENT);
        Instant after = Instant.now();
        ApplicationObservation agent = hinted(AGENT, id);
        assertThat(agent.deleted()).hasValueSatisfying(it -> {
            assertThat(it.id()).isEqualTo(id);
            assertThat(it.at()).isBetween(before, after);
        });
        assertThat(agent).isEqualTo(ApplicationObservation.absent(agent.deleted()));
    }

    @Test
    default void anApplicationThatCameBackAndWasDeletedUnseenIsFoundUnderTheIdThatItHadThen() {
        String id = installWithGrants();
        world().remove(TENANT, AGENT);
        world().install(TENANT, AGENT);
        String later = principal(applications(AGENT).get(AGENT)).id();
        world().softDelete(TENANT, AGENT);
        assertThat(hinted(AGENT, id).deleted())
                .hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(later));
    }

    @Test
    default void ofAnApplicationThatWasDeletedTwiceTheLastDeletionCounts() {
        String id = installWithGrants();
        world().softDelete(TENANT, AGENT);
        world().install(TENANT, AGENT);
        String later = principal(applications(AGENT).get(AGENT)).id();
        world().softDelete(TENANT, AGENT);
        assertThat(hinted(AGENT, id).deleted())
                .hasValueSatisfying(it -> assertThat(it.id()).isEqualTo(later));
    }

    @Test
    default void aDeletedApplicationThatNobodySawBeforeIsJustAbsent() {
        installWithGrants();
        world().softDelete(TENANT, AGENT);
        assertThat(applications(AGENT)).containsEntry(AGENT, ApplicationObservation.absent());
    }

    @Test
    default void aRestoredApplicationHasItsGrantsBack() {
        String id = installWithGrants();
        ApplicationObservation before = hinted(AGENT, id);
        world().softDelete(TENANT, AGENT);
        world().restore(TENANT, AGENT);
        assertThat(complete(before.appRoleAssignments())).hasSize(1);
        assertThat(complete(before.delegatedGrants())).hasSize(1);
        assertThat(hinted(AGENT, id)).isEqualTo(before);
    }

    @Test
    default void aDeletedApplicationThatIsGoneForGoodIsJustAbsent() {
        String id = installWithGrants();
        world().softDelete(TENANT, AGENT);
        world().remove(TENANT, AGENT);
        assertThat(hinted(AGENT, id)).isEqualTo(ApplicationObservation.absent());
    }

    @Test
    default void aDeletedApplicationThatWasConsentedToAnewIsReadUnderItsNewId() {
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
        assertThat(agent.deleted()).isEmpty();
    }

    @Test
    default void whatTheRecycleBinHasOfAnotherApplicationIsNotBelieved() {
        String id = installWithGrants();
        world().softDelete(TENANT, AGENT);
        assertThat(hinted(RECORDER, id)).isEqualTo(ApplicationObservation.absent());
    }

    @Test
    default void aDeletedApiTakesItsGrantsAlongAndBringsThemBack() {
        String id = installWithGrants();
        world().softDelete(TENANT, EXCHANGE);
        assertThat(complete(hinted(AGENT, id).appRoleAssignments())).isEmpty();
        world().restore(TENANT, EXCHANGE);
        assertThat(complete(hinted(AGENT, id).appRoleAssignments())).hasSize(1);
    }

    @Test
    default void theLastObjectIdIsAHintAndNeverAnIdentity() {
        world().install(TENANT, AGENT);
        world().install(TENANT, RECORDER);
        world().grantAppRole(TENANT, RECORDER, GRAPH, "User.Read.All");
        String recorder = principal(applications(RECORDER).get(RECORDER)).id();
        ApplicationObservation expected = applications(AGENT).get(AGENT);
        for (String hint : List.of(recorder, UNKNOWN_TENANT, principal(expected).id(), "not an id'")) {
            assertThat(complete(readHinted(AGENT, hint).applications())).containsEntry(AGENT, expected);
        }
    }

    /** Gives the application an app role of Exchange and a delegated permission of Graph. */
    private String installWithGrants() {
        world().install(TENANT, AGENT);
        world().grantAppRole(TENANT, AGENT, EXCHANGE, "full_access_as_app");
        world().grantScope(TENANT, AGENT, GRAPH, "User.Read");
        return principal(applications(AGENT).get(AGENT)).id();
    }
}

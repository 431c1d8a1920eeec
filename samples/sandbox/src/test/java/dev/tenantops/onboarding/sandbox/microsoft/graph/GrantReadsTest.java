package dev.tenantops.onboarding.sandbox.microsoft.graph;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.ACS;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.EXCHANGE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.control.GrantedPermissions;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is read of app role assignments and delegated permission grants. */
class GrantReadsTest {

    @AutoClose
    private final Simulation simulation = Simulation.withConsole();

    @Test
    void appRoleAssignmentsNameTheResourceByObjectId() {
        JsonNode assignment = simulation
                .graph("/servicePrincipals/" + simulation.servicePrincipalId(CONSOLE) + "/appRoleAssignments?$top=999")
                .json()
                .path("value")
                .get(0);

        assertThat(assignment.path("appRoleId").asText()).isEqualTo("a7a681dc-756e-4909-b988-f160edc6655f");
        assertThat(assignment.path("principalId").asText()).isEqualTo(simulation.servicePrincipalId(CONSOLE));
        assertThat(assignment.path("principalType").asText()).isEqualTo("ServicePrincipal");
        assertThat(assignment.path("resourceId").asText())
                .isEqualTo(simulation.servicePrincipalId(WellKnownResources.MICROSOFT_GRAPH));
        assertThat(assignment.path("resourceDisplayName").asText()).isEqualTo("Microsoft Graph");
        assertThat(assignment.path("id").asText()).hasSize(43);
    }

    @Test
    void appRoleAssignedToIsTheReverse() {
        String graph = simulation.servicePrincipalId(WellKnownResources.MICROSOFT_GRAPH);

        assertThat(simulation
                        .graph("/servicePrincipals/" + graph + "/appRoleAssignments")
                        .values("id"))
                .isEmpty();
        assertThat(simulation
                        .graph("/servicePrincipals/" + graph + "/appRoleAssignedTo")
                        .values("principalId"))
                .containsOnly(simulation.servicePrincipalId(CONSOLE), simulation.servicePrincipalId(VERIFIER));
    }

    @Test
    void delegatedGrantsAreOnePerResourceAndUser() {
        simulation.directory.consentAsUser(TENANT, CONSOLE, "alice", GRAPH, "Mail.Send");
        String client = simulation.servicePrincipalId(CONSOLE);

        List<JsonNode> grants =
                list(simulation.graph("/oauth2PermissionGrants?$filter=clientId%20eq%20'" + client + "'"));

        assertThat(grants).hasSize(3);
        assertThat(grants)
                .filteredOn(grant -> grant.path("consentType").asText().equals("AllPrincipals"))
                .allSatisfy(grant -> {
                    assertThat(grant.path("principalId").isNull()).isTrue();
                    assertThat(grant.path("id").asText()).hasSize(43);
                })
                .extracting(grant -> grant.path("scope").asText())
                .containsExactlyInAnyOrder("Presence.Read.All User.Read", "Teams.ManageCalls");
        assertThat(grants)
                .filteredOn(grant -> grant.path("consentType").asText().equals("Principal"))
                .singleElement()
                .satisfies(grant -> {
                    assertThat(grant.path("scope").asText()).isEqualTo("Mail.Send");
                    assertThat(grant.path("principalId").asText()).hasSize(36);
                    assertThat(grant.path("id").asText()).hasSize(64);
                });
        assertThat(list(simulation.graph("/servicePrincipals/" + client + "/oauth2PermissionGrants")))
                .isEqualTo(grants);
    }

    @Test
    void grantsCanBeFilteredToTheTenantWideOnes() {
        simulation.directory.consentAsUser(TENANT, CONSOLE, "alice", EXCHANGE, "EWS.AccessAsUser.All");
        String filter =
                "clientId eq '" + simulation.servicePrincipalId(CONSOLE) + "' and consentType eq 'AllPrincipals'";

        assertThat(simulation
                        .graph("/oauth2PermissionGrants?$filter=" + Simulation.encode(filter))
                        .values("consentType"))
                .containsExactly("AllPrincipals", "AllPrincipals");
    }

    @Test
    void scopesMayBeginWithASpace() {
        simulation.directory.behaviour().leadingSpaceInScopes(true);

        assertThat(simulation.graph("/oauth2PermissionGrants").values("scope")).contains(" Teams.ManageCalls");
    }

    @Test
    void restoringBringsTheGrantsBackUnderTheSameId() {
        String id = simulation.servicePrincipalId(CONSOLE);
        List<String> before = GrantedPermissions.of(simulation.directory, TENANT, CONSOLE);
        simulation.directory.delete(TENANT, CONSOLE);

        simulation.directory.restore(TENANT, CONSOLE);

        assertThat(simulation.servicePrincipalId(CONSOLE)).isEqualTo(id);
        assertThat(GrantedPermissions.of(simulation.directory, TENANT, CONSOLE)).isEqualTo(before);
    }

    @Test
    void aResourceThatLeavesTakesItsGrantsAlong() {
        simulation.directory.removeResource(TENANT, ACS);
        assertThat(simulation.graph("/servicePrincipals").values("displayName"))
                .doesNotContain("Azure Communication Services");
        assertThat(simulation.graph("/oauth2PermissionGrants").values("scope")).doesNotContain("Teams.ManageCalls");

        simulation.directory.provisionResource(TENANT, ACS);
        assertThat(simulation.graph("/oauth2PermissionGrants").values("scope"))
                .as("provisioning does not bring them back")
                .doesNotContain("Teams.ManageCalls");
        simulation.directory.consent(TENANT, CONSOLE);
        assertThat(simulation.graph("/oauth2PermissionGrants").values("scope")).contains("Teams.ManageCalls");
    }

    private static List<JsonNode> list(Answer answer) {
        List<JsonNode> items = new ArrayList<>();
        answer.json().path("value").forEach(items::add);
        return items;
    }
}

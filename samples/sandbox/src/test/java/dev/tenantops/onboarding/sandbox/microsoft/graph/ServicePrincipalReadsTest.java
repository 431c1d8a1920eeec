package dev.tenantops.onboarding.sandbox.microsoft.graph;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.PUBLISHER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is read of applications, and of the APIs with their definitions. */
class ServicePrincipalReadsTest {

    @AutoClose
    private final Simulation simulation = Simulation.withConsole();

    @Test
    void aServicePrincipalHasTheMembersThatAVerifierNeeds() {
        JsonNode principal =
                simulation.graph("/servicePrincipals(appId='" + CONSOLE + "')").json();

        assertThat(principal.path("id").asText()).isEqualTo(simulation.servicePrincipalId(CONSOLE));
        assertThat(principal.path("appId").asText()).isEqualTo(CONSOLE);
        assertThat(principal.path("displayName").asText()).isEqualTo("Heedify Agent Console");
        assertThat(principal.path("accountEnabled").asBoolean()).isTrue();
        assertThat(principal.path("appOwnerOrganizationId").asText()).isEqualTo(PUBLISHER);
        assertThat(principal.path("servicePrincipalType").asText()).isEqualTo("Application");
        assertThat(principal.path("disabledByMicrosoftStatus").isNull()).isTrue();
        assertThat(principal.path("isDisabled").isNull()).isTrue();
        assertThat(principal.path("appRoles").isEmpty()).isTrue();
        assertThat(principal.path("@odata.context").asText()).endsWith("/v1.0/$metadata#servicePrincipals/$entity");
    }

    @Test
    void eachWayOfBeingDisabledShowsInItsOwnMember() {
        String path = "/servicePrincipals(appId='" + CONSOLE
                + "')?$select=accountEnabled,isDisabled,disabledByMicrosoftStatus";

        simulation.directory.setEnabled(TENANT, CONSOLE, false);
        assertThat(simulation.graph(path).json().path("accountEnabled").asBoolean(true))
                .isFalse();

        simulation.directory.deactivate(TENANT, CONSOLE);
        assertThat(simulation.graph(path).json().path("accountEnabled").asBoolean())
                .isTrue();
        assertThat(simulation.graph(path).json().path("isDisabled").asBoolean()).isTrue();

        simulation.directory.disableByMicrosoft(TENANT, CONSOLE);
        assertThat(simulation
                        .graph(path)
                        .json()
                        .path("disabledByMicrosoftStatus")
                        .asText())
                .isEqualTo("DisabledDueToViolationOfServicesAgreement");
        assertThat(simulation
                        .graph("/servicePrincipals(appId='" + CONSOLE + "')/appRoleAssignments")
                        .values("id"))
                .as("grants stay listed")
                .hasSize(1);
    }

    @Test
    void aResourceDefinesItsPermissionsByTheKnownIds() {
        JsonNode graph = simulation
                .graph("/servicePrincipals(appId='" + WellKnownResources.MICROSOFT_GRAPH
                        + "')?$select=appRoles,oauth2PermissionScopes")
                .json();

        assertThat(idOf(graph.path("appRoles"), "Calls.AccessMedia.All"))
                .isEqualTo("a7a681dc-756e-4909-b988-f160edc6655f");
        assertThat(idOf(graph.path("appRoles"), "User.Read.All")).isEqualTo("df021288-bdef-4463-88db-98f22de89214");
        assertThat(idOf(graph.path("oauth2PermissionScopes"), "User.Read.All"))
                .isEqualTo("a154be20-db9c-4678-8ab7-66f6cc099a59");
        assertThat(graph.path("appRoles").get(0).path("allowedMemberTypes"))
                .extracting(JsonNode::asText)
                .containsExactly("Application");
    }

    @Test
    void definitionsCanBeAsManyAsRealOnes() {
        simulation.directory.pad(GRAPH, 700, 800);

        JsonNode graph = simulation
                .graph("/servicePrincipals(appId='" + WellKnownResources.MICROSOFT_GRAPH + "')")
                .json();

        assertThat(graph.path("appRoles")).hasSizeGreaterThan(700);
        assertThat(graph.path("oauth2PermissionScopes")).hasSizeGreaterThan(800);
    }

    @Test
    void aRetiredPermissionStaysListedAsDisabled() {
        simulation.directory.retirePermission(GRAPH, PermissionType.Application, "Mail.Send");

        JsonNode graph = simulation
                .graph("/servicePrincipals(appId='" + WellKnownResources.MICROSOFT_GRAPH + "')?$select=appRoles")
                .json();

        assertThat(graph.path("appRoles"))
                .filteredOn(role -> !role.path("isEnabled").asBoolean())
                .extracting(role -> role.path("value").asText())
                .containsExactly("Mail.Send");
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        Answer answer = simulation.graph("/servicePrincipals/" + UUID.randomUUID());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("Request_ResourceNotFound");
        assertThat(simulation.graph("/servicePrincipals/nonsense").errorCode()).isEqualTo("Request_BadRequest");
        assertThat(simulation.graph("/users").errorCode()).isEqualTo("BadRequest");
    }

    @Test
    void aDeletedServicePrincipalIsInTheRecycleBinForThirtyDays() {
        String id = simulation.servicePrincipalId(CONSOLE);
        simulation.directory.delete(TENANT, CONSOLE);

        assertThat(simulation
                        .graph("/servicePrincipals(appId='" + CONSOLE + "')")
                        .status())
                .isEqualTo(404);
        for (String type : List.of("microsoft.graph.servicePrincipal", "graph.servicePrincipal")) {
            JsonNode deleted = simulation
                    .graph("/directory/deletedItems/" + type + "?$filter=appId%20eq%20'" + CONSOLE + "'")
                    .json()
                    .path("value")
                    .get(0);
            assertThat(deleted.path("id").asText()).isEqualTo(id);
            assertThat(deleted.path("deletedDateTime").asText()).isEqualTo("2026-07-14T08:12:33Z");
        }
        assertThat(simulation.graph("/directory/deletedItems/" + id).status()).isEqualTo(200);

        simulation.clock.advance(Duration.ofDays(31));
        assertThat(simulation.graph("/directory/deletedItems/" + id).status()).isEqualTo(404);
    }

    @Test
    void consentAfterRemovalForGoodMakesANewObject() {
        String id = simulation.servicePrincipalId(CONSOLE);
        simulation.directory.purge(TENANT, CONSOLE);

        simulation.directory.consent(TENANT, CONSOLE);

        assertThat(simulation.servicePrincipalId(CONSOLE)).isNotEqualTo(id);
    }

    @Test
    void replicasMayLagAndDisagree() {
        simulation.directory.behaviour().replicaLags(Duration.ZERO, Duration.ofSeconds(60));
        String token = simulation.accessToken();
        simulation.directory.purge(TENANT, CONSOLE);
        String path = "/servicePrincipals(appId='" + CONSOLE + "')";

        assertThat(Stream.generate(() -> simulation.graph(token, path).status())
                        .limit(4)
                        .toList())
                .containsOnly(200, 404)
                .containsSequence(404, 200, 404);

        simulation.clock.advance(Duration.ofSeconds(60));
        assertThat(Stream.generate(() -> simulation.graph(token, path).status())
                        .limit(4)
                        .toList())
                .containsOnly(404);
    }

    private static String idOf(JsonNode definitions, String value) {
        for (JsonNode definition : definitions) {
            if (definition.path("value").asText().equals(value)) {
                return definition.path("id").asText();
            }
        }
        throw new AssertionError("No definition of " + value);
    }
}

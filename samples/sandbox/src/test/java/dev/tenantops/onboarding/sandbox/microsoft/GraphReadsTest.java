package dev.tenantops.onboarding.sandbox.microsoft;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.ACS;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.EXCHANGE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.PUBLISHER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.SECRET;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphReadsTest {

    private final Simulation simulation = new Simulation();

    @BeforeEach
    void consent() {
        simulation.directory.consent(TENANT, CONSOLE);
    }

    @AfterEach
    void stop() {
        simulation.close();
    }

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
    void selectReallyRestricts() {
        JsonNode item = simulation
                .graph("/servicePrincipals?$filter=appId%20eq%20'" + CONSOLE + "'&$select=id,appId")
                .json()
                .path("value")
                .get(0);

        assertThat(item.properties()).extracting(Map.Entry::getKey).containsExactly("id", "appId");
    }

    @Test
    void selectOfAMemberThatDoesNotExistIsRefused() {
        Answer answer = simulation.graph("/servicePrincipals?$select=nonsense");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Could not find a property named 'nonsense'");
    }

    @Test
    void filtersByAppIdAsTheSdkWritesThem() {
        assertThat(simulation
                        .graph("/servicePrincipals?%24filter=appId%20in%20%28%27" + CONSOLE + "%27%2C%27" + VERIFIER
                                + "%27%2C%27" + PUBLISHER + "%27%29")
                        .values("appId"))
                .containsExactlyInAnyOrder(CONSOLE, VERIFIER);
        assertThat(simulation
                        .graph("/servicePrincipals?$filter=appId%20eq%20'" + CONSOLE + "'%20or%20appId%20eq%20'"
                                + VERIFIER + "'")
                        .values("appId"))
                .containsExactlyInAnyOrder(CONSOLE, VERIFIER);
        assertThat(simulation
                        .graph("/servicePrincipals?$filter=appId%20eq%20'" + PUBLISHER + "'")
                        .values("appId"))
                .isEmpty();
    }

    @Test
    void moreThanFifteenValuesAreRefused() {
        String fifteen = values(15);
        assertThat(simulation
                        .graph("/servicePrincipals?$filter=appId%20in%20(" + fifteen + ")")
                        .status())
                .isEqualTo(200);

        Answer answer = simulation.graph("/servicePrincipals?$filter=appId%20in%20(" + values(16) + ")");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Too many child clauses", "16. Max allowed: 15");
    }

    @ParameterizedTest
    @CsvSource({
        "appId eq, Request_BadRequest",
        "appId eq 1, Request_BadRequest",
        "appId ne 'a', Request_BadRequest",
        "appId eq 'a' xor id eq 'b', Request_BadRequest",
        "appId eq 'a' and id eq 'b' or id eq 'c', Request_BadRequest",
        "appId in ('a', Request_BadRequest",
        "notes eq 'a', Request_UnsupportedQuery"
    })
    void otherFiltersAreRefused(String filter, String code) {
        Answer answer = simulation.graph("/servicePrincipals?$filter=" + Simulation.encode(filter));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$expand=appRoleAssignments", "$count=true", "$orderby=id", "$search=x"})
    void optionsThatAreNotSimulatedAreRefusedAndNotIgnored(String option) {
        assertThat(simulation.graph("/servicePrincipals?" + option).errorCode()).isEqualTo("Request_UnsupportedQuery");
    }

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
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        simulation.directory.behaviour().pageSize(2);
        String token = simulation.accessToken();
        List<String> seen = new ArrayList<>();
        int pages = 0;
        String next = "/servicePrincipals?$select=id,appId&$top=50";
        while (next != null) {
            Answer page = simulation.graph(token, next);
            assertThat(page.json().path("value")).hasSizeLessThanOrEqualTo(2);
            seen.addAll(page.values("appId"));
            next = page.json().path("@odata.nextLink").asText(null);
            pages++;
            if (next != null) {
                assertThat(next)
                        .startsWith(simulation.simulator.url() + "/v1.0/servicePrincipals?$select=")
                        .contains("$skiptoken=");
            }
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().contains(CONSOLE, VERIFIER);
    }

    @Test
    void topSetsThePageSize() {
        Answer page = simulation.graph("/servicePrincipals?$top=1");

        assertThat(page.json().path("value")).hasSize(1);
        assertThat(page.json().has("@odata.nextLink")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1000", "-1", "many"})
    void anImpossiblePageSizeIsRefused(String top) {
        Answer answer = simulation.graph("/servicePrincipals?$top=" + top);

        assertThat(answer.errorCode()).isEqualTo("Request_BadRequest");
        assertThat(answer.body()).contains("Must be between 1 and 999 inclusive");
    }

    @Test
    void aForeignSkipTokenIsRefused() {
        assertThat(simulation.graph("/servicePrincipals?$skiptoken=nonsense").errorCode())
                .isEqualTo("Directory_ExpiredPageToken");
    }

    @Test
    void applicationReadAllSeesRolesButNoGrants() {
        simulation.directory.revoke(TENANT, VERIFIER, GRAPH, PermissionType.Application, "Directory.Read.All");
        String token = simulation.accessToken();
        String console = simulation.servicePrincipalId(CONSOLE);

        assertThat(simulation.graph(token, "/servicePrincipals").status()).isEqualTo(200);
        assertThat(simulation
                        .graph(token, "/servicePrincipals/" + console + "/appRoleAssignments")
                        .status())
                .isEqualTo(200);
        for (String path : List.of(
                "/oauth2PermissionGrants",
                "/oauth2PermissionGrants/delta()",
                "/servicePrincipals/" + console + "/oauth2PermissionGrants")) {
            Answer denied = simulation.graph(token, path);
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.errorCode()).isEqualTo("Authorization_RequestDenied");
        }
    }

    @Test
    void delegatedPermissionGrantReadAllReadsNothing() {
        simulation.directory.revokeConsent(TENANT, VERIFIER);
        simulation.directory.grant(
                TENANT, VERIFIER, GRAPH, PermissionType.Application, "DelegatedPermissionGrant.Read.All");

        assertThat(simulation.graph("/oauth2PermissionGrants").status()).isEqualTo(403);
        assertThat(simulation.graph("/servicePrincipals").status()).isEqualTo(403);
    }

    @Test
    void anIssuedTokenKeepsItsRolesAfterTheyWereRevoked() {
        String token = simulation.accessToken();
        simulation.directory.revokeConsent(TENANT, VERIFIER);

        assertThat(simulation
                        .graph(token, "/servicePrincipals(appId='" + VERIFIER + "')/appRoleAssignments")
                        .values("id"))
                .as("it reads, and sees its own roles gone")
                .isEmpty();
        assertThat(simulation.graph("/servicePrincipals").status())
                .as("a new token cannot")
                .isEqualTo(403);
    }

    @Test
    void aCallerThatIsGoneOrDisabledIsRefused() {
        String token = simulation.accessToken();

        simulation.directory.setEnabled(TENANT, VERIFIER, false);
        assertThat(simulation.graph(token, "/servicePrincipals").errorCode())
                .isEqualTo("Authorization_IdentityDisabled");

        simulation.directory.purge(TENANT, VERIFIER);
        Answer gone = simulation.graph(token, "/servicePrincipals");
        assertThat(gone.status()).isEqualTo(401);
        assertThat(gone.errorCode()).isEqualTo("Authorization_IdentityNotFound");

        simulation.directory.consent(TENANT, VERIFIER);
        assertThat(simulation.graph(token, "/servicePrincipals").errorCode())
                .as("the token is of the earlier service principal")
                .isEqualTo("Authorization_IdentityNotFound");
    }

    @Test
    void tokensThatAreNoneAreRefusedInGraphsShape() {
        Answer none = simulation.get("/v1.0/servicePrincipals");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.errorCode()).isEqualTo("InvalidAuthenticationToken");
        assertThat(none.header("WWW-Authenticate")).startsWith("Bearer ");
        assertThat(none.json()
                        .path("error")
                        .path("innerError")
                        .path("request-id")
                        .asText())
                .isEqualTo(none.header("request-id"));

        assertThat(simulation.graph("invented.token.text", "/servicePrincipals").errorCode())
                .isEqualTo("InvalidAuthenticationToken");
    }

    @Test
    void anExpiredTokenIsRefused() {
        String token = simulation.accessToken();
        simulation.clock.advance(Duration.ofSeconds(3599));

        Answer answer = simulation.graph(token, "/servicePrincipals");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("the token is expired");
    }

    @Test
    void aTokenForAnotherResourceIsRefused() {
        Map<String, String> form = new HashMap<>(Simulation.form(VERIFIER, SECRET));
        form.put("scope", "https://outlook.office365.com/.default");
        String token =
                simulation.token(TENANT, form).json().path("access_token").asText();

        assertThat(simulation.graph(token, "/servicePrincipals").body()).contains("Invalid audience");
    }

    @Test
    void aTokenReadsItsOwnTenantOnly() {
        String other = "3c1f0000-0000-4000-8000-000000000002";
        simulation.directory.createTenant(other, "Fabrikam");
        simulation.directory.consent(other, VERIFIER);
        String token = simulation
                .token(other, VERIFIER, SECRET)
                .json()
                .path("access_token")
                .asText();

        assertThat(simulation.graph(token, "/servicePrincipals").values("appId"))
                .doesNotContain(CONSOLE);
        assertThat(simulation
                        .graph(token, "/servicePrincipals/" + simulation.servicePrincipalId(CONSOLE))
                        .status())
                .isEqualTo(404);
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
    void restoringBringsTheGrantsBackUnderTheSameId() {
        String id = simulation.servicePrincipalId(CONSOLE);
        List<String> before = GrantedPermissions.of(simulation.directory, TENANT, CONSOLE);
        simulation.directory.delete(TENANT, CONSOLE);

        simulation.directory.restore(TENANT, CONSOLE);

        assertThat(simulation.servicePrincipalId(CONSOLE)).isEqualTo(id);
        assertThat(GrantedPermissions.of(simulation.directory, TENANT, CONSOLE)).isEqualTo(before);
    }

    @Test
    void consentAfterRemovalForGoodMakesANewObject() {
        String id = simulation.servicePrincipalId(CONSOLE);
        simulation.directory.purge(TENANT, CONSOLE);

        simulation.directory.consent(TENANT, CONSOLE);

        assertThat(simulation.servicePrincipalId(CONSOLE)).isNotEqualTo(id);
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

    @Test
    void readsCostResourceUnitsAsDocumented() {
        simulation.simulator.requests().reset();
        String console = simulation.servicePrincipalId(CONSOLE);

        assertThat(simulation.graph("/oauth2PermissionGrants").header("x-ms-resource-unit"))
                .isEqualTo("2");
        assertThat(simulation
                        .graph("/servicePrincipals/" + console + "/appRoleAssignments?$select=id")
                        .header("x-ms-resource-unit"))
                .isEqualTo("1");
        assertThat(simulation.graph("/servicePrincipals?$select=id&$top=5").header("x-ms-resource-unit"))
                .isEqualTo("1");
        assertThat(simulation.simulator.requests().resourceUnits()).isEqualTo(4);
        assertThat(simulation.simulator.requests().count(RequestKind.GRAPH, TENANT))
                .isEqualTo(3);
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

    private static String values(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "'" + ObjectIds.guid("value", Integer.toString(n)) + "'")
                .collect(Collectors.joining(","));
    }

    private static List<JsonNode> list(Answer answer) {
        List<JsonNode> items = new ArrayList<>();
        answer.json().path("value").forEach(items::add);
        return items;
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

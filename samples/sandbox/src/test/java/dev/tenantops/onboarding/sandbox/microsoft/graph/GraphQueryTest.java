package dev.tenantops.onboarding.sandbox.microsoft.graph;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.PUBLISHER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a query is written: its filters, selections and pages, and what it costs. */
class GraphQueryTest {

    @AutoClose
    private final Simulation simulation = Simulation.withConsole();

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

    private static String values(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "'" + ObjectIds.guid("value", Integer.toString(n)) + "'")
                .collect(Collectors.joining(","));
    }
}

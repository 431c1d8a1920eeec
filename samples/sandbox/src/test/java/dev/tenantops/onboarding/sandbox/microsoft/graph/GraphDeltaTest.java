package dev.tenantops.onboarding.sandbox.microsoft.graph;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphDeltaTest {

    @AutoClose
    private final Simulation simulation = Simulation.withConsole();

    private final List<JsonNode> items = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"delta", "delta()", "microsoft.graph.delta()"})
    void theFirstRoundListsEverything(String function) {
        round("/servicePrincipals/" + function + "?$select=id,appId");

        assertThat(items)
                .extracting(item -> item.path("appId").asText())
                .contains(CONSOLE, VERIFIER)
                .hasSize(5);
    }

    @Test
    void aQuietRoundIsEmpty() {
        String link = round("/servicePrincipals/delta()");

        round(link);

        assertThat(items).isEmpty();
    }

    @Test
    void aChangedServicePrincipalComesAgainAndARemovedOneIsMarked() {
        String link = round("/servicePrincipals/delta()?$select=id,appId,accountEnabled");
        String id = simulation.servicePrincipalId(CONSOLE);

        simulation.directory.setEnabled(TENANT, CONSOLE, false);
        link = round(link);
        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.path("id").asText()).isEqualTo(id);
            assertThat(item.path("accountEnabled").asBoolean(true)).isFalse();
        });

        simulation.directory.delete(TENANT, CONSOLE);
        link = round(link);
        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.path("id").asText()).isEqualTo(id);
            assertThat(item.path("@removed").path("reason").asText()).isEqualTo("changed");
        });

        simulation.directory.restore(TENANT, CONSOLE);
        link = round(link);
        simulation.directory.purge(TENANT, CONSOLE);
        round(link);
        assertThat(items)
                .singleElement()
                .satisfies(
                        item -> assertThat(item.path("@removed").path("reason").asText())
                                .isEqualTo("deleted"));
    }

    @Test
    void grantsAreTrackedToo() {
        String link = round("/oauth2PermissionGrants/delta()");
        assertThat(items).hasSize(2);

        simulation.directory.revoke(TENANT, CONSOLE, GRAPH, PermissionType.Delegated, "User.Read");
        round(link);

        assertThat(items)
                .singleElement()
                .satisfies(item -> assertThat(item.path("scope").asText()).isEqualTo("Presence.Read.All"));
    }

    @Test
    void latestStartsWithoutTheList() {
        String link = round("/servicePrincipals/delta()?$deltatoken=latest");
        assertThat(items).isEmpty();

        simulation.directory.setEnabled(TENANT, CONSOLE, false);
        round(link);

        assertThat(items).hasSize(1);
    }

    @Test
    void aRoundMayHaveSeveralPages() {
        simulation.directory.behaviour().pageSize(2);

        round("/servicePrincipals/delta()?$select=id");

        assertThat(items).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void filtersByObjectIdOnly() {
        String id = simulation.servicePrincipalId(CONSOLE);

        round("/servicePrincipals/delta()?$select=id&$filter=id%20eq%20'" + id + "'");

        assertThat(items).extracting(item -> item.path("id").asText()).containsExactly(id);
        assertThat(simulation
                        .graph("/servicePrincipals/delta()?$filter=appId%20eq%20'" + CONSOLE + "'")
                        .errorCode())
                .isEqualTo("Request_UnsupportedQuery");
        assertThat(simulation
                        .graph("/oauth2PermissionGrants/delta()?$filter=clientId%20eq%20'" + id + "'")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theIdIsAlwaysThereWhateverIsSelected() {
        round("/servicePrincipals/delta()?$select=appId");

        assertThat(items)
                .hasSize(5)
                .allSatisfy(
                        item -> assertThat(item.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "appId"));
    }

    @Test
    void aForgottenTokenAsksForANewStart() {
        Answer answer = simulation.graph("/servicePrincipals/delta()?$deltatoken=forgotten");

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.errorCode()).isEqualTo("syncStateNotFound");
    }

    /** Reads a whole round into {@code items} and returns the link to the next. */
    private String round(String start) {
        items.clear();
        String link = start;
        while (true) {
            Answer page = simulation.graph(link);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            page.json().path("value").forEach(items::add);
            if (page.json().has("@odata.deltaLink")) {
                return page.json().path("@odata.deltaLink").asText();
            }
            link = page.json().path("@odata.nextLink").asText();
        }
    }
}

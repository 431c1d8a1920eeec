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
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.net.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class GraphBatchTest {

    private static final String PRINCIPAL =
            "/servicePrincipals(appId=%27" + CONSOLE + "%27)?%24select=id,appId&%24top=999";

    @AutoClose
    private final Simulation simulation = Simulation.withConsole();

    @Test
    void eachItemIsAnsweredWithStatusHeadersAndBody() {
        JsonNode found = answers(send(item("one", PRINCIPAL))).get("one");

        assertThat(found.path("status").asInt()).isEqualTo(200);
        assertThat(found.path("headers").path("Content-Type").asText()).startsWith("application/json");
        assertThat(found.path("body").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("@odata.context", "id", "appId");
        assertThat(found.path("body").path("id").asText()).isEqualTo(simulation.servicePrincipalId(CONSOLE));
    }

    @Test
    void itemsFailOnTheirOwn() {
        simulation.directory.revoke(TENANT, VERIFIER, GRAPH, PermissionType.Application, "Directory.Read.All");

        Map<String, JsonNode> answers = answers(send(
                item("found", PRINCIPAL),
                item("denied", "/oauth2PermissionGrants"),
                item("absent", "/servicePrincipals(appId='" + Simulation.PUBLISHER + "')"),
                item("relative", "servicePrincipals?$select=id")));

        assertThat(answers).hasSize(4);
        assertThat(answers.get("found").path("status").asInt()).isEqualTo(200);
        assertThat(answers.get("denied").path("status").asInt()).isEqualTo(403);
        assertThat(answers.get("denied").path("body").path("error").path("code").asText())
                .isEqualTo("Authorization_RequestDenied");
        assertThat(answers.get("absent").path("status").asInt()).isEqualTo(404);
        assertThat(answers.get("relative").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void answersComeInAnyOrder() {
        String[] items = IntStream.range(0, 20)
                .mapToObj(n -> item("item" + n, PRINCIPAL))
                .toArray(String[]::new);
        String token = simulation.accessToken();

        Set<List<String>> orders = new HashSet<>();
        for (int attempt = 0; attempt < 5; attempt++) {
            orders.add(simulation.batch(token, body(items)).json().path("responses").findValuesAsText("id").stream()
                    .filter(id -> id.startsWith("item"))
                    .toList());
        }

        assertThat(orders).hasSizeGreaterThan(1);
        assertThat(orders).allSatisfy(order -> assertThat(order).hasSize(20).doesNotHaveDuplicates());
    }

    @Test
    void moreThanTwentyItemsAreRefused() {
        Answer answer = send(IntStream.range(0, 21)
                .mapToObj(n -> item("item" + n, PRINCIPAL))
                .toArray(String[]::new));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("MaximumValueExceeded");
    }

    @Test
    void repeatedIdsAreRefused() {
        assertThat(send(item("same", PRINCIPAL), item("same", PRINCIPAL)).status())
                .isEqualTo(400);
    }

    @Test
    void whatIsNoBatchIsRefused() {
        String token = simulation.accessToken();

        assertThat(simulation.batch(token, "nonsense").status()).isEqualTo(400);
        assertThat(simulation.batch(token, "{}").status()).isEqualTo(400);
        assertThat(simulation.batch(token, "{\"requests\":[{\"id\":\"1\"}]}").status())
                .isEqualTo(400);
        assertThat(simulation.graph(token, "/$batch").status()).isEqualTo(405);
    }

    @Test
    void aBatchNeedsAToken() {
        Answer answer = simulation.send(HttpRequest.newBuilder(simulation.url("/v1.0/$batch"))
                .POST(HttpRequest.BodyPublishers.ofString(body(item("one", PRINCIPAL)))));

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void anItemWhoseDependencyFailedIsNotRun() {
        Map<String, JsonNode> answers = answers(send(
                item("absent", "/servicePrincipals(appId='" + Simulation.PUBLISHER + "')"),
                "{\"id\":\"after\",\"method\":\"GET\",\"url\":\"/servicePrincipals\",\"dependsOn\":[\"absent\"]}"));

        assertThat(answers.get("after").path("status").asInt()).isEqualTo(424);
    }

    @Test
    void itemsCannotWrite() {
        Map<String, JsonNode> answers =
                answers(send("{\"id\":\"write\",\"method\":\"POST\",\"url\":\"/servicePrincipals\",\"body\":{}}"));

        assertThat(answers.get("write").path("status").asInt()).isEqualTo(405);
    }

    @Test
    void aPagedItemHasANextLinkThatCanBeFollowed() {
        simulation.directory.behaviour().pageSize(2);
        String token = simulation.accessToken();

        JsonNode page = answers(simulation.batch(token, body(item("list", "/servicePrincipals?$select=id"))))
                .get("list");
        Answer next = simulation.graph(
                token, page.path("body").path("@odata.nextLink").asText());

        assertThat(next.status()).isEqualTo(200);
        assertThat(next.json().path("value")).hasSize(2);
    }

    @Test
    void aBatchCountsOnceAndItsItemsApart() {
        simulation.simulator.requests().reset();

        send(item("one", PRINCIPAL), item("two", PRINCIPAL));

        assertThat(simulation.simulator.requests().count(RequestKind.BATCH)).isEqualTo(1);
        assertThat(simulation.simulator.requests().count(RequestKind.BATCH_ITEM, 200))
                .isEqualTo(2);
        assertThat(simulation.simulator.requests().count(RequestKind.GRAPH)).isZero();
    }

    private Answer send(String... items) {
        return simulation.batch(simulation.accessToken(), body(items));
    }

    private static String body(String... items) {
        return "{\"requests\":[" + String.join(",", items) + "]}";
    }

    private static String item(String id, String url) {
        return "{\"id\":\"" + id + "\",\"method\":\"GET\",\"url\":\"" + url
                + "\",\"headers\":{\"accept\":\"application/json\"}}";
    }

    private static Map<String, JsonNode> answers(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, JsonNode> byId = new TreeMap<>();
        answer.json().path("responses").forEach(item -> byId.put(item.path("id").asText(), item));
        return byId;
    }
}

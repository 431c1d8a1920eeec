package dev.tenantops.onboarding.sandbox.microsoft.traffic;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.SECRET;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private static final String OTHER_TENANT = "3c1f0000-0000-4000-8000-000000000002";
    private static final String BATCH = "{\"requests\":[{\"id\":\"principals\",\"method\":\"GET\",\"url\":"
            + "\"/servicePrincipals\"},{\"id\":\"grants\",\"method\":\"GET\",\"url\":\"/oauth2PermissionGrants\"}]}";

    @AutoClose
    private final Simulation simulation = new Simulation();

    @ParameterizedTest
    @CsvSource({
        "7000222, 401, invalid_client",
        "700024, 401, invalid_client",
        "5000224, 400, invalid_request",
        "90033, 503, temporarily_unavailable",
        "530032, 400, invalid_grant",
        "123456, 400, invalid_request"
    })
    void anyAadstsCodeCanBeAnswered(int code, int status, String error) {
        simulation.directory.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(code)));

        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), status, error, code);
    }

    @Test
    void conditionalAccessComesWithClaims() {
        simulation.directory.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(53003)));

        JsonNode error = simulation.token(TENANT, VERIFIER, SECRET).json();

        assertThat(error.path("suberror").asText()).isEqualTo("message_only");
        assertThat(error.path("claims").isTextual()).isTrue();
        assertThat(error.path("claims").asText()).contains("capolids");
    }

    @Test
    void aFaultCanBeLimitedToATenant() {
        simulation.directory.createTenant(OTHER_TENANT, "Fabrikam");
        simulation.directory.consent(OTHER_TENANT, VERIFIER);
        simulation.directory.fail(
                Fault.on(RequestKind.TOKEN, Effect.aadsts(90055)).inTenant(OTHER_TENANT));

        assertThat(simulation.token(OTHER_TENANT, VERIFIER, SECRET).status()).isEqualTo(429);
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
    }

    @Test
    void aFaultCanBeLimitedToAPath() {
        simulation.directory.fail(
                Fault.on(RequestKind.GRAPH, Effect.status(503)).onPath("*/appRoleAssignments"));
        String token = simulation.accessToken();

        assertThat(simulation.graph(token, "/servicePrincipals").status()).isEqualTo(200);
        assertThat(simulation
                        .graph(token, "/servicePrincipals(appId='" + VERIFIER + "')/appRoleAssignments")
                        .status())
                .isEqualTo(503);
    }

    @Test
    void aFaultEndsAfterItsTimes() {
        simulation.directory.fail(
                Fault.on(RequestKind.GRAPH, Effect.status(500)).times(2));
        String token = simulation.accessToken();

        assertThat(IntStream.range(0, 4)
                        .map(n -> simulation.graph(token, "/servicePrincipals").status()))
                .containsExactly(500, 500, 200, 200);
        assertThat(simulation.directory.faults().list()).isEmpty();
    }

    @Test
    void timesAreExactUnderConcurrentRequests() throws Exception {
        simulation.directory.fail(
                Fault.on(RequestKind.GRAPH, Effect.status(500)).times(5));
        String token = simulation.accessToken();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 20)
                    .mapToObj(n -> threads.submit(
                            () -> simulation.graph(token, "/servicePrincipals").status()))
                    .toList();
            int failures = 0;
            for (Future<Integer> answer : answers) {
                failures += answer.get() == 500 ? 1 : 0;
            }
            assertThat(failures).isEqualTo(5);
        }
    }

    @Test
    void faultsAreWithdrawnByIdOrAllAtOnce() {
        String token = simulation.accessToken();
        String id = simulation.directory.fail(Fault.on(RequestKind.GRAPH, Effect.status(500)));
        simulation.directory.fail(
                Fault.on(RequestKind.TOKEN, Effect.status(500)).named("tokens"));

        assertThat(simulation.directory.withdraw(id)).isTrue();
        assertThat(simulation.graph(token, "/servicePrincipals").status()).isEqualTo(200);
        assertThat(simulation.directory.withdraw(id)).isFalse();

        simulation.directory.heal();
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
    }

    @Test
    void throttlingHasGraphsHeaders() {
        simulation.directory.fail(Fault.on(RequestKind.GRAPH, Effect.throttled(Duration.ofSeconds(7))));

        Answer answer = simulation.graph("/servicePrincipals");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errorCode()).isEqualTo("TooManyRequests");
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.header("x-ms-throttle-scope"))
                .isEqualTo("Tenant_Application/ReadWrite/" + VERIFIER + "/" + TENANT);
        assertThat(answer.header("x-ms-throttle-information")).isEqualTo("ResourceUnitLimitExceeded");
    }

    @Test
    void anErrorStatusMayLackRetryAfter() {
        simulation.directory.fail(Fault.on(RequestKind.GRAPH, Effect.status(503)));

        Answer answer = simulation.graph("/servicePrincipals");

        assertThat(answer.header("Retry-After")).isNull();
        assertThat(answer.errorCode()).isEqualTo("ServiceUnavailable");
    }

    @Test
    void theTokenEndpointFailsInItsOwnShape() {
        simulation.directory.fail(Fault.on(RequestKind.TOKEN, Effect.status(503, Duration.ofSeconds(3))));

        Answer answer = simulation.token(TENANT, VERIFIER, SECRET);

        assertThat(answer.header("Retry-After")).isEqualTo("3");
        assertRefused(answer, 503, "temporarily_unavailable", 90033);

        simulation.directory.heal();
        simulation.directory.fail(Fault.on(RequestKind.TOKEN, Effect.throttled(Duration.ofSeconds(3))));
        Answer throttled = simulation.token(TENANT, VERIFIER, SECRET);
        assertRefused(throttled, 429, "temporarily_unavailable", 90055);
        assertThat(throttled.headers().keySet()).noneMatch(name -> name.startsWith("x-ms-throttle"));
    }

    @Test
    void aWholeBatchCanBeThrottled() {
        simulation.directory.fail(Fault.on(RequestKind.BATCH, Effect.throttled(Duration.ofSeconds(1))));

        assertThat(simulation.batch(simulation.accessToken(), BATCH).status()).isEqualTo(429);
    }

    @Test
    void aSingleItemCanBeThrottled() {
        simulation.directory.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.throttled(Duration.ofSeconds(2)))
                .onPath("/oauth2PermissionGrants"));

        Map<String, JsonNode> items = items(simulation.batch(simulation.accessToken(), BATCH));

        assertThat(items.get("principals").path("status").asInt()).isEqualTo(200);
        assertThat(items.get("grants").path("status").asInt()).isEqualTo(429);
        assertThat(items.get("grants").path("headers").path("Retry-After").asText())
                .isEqualTo("2");
        assertThat(simulation.graph("/oauth2PermissionGrants").status()).isEqualTo(200);
    }

    @Test
    void aGraphFaultHitsTheSameReadInsideABatch() {
        simulation.directory.fail(
                Fault.on(RequestKind.GRAPH, Effect.status(500)).onPath("/oauth2PermissionGrants"));

        Map<String, JsonNode> items = items(simulation.batch(simulation.accessToken(), BATCH));

        assertThat(items.get("grants").path("status").asInt()).isEqualTo(500);
        assertThat(simulation.graph("/oauth2PermissionGrants").status()).isEqualTo(500);
    }

    @Test
    void anItemCanBeMissing() {
        simulation.directory.fail(
                Fault.on(RequestKind.BATCH_ITEM, new Effect.MissingItem()).onPath("/oauth2PermissionGrants"));

        assertThat(items(simulation.batch(simulation.accessToken(), BATCH))).containsOnlyKeys("principals");
    }

    @Test
    void anItemMayBeAGatewaysPage() {
        simulation.directory.fail(
                Fault.on(RequestKind.BATCH_ITEM, new Effect.Html(502)).times(1));

        JsonNode page = items(simulation.batch(simulation.accessToken(), BATCH)).get("principals");

        assertThat(page.path("headers").path("Content-Type").asText()).isEqualTo("text/html");
        assertThat(new String(Base64.getDecoder().decode(page.path("body").asText()), StandardCharsets.UTF_8))
                .contains("502 Bad Gateway");
    }

    @Test
    void bodiesGoWrongInAllWays() {
        String token = simulation.accessToken();

        Answer html = once(token, new Effect.Html(502));
        assertThat(html.status()).isEqualTo(502);
        assertThat(html.header("Content-Type")).isEqualTo("text/html");

        Answer empty = once(token, new Effect.EmptyBody(200));
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();

        assertThat(once(token, new Effect.EmptyObject()).body()).isEqualTo("{}");

        Answer untyped = once(token, new Effect.NoContentType());
        assertThat(untyped.header("Content-Type")).isNull();
        assertThat(untyped.values("appId")).contains(VERIFIER);

        Answer padded = once(token, new Effect.Padded(200_000));
        assertThat(padded.body()).startsWith(" ".repeat(200_000) + "{");
        assertThat(padded.values("appId")).contains(VERIFIER);
    }

    @Test
    void aTruncatedAnswerBreaksOffInTheMiddle() {
        String token = simulation.accessToken();

        assertThatThrownBy(() -> once(token, new Effect.Truncated())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aDroppedConnectionHasNoAnswerAndCountsAsStatusZero() {
        String token = simulation.accessToken();

        assertThatThrownBy(() -> simulation.batch(dropBatches(token), BATCH)).isInstanceOf(UncheckedIOException.class);
        assertThat(simulation.simulator.requests().count(RequestKind.BATCH, 0)).isPositive();
    }

    @Test
    void aNextLinkMayLeadToAnotherHost() {
        String token = simulation.accessToken();

        Answer page = once(token, new Effect.ForeignNextLink("https://attacker.example"));

        assertThat(page.values("appId")).contains(VERIFIER);
        assertThat(page.json().path("@odata.nextLink").asText())
                .startsWith("https://attacker.example/v1.0/servicePrincipals?");
    }

    @Test
    void anEmptyPageMayHaveANextLink() {
        String token = simulation.accessToken();

        Answer page = once(token, new Effect.EmptyPage());
        assertThat(page.json().path("value")).isEmpty();

        assertThat(simulation
                        .graph(token, page.json().path("@odata.nextLink").asText())
                        .values("appId"))
                .contains(VERIFIER);
    }

    @Test
    void aSlowAnswerIsTheRightOne() {
        String token = simulation.accessToken();

        assertThat(once(token, Effect.slow(Duration.ofMillis(20))).values("appId"))
                .contains(VERIFIER);
    }

    @Test
    void aClaimsChallengeNamesTheClaims() {
        Answer answer = once(simulation.accessToken(), new Effect.ClaimsChallenge());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_claims\"", "claims=\"");
    }

    @Test
    void consentPagesShowTheError() {
        simulation.directory.fail(Fault.on(RequestKind.CONSENT, Effect.aadsts(650051)));

        assertThat(simulation
                        .get("/" + TENANT + "/adminconsent?client_id=" + CONSOLE)
                        .body())
                .contains("AADSTS650051: ");
    }

    @Test
    void aFaultThatCannotHappenIsRefusedWhenSet() {
        assertThatThrownBy(() -> simulation.directory.fail(Fault.on(RequestKind.GRAPH, Effect.aadsts(90002))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot happen to a GRAPH request");
        assertThatThrownBy(() -> simulation.directory.fail(Fault.on(RequestKind.BATCH, new Effect.MissingItem())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.on(RequestKind.GRAPH, Effect.status(500)).inTenant("contoso"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Answer once(String token, Effect effect) {
        simulation.directory.fail(Fault.on(RequestKind.GRAPH, effect).times(1));
        return simulation.graph(token, "/servicePrincipals");
    }

    private String dropBatches(String token) {
        simulation.directory.fail(Fault.on(RequestKind.BATCH, new Effect.Disconnect()));
        return token;
    }

    private static Map<String, JsonNode> items(Answer answer) {
        Map<String, JsonNode> byId = new TreeMap<>();
        answer.json().path("responses").forEach(item -> byId.put(item.path("id").asText(), item));
        return byId;
    }
}

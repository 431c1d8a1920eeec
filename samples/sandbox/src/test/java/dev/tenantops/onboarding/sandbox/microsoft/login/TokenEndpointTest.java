package dev.tenantops.onboarding.sandbox.microsoft.login;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.SECRET;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour.MissingServicePrincipal;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class TokenEndpointTest {

    @AutoClose
    private final Simulation simulation = new Simulation();

    @Test
    void aTokenCarriesTheRolesAtTheTimeOfIssue() throws IOException {
        Answer answer = simulation.token(TENANT, VERIFIER, SECRET);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3599);
        assertThat(answer.header("x-ms-request-id")).hasSize(36);
        assertThat(answer.header("client-request-id")).hasSize(36);
        JsonNode claims = claims(answer);
        assertThat(claims.path("tid").asText()).isEqualTo(TENANT);
        assertThat(claims.path("appid").asText()).isEqualTo(VERIFIER);
        assertThat(claims.path("oid").asText()).isEqualTo(simulation.servicePrincipalId(VERIFIER));
        assertThat(claims.path("aud").asText()).isEqualTo("https://graph.microsoft.com");
        assertThat(claims.path("roles"))
                .extracting(JsonNode::asText)
                .containsExactly("Application.Read.All", "Directory.Read.All");
    }

    @Test
    void theTenantMayBeNamedByDomain() {
        assertThat(simulation.token("contoso.onmicrosoft.com", VERIFIER, SECRET).status())
                .isEqualTo(200);
    }

    @Test
    void theLifetimeCanBeSet() {
        simulation.directory.behaviour().tokenLifetime(Duration.ofSeconds(60));

        assertThat(simulation
                        .token(TENANT, VERIFIER, SECRET)
                        .json()
                        .path("expires_in")
                        .asInt())
                .isEqualTo(60);
    }

    @Test
    void anErrorHasTheShapeThatClientsParse() {
        Answer answer = simulation.token(TENANT, VERIFIER, "wrong");

        JsonNode error = answer.json();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(error.path("error").asText()).isEqualTo("invalid_client");
        assertThat(error.path("error_description").asText())
                .matches("AADSTS7000215: Invalid client secret provided\\..* Trace ID: \\S{36} Correlation ID: \\S{36}"
                        + " Timestamp: 2026-07-14 08:12:33Z");
        assertThat(error.path("error_codes")).extracting(JsonNode::asInt).containsExactly(7000215);
        assertThat(error.path("timestamp").asText()).isEqualTo("2026-07-14 08:12:33Z");
        assertThat(error.path("trace_id").asText()).hasSize(36);
        assertThat(error.path("correlation_id").asText()).hasSize(36);
    }

    @Test
    void aNewSecretIsUnknownAndTheOldOneGoodWhereAReplicaIsBehind() {
        simulation.directory.behaviour().credentialLags(Duration.ofSeconds(30), Duration.ZERO);
        simulation.clock.advance(Duration.ofMinutes(1));
        simulation.directory.rotateSecret(VERIFIER, "new");

        assertRefused(simulation.token(TENANT, VERIFIER, "new"), 401, "invalid_client", 7000215);
        assertThat(simulation.token(TENANT, VERIFIER, "new").status()).isEqualTo(200);
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 401, "invalid_client", 7000215);

        simulation.clock.advance(Duration.ofSeconds(30));
        assertThat(simulation.token(TENANT, VERIFIER, "new").status()).isEqualTo(200);
        assertThat(simulation.token(TENANT, VERIFIER, "new").status()).isEqualTo(200);
    }

    @Test
    void whatWasJustRegisteredIsKnownToEveryReplica() {
        simulation.directory.behaviour().credentialLags(Duration.ofHours(1));

        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
    }

    @Test
    void anApplicationWithoutServicePrincipalIsToldSo() {
        simulation.directory.purge(TENANT, VERIFIER);

        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 401, "invalid_client", 7000229);
    }

    @Test
    void aSoftDeletedServicePrincipalCountsAsNone() {
        simulation.directory.delete(TENANT, VERIFIER);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 401, "invalid_client", 7000229);

        simulation.directory.restore(TENANT, VERIFIER);
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
    }

    @Test
    void theOlderAnswersToAMissingServicePrincipalCanBeHadToo() throws IOException {
        simulation.directory.purge(TENANT, VERIFIER);

        simulation.directory.behaviour().missingServicePrincipal(MissingServicePrincipal.REFUSE_AS_UNKNOWN_APPLICATION);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "unauthorized_client", 700016);

        simulation.directory.behaviour().missingServicePrincipal(MissingServicePrincipal.ISSUE_TOKEN_WITHOUT_ROLES);
        Answer answer = simulation.token(TENANT, VERIFIER, SECRET);
        assertThat(claims(answer).has("roles")).isFalse();
        assertThat(claims(answer).has("oid")).isFalse();
        assertThat(simulation
                        .graph(answer.json().path("access_token").asText(), "/servicePrincipals")
                        .errorCode())
                .isEqualTo("Authorization_IdentityNotFound");
    }

    @Test
    void aDisabledApplicationGetsNoToken() {
        simulation.directory.setEnabled(TENANT, VERIFIER, false);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "unauthorized_client", 7000112);

        simulation.directory.disableByMicrosoft(TENANT, VERIFIER);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "unauthorized_client", 7000112);

        simulation.directory.deactivate(TENANT, VERIFIER);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "unauthorized_client", 7000112);
    }

    @Test
    void secretsRotateAndExpire() {
        simulation.directory.rotateSecret(VERIFIER, "new");
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 401, "invalid_client", 7000215);
        assertThat(simulation.token(TENANT, VERIFIER, "new").status()).isEqualTo(200);

        simulation.directory.expireSecrets(VERIFIER);
        assertRefused(simulation.token(TENANT, VERIFIER, "new"), 401, "invalid_client", 7000222);
    }

    @Test
    void anUnknownApplicationIsNamedWithTheDirectory() {
        Answer answer = simulation.token(TENANT, UUID.randomUUID().toString(), SECRET);

        assertRefused(answer, 400, "unauthorized_client", 700016);
        assertThat(answer.body()).contains("was not found in the directory 'Contoso'");
    }

    @Test
    void aSingleTenantApplicationIsUnknownElsewhere() {
        simulation.directory.register(Simulation.console().singleTenant().withSecrets(Set.of("s"), Set.of()));

        assertRefused(simulation.token(TENANT, CONSOLE, "s"), 400, "unauthorized_client", 700016);
    }

    @ParameterizedTest
    @CsvSource({
        "3c1f0000-0000-4000-8000-00000000dead, 90002",
        "nowhere.example, 90002",
        "not a tenant, 900023",
        "00000000-0000-0000-0000-000000000000, 900021",
        "common, 50059",
        "organizations, 50059"
    })
    void aTenantThatIsNoneIsRefused(String tenant, int code) {
        assertRefused(simulation.token(Simulation.encode(tenant), VERIFIER, SECRET), 400, "invalid_request", code);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type, '', 400, unsupported_grant_type, 70003",
        "scope, 'https://graph.microsoft.com/User.Read', 400, invalid_scope, 70011",
        "scope, 'openid', 400, invalid_scope, 70011",
        "scope, 'https://nowhere.example/.default', 400, invalid_resource, 500011",
        "client_id, '', 400, invalid_request, 900144"
    })
    void aRequestThatMakesNoSenseIsRefused(String parameter, String value, int status, String error, int code) {
        Map<String, String> form = new HashMap<>(Simulation.form(VERIFIER, SECRET));
        form.put(parameter, value);

        assertRefused(simulation.token(TENANT, form), status, error, code);
    }

    @Test
    void aRequestWithoutCredentialIsRefused() {
        Map<String, String> form = new HashMap<>(Simulation.form(VERIFIER, SECRET));
        form.remove("client_secret");

        assertRefused(simulation.token(TENANT, form), 401, "invalid_client", 7000218);
    }

    @Test
    void graphAlsoGoesByTheSimulatorsOwnAddress() {
        Map<String, String> form = new HashMap<>(Simulation.form(VERIFIER, SECRET));
        form.put("scope", simulation.simulator.url() + "/.default");

        Answer answer = simulation.token(TENANT, form);

        assertThat(simulation
                        .graph(answer.json().path("access_token").asText(), "/servicePrincipals")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aResourceThatIsAbsentOrDisabledIssuesNothing() {
        simulation.directory.setEnabled(TENANT, GRAPH, false);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "invalid_resource", 500014);

        simulation.directory.removeResource(TENANT, GRAPH);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "invalid_resource", 500011);
    }

    @Test
    void aResourceThatRequiresAssignmentRefusesClientsWithoutRoles() {
        simulation.directory.setAssignmentRequired(TENANT, GRAPH, true);
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);

        simulation.directory.revokeConsent(TENANT, VERIFIER);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "invalid_grant", 501051);
    }

    @Test
    void aTokenWithoutRolesIsIssuedByDesign() throws IOException {
        simulation.directory.revokeConsent(TENANT, VERIFIER);

        Answer answer = simulation.token(TENANT, VERIFIER, SECRET);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(claims(answer).has("roles")).isFalse();
    }

    @Test
    void theDefaultAssignmentIsNoRole() throws IOException {
        simulation.directory.revoke(TENANT, VERIFIER, GRAPH, PermissionType.Application, "Directory.Read.All");
        simulation.directory.assignWithoutRole(TENANT, VERIFIER, GRAPH);

        assertThat(claims(simulation.token(TENANT, VERIFIER, SECRET)).path("roles"))
                .extracting(JsonNode::asText)
                .isEqualTo(List.of("Application.Read.All"));
    }

    @Test
    void openIdConfigurationResolvesADomainToTheTenant() {
        Answer answer = simulation.get("/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration");

        assertThat(answer.json().path("issuer").asText())
                .isEqualTo(simulation.simulator.url() + "/" + TENANT + "/v2.0");
        assertThat(answer.json().path("token_endpoint").asText())
                .isEqualTo(simulation.simulator.url() + "/" + TENANT + "/oauth2/v2.0/token");
        assertThat(answer.json().has("tenant_region_scope")).isTrue();
        assertThat(answer.json().has("msgraph_host")).isTrue();
    }

    @Test
    void openIdConfigurationOfNoTenantIsAnError() {
        Answer answer = simulation.get("/nowhere.example/v2.0/.well-known/openid-configuration");

        assertRefused(answer, 400, "invalid_tenant", 90002);
    }

    @Test
    void instanceDiscoveryKnowsOnlyItsOwnCloud() {
        String own = Simulation.encode(simulation.simulator.url() + "/" + TENANT + "/oauth2/v2.0/authorize");
        Answer known = simulation.get("/common/discovery/instance?api-version=1.1&authorization_endpoint=" + own);
        assertThat(known.json().path("metadata").get(0).path("aliases").get(0).asText())
                .isEqualTo(simulation.simulator.url().getAuthority());
        assertThat(known.json().path("tenant_discovery_endpoint").asText())
                .endsWith("/" + TENANT + "/v2.0/.well-known/openid-configuration");

        String other = Simulation.encode("https://login.elsewhere.example/common/oauth2/v2.0/authorize");
        Answer unknown = simulation.get("/common/discovery/instance?api-version=1.1&authorization_endpoint=" + other);
        assertRefused(unknown, 400, "invalid_instance", 50049);
    }

    private static JsonNode claims(Answer answer) throws IOException {
        String[] parts = answer.json().path("access_token").asText().split("\\.");
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
    }
}

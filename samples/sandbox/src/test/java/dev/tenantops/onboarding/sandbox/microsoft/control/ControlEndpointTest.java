package dev.tenantops.onboarding.sandbox.microsoft.control;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.SECRET;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlEndpointTest {

    private static final String NEW_TENANT = "3c1f0000-0000-4000-8000-000000000002";
    private static final String APPLICATION = "/control/tenants/" + TENANT + "/applications/" + CONSOLE + "/";

    @AutoClose
    private final Simulation simulation = new Simulation();

    @Test
    void aTenantIsCreatedReadAndRemoved() {
        Answer created = simulation.post(
                "/control/tenants", "{\"tenantId\":\"" + NEW_TENANT + "\",\"displayName\":\"Fabrikam\"}");
        assertThat(created.json().path("domain").asText()).isEqualTo("fabrikam.onmicrosoft.com");

        assertThat(simulation
                        .get("/control/tenants/fabrikam.onmicrosoft.com")
                        .json()
                        .path("resources"))
                .extracting(JsonNode::asText)
                .anyMatch(resource -> resource.startsWith("Azure Communication Services "));

        assertThat(simulation.delete("/control/tenants/" + NEW_TENANT).status()).isEqualTo(200);
        assertThat(simulation.get("/control/tenants").json()).hasSize(1);
    }

    @Test
    void whatIsGrantedCanBeReadByName() {
        Answer tenant = simulation.post(APPLICATION + "consent", "");

        JsonNode console = application(tenant);
        assertThat(console.path("displayName").asText()).isEqualTo("Heedify Agent Console");
        assertThat(console.path("status").asText()).isEqualTo("ENABLED");
        assertThat(console.path("granted"))
                .extracting(JsonNode::asText)
                .contains("Microsoft Graph Application Calls.AccessMedia.All")
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "disable, DISABLED",
        "deactivate, DEACTIVATED",
        "disable-by-microsoft, DISABLED_BY_MICROSOFT",
        "enable, ENABLED",
        "revoke-consent, ENABLED"
    })
    void anApplicationIsChanged(String action, String status) {
        simulation.post(APPLICATION + "consent", "");

        JsonNode console = application(simulation.post(APPLICATION + action, ""));

        assertThat(console.path("status").asText()).isEqualTo(status);
        assertThat(console.path("granted").isEmpty()).isEqualTo(action.equals("revoke-consent"));
    }

    @Test
    void anApplicationIsDeletedAndRestored() {
        simulation.post(APPLICATION + "consent", "");

        Answer deleted = simulation.post(APPLICATION + "delete", "");
        assertThat(deleted.json().path("deleted")).hasSize(1);
        assertThat(deleted.json().path("applications")).hasSize(1);

        assertThat(application(simulation.post(APPLICATION + "restore", "")).path("granted"))
                .hasSize(4);
    }

    @Test
    void onePermissionIsGrantedAndRevoked() {
        String permission = "{\"resource\":\"MicrosoftGraph\",\"type\":\"Application\",\"value\":\"Chat.Read.All\"}";

        assertThat(application(simulation.post(APPLICATION + "grant", permission))
                        .path("granted"))
                .extracting(JsonNode::asText)
                .containsExactly("Microsoft Graph Application Chat.Read.All");
        assertThat(application(simulation.post(APPLICATION + "revoke", permission))
                        .path("granted"))
                .isEmpty();
    }

    @Test
    void aUserConsents() {
        Answer tenant = simulation.post(
                APPLICATION + "consent-as-user",
                "{\"user\":\"alice\",\"resource\":\"MicrosoftGraph\",\"scopes\":[\"User.Read\"]}");

        assertThat(application(tenant).path("granted").get(0).asText())
                .startsWith("Microsoft Graph Delegated User.Read for user ");
    }

    @Test
    void anApiIsRemovedAndProvisioned() {
        String resource = "/control/tenants/" + TENANT + "/resources/AzureCommunicationServices/";

        assertThat(simulation.post(resource + "remove", "").json().path("resources"))
                .hasSize(2);
        assertThat(simulation.post(resource + "provision", "").json().path("resources"))
                .hasSize(3);
    }

    @Test
    void anApplicationIsRegisteredWithItsSecretKeptBack() {
        String registration = "{\"clientId\":\"" + CONSOLE + "\",\"displayName\":\"Console\",\"permissions\":"
                + "[{\"resource\":\"MicrosoftGraph\",\"type\":\"Delegated\",\"value\":\"User.Read\"}],"
                + "\"redirectUris\":[\"https://a.example\"],\"secrets\":[\"console secret\"]}";

        assertThat(simulation.post("/control/registrations", registration).status())
                .isEqualTo(200);
        simulation.post(APPLICATION + "consent", "");

        assertThat(simulation.token(TENANT, CONSOLE, "console secret").status()).isEqualTo(200);
        assertThat(simulation.get("/control/registrations").body())
                .contains("Microsoft Graph Delegated User.Read")
                .doesNotContain("console secret", SECRET);
    }

    @Test
    void aCatalogIsRegistered() {
        String catalog = "{\"secret\":\"s\",\"redirectUris\":[\"https://operator.example/cb\"],\"catalog\":{\"spec\":"
                + "{\"publisher\":\"Heedify\",\"allowedNamespaces\":{\"from\":\"All\"},\"verifier\":{\"clientId\":\""
                + VERIFIER + "\"},\"applications\":[{\"name\":\"console\",\"clientId\":\"" + CONSOLE
                + "\",\"permissions\":[{\"resource\":\"ExchangeOnline\",\"delegated\":[\"EWS.AccessAsUser.All\"]}]}]}}}";

        Answer registered = simulation.post("/control/catalogs", catalog);

        assertThat(registered.body()).contains("Office 365 Exchange Online Delegated EWS.AccessAsUser.All");
        assertThat(simulation.token(TENANT, VERIFIER, "s").status()).isEqualTo(200);
    }

    @Test
    void secretsRotateAndExpire() {
        simulation.post("/control/registrations/" + VERIFIER + "/rotate-secret", "{\"secret\":\"new\"}");
        assertThat(simulation.token(TENANT, VERIFIER, "new").status()).isEqualTo(200);

        simulation.post("/control/registrations/" + VERIFIER + "/expire-secrets", "");
        assertRefused(simulation.token(TENANT, VERIFIER, "new"), 401, "invalid_client", 7000222);
    }

    @Test
    void faultsAreSetListedAndHealed() {
        Answer set = simulation.post(
                "/control/faults",
                "{\"kind\":\"TOKEN\",\"tenantId\":\"" + TENANT
                        + "\",\"times\":3,\"effect\":{\"type\":\"aadsts\",\"code\":7000215}}");
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 401, "invalid_client", 7000215);

        JsonNode fault = simulation.get("/control/faults").json().get(0);
        assertThat(fault.path("id").asText()).isEqualTo(set.json().path("id").asText());
        assertThat(fault.path("times").asInt()).isEqualTo(2);
        assertThat(fault.path("effect").path("type").asText()).isEqualTo("aadsts");

        assertThat(simulation
                        .delete("/control/faults/" + fault.path("id").asText())
                        .json())
                .isEmpty();
        simulation.post("/control/faults", "{\"kind\":\"TOKEN\",\"effect\":{\"type\":\"status\",\"status\":503}}");
        simulation.delete("/control/faults");
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
    }

    @Test
    void behaviourIsReadAndChanged() {
        simulation.post(
                "/control/behaviour",
                "{\"tokenLifetimeSeconds\":30,\"pageSize\":2,\"replicaLagSeconds\":[0,5],"
                        + "\"credentialLagSeconds\":[0,0,7],\"riskyApplications\":true}");

        JsonNode behaviour = simulation.get("/control/behaviour").json();
        assertThat(behaviour.path("tokenLifetimeSeconds").asInt()).isEqualTo(30);
        assertThat(behaviour.path("pageSize").asInt()).isEqualTo(2);
        assertThat(behaviour.path("replicaLagSeconds")).hasSize(2);
        assertThat(behaviour.path("credentialLagSeconds")).hasSize(3);
        assertThat(behaviour.path("riskyApplications").asBoolean()).isTrue();
        assertThat(simulation
                        .token(TENANT, VERIFIER, SECRET)
                        .json()
                        .path("expires_in")
                        .asInt())
                .isEqualTo(30);
    }

    @Test
    void requestsAreCountedAndForgotten() {
        simulation.token(TENANT, VERIFIER, SECRET);
        simulation.token(TENANT, VERIFIER, "wrong");

        JsonNode answers = simulation.get("/control/requests").json().path("answers");
        assertThat(answers.path("TOKEN 200").asInt()).isEqualTo(1);
        assertThat(answers.path("TOKEN 401").asInt()).isEqualTo(1);

        assertThat(simulation.delete("/control/requests").json().path("answers"))
                .isEmpty();
    }

    @Test
    void theIndexListsWhatThereIs() {
        assertThat(simulation.get("/control").json())
                .extracting(JsonNode::asText)
                .contains("GET /control/tenants", "POST /control/tenants/{tenant}/applications/{client}/consent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/control/nowhere|{}|404|GET /control lists",
                "/control/requests|{}|405|takes GET, DELETE, not POST",
                "/control/tenants|nonsense|400|not JSON",
                "/control/tenants|{}|400|lacks tenantId",
                "/control/tenants|{\"tenantId\":\"x\",\"displayName\":\"X\"}|400|must be a GUID, but is 'x'",
                "/control/tenants|{\"tenantId\":\"3c1f0000-0000-4000-8000-000000000001\",\"displayName\":\"X\"}|400|exists already",
                "/control/tenants/3c1f0000-0000-4000-8000-0000000000aa/applications/1b2e0000-0000-4000-8000-000000000005/consent|{}|400|create it with createTenant",
                "/control/tenants/3c1f0000-0000-4000-8000-000000000001/applications/1b2e0000-0000-4000-8000-0000000000aa/consent|{}|400|register it or its catalog first",
                "/control/tenants/3c1f0000-0000-4000-8000-000000000001/applications/1b2e0000-0000-4000-8000-000000000005/disable|{}|400|consent to it first",
                "/control/tenants/3c1f0000-0000-4000-8000-000000000001/applications/1b2e0000-0000-4000-8000-000000000005/grant|{\"resource\":\"MicrosoftGraph\",\"type\":\"Delegated\",\"value\":\"Nope\"}|400|defines no Delegated permission Nope",
                "/control/tenants/3c1f0000-0000-4000-8000-000000000001/applications/1b2e0000-0000-4000-8000-000000000005/grant|{\"resource\":\"MicrosoftGraph\",\"type\":\"role\",\"value\":\"User.Read\"}|400|Delegated or Application",
                "/control/faults|{\"kind\":\"TOKEN\"}|400|The body is {",
                "/control/faults|{\"kind\":\"GRAPH\",\"effect\":{\"type\":\"aadsts\",\"code\":1}}|400|cannot happen to a GRAPH request",
                "/control/behaviour|{\"pageSize\":0}|400|1 to 999"
            })
    void mistakesAreExplained(String path, String body, int status, String hint) {
        Answer answer = simulation.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).contains(hint);
    }

    private static JsonNode application(Answer tenant) {
        assertThat(tenant.status()).as(tenant.body()).isEqualTo(200);
        for (JsonNode application : tenant.json().path("applications")) {
            if (application.path("clientId").asText().equals(CONSOLE)) {
                return application;
            }
        }
        throw new AssertionError("The application is not there: " + tenant.body());
    }
}

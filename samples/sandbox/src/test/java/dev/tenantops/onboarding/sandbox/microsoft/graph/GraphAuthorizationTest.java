package dev.tenantops.onboarding.sandbox.microsoft.graph;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.SECRET;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who may read what. */
class GraphAuthorizationTest {

    @AutoClose
    private final Simulation simulation = Simulation.withConsole();

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
}

package dev.tenantops.onboarding.sandbox.microsoft.consent;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.ACS;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CALLBACK;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.acs;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.console;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not consent, and what cannot be consented to. */
class AdminConsentRefusalTest extends AdminConsentPages {

    @Test
    void anOrdinaryUserNeedsAnAdministratorsApproval() {
        Answer page = submit(v2(CONSOLE, DEFAULT), "user", "accept");

        assertThat(page.body())
                .contains("Need admin approval")
                .contains("needs permission to access resources in your organization that only an admin can grant.");
        assertThat(page.header("Location")).isNull();
        assertThat(simulation.directory.tenants().require(TENANT).state().find(CONSOLE))
                .isEmpty();
    }

    @Test
    void aCloudApplicationAdministratorGrantsAllButGraphRoles() {
        assertThat(submit(v2(CONSOLE, DEFAULT), "application-administrator", "accept")
                        .body())
                .contains("Need admin approval");

        simulation.directory.register(console(scope("User.Read"), acs("Teams.ManageCalls")));
        decide(v2(CONSOLE, DEFAULT), "application-administrator", "accept");

        assertThat(granted()).hasSize(2);
    }

    @Test
    void anAdministratorOfAnotherOrganizationIsSentBack() {
        Map<String, String> returned = decide(v2(CONSOLE, DEFAULT), "outsider", "accept");

        assertThat(returned).containsEntry("error", "access_denied").containsEntry("admin_consent", "True");
        assertThat(returned.get("error_description")).startsWith("AADSTS50020: ");
        assertThat(simulation.directory.tenants().require(TENANT).state().find(CONSOLE))
                .isEmpty();
    }

    @Test
    void organizationsLetsTheAccountDecideTheTenant() {
        String url = v2(CONSOLE, DEFAULT).replace(TENANT, "organizations");
        assertThat(simulation.get(url).body()).contains("name=\"organization\"");

        Answer answer = simulation.submit(
                action(url),
                Map.of("account", "administrator", "decision", "accept", "organization", "contoso.onmicrosoft.com"));

        assertThat(parameters(answer)).containsEntry("tenant", TENANT);
        assertThat(granted()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 900144",
        "https://graph.microsoft.com/.default https://graph.microsoft.com/User.Read, 70011",
        "https://graph.microsoft.com/Calls.AccessMedia.All, 650053",
        "https://graph.microsoft.com/Teams.ManageCalls, 650053",
        "https://nowhere.example/User.Read, 500011"
    })
    void aScopeThatMakesNoSenseIsAnErrorOnThePage(String scope, int code) {
        assertErrorPage(simulation.get(v2(CONSOLE, scope)), code);
    }

    @Test
    void aMissingParameterIsAnErrorOnThePage() {
        String base = "/" + TENANT + "/v2.0/adminconsent?";
        String redirect = "&redirect_uri=" + Simulation.encode(CALLBACK);

        assertErrorPage(simulation.get(base + "client_id=" + CONSOLE + redirect), 900144);
        assertErrorPage(simulation.get(base + "client_id=" + CONSOLE + "&scope=" + DEFAULT), 900144);
        assertErrorPage(simulation.get(base + "scope=" + DEFAULT + redirect), 900144);
    }

    @ParameterizedTest
    @ValueSource(strings = {CALLBACK + "/", "https://evil.example/", "http://operator.example/consent/callback"})
    void aRedirectUriThatIsNotRegisteredIsNeverFollowed(String redirectUri) {
        Answer shown = simulation.get(v1(CONSOLE, redirectUri));
        assertErrorPage(shown, 50011);

        Answer forced = simulation.submit(v1(CONSOLE, redirectUri), Map.of("decision", "cancel"));
        assertErrorPage(forced, 50011);
        assertThat(forced.header("Location")).isNull();
    }

    @Test
    void unknownApplicationsAndTenantsAreErrorsOnThePage() {
        assertErrorPage(simulation.get(v2(UUID.randomUUID().toString(), DEFAULT)), 700016);
        assertErrorPage(simulation.get(v2(CONSOLE, DEFAULT).replace(TENANT, VERIFIER)), 90002);
    }

    @Test
    void aSingleTenantApplicationCannotBeConsentedTo() {
        simulation.directory.register(console(scope("User.Read")).singleTenant());

        assertErrorPage(simulation.get(v2(CONSOLE, DEFAULT)), 50194);
    }

    @Test
    void anApiThatTheTenantLacksStopsTheWholeConsent() {
        simulation.directory.removeResource(TENANT, ACS);

        assertErrorPage(submit(v2(CONSOLE, DEFAULT), "administrator", "accept"), 650052);
        assertErrorPage(
                simulation.get(v2(CONSOLE, "https://auth.msft.communication.azure.com/Teams.ManageCalls")), 650053);
        assertThat(simulation.directory.tenants().require(TENANT).state().find(CONSOLE))
                .isEmpty();
    }

    @Test
    void aDisabledApplicationCannotBeConsentedTo() {
        simulation.directory.consent(TENANT, CONSOLE);
        simulation.directory.setEnabled(TENANT, CONSOLE, false);

        assertErrorPage(simulation.get(v2(CONSOLE, DEFAULT)), 7000112);
    }
}

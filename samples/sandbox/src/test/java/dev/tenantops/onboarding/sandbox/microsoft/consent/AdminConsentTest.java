package dev.tenantops.onboarding.sandbox.microsoft.consent;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CALLBACK;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.console;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.role;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminConsentTest extends AdminConsentPages {

    @Test
    void theFirstPageShowsWhatIsAskedForAndChangesNothing() {
        Answer page = simulation.get(v2(CONSOLE, DEFAULT));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body())
                .contains("Heedify Agent Console", "<strong>Contoso</strong>", CALLBACK)
                .contains("data-type=\"Delegated\" data-value=\"Presence.Read.All\"")
                .contains("data-type=\"Application\" data-value=\"Calls.AccessMedia.All\"")
                .contains("<caption>Azure Communication Services</caption>")
                .contains("id=\"accept\"", "id=\"cancel\"", "name=\"account\"")
                .doesNotContain("<script");
        assertThat(simulation.directory.tenants().require(TENANT).state().find(CONSOLE))
                .isEmpty();
    }

    @Test
    void acceptOnV2GrantsEverythingRegisteredAndReturnsTheDocumentedParameters() {
        Map<String, String> returned = accept(v2(CONSOLE, DEFAULT));

        assertThat(returned)
                .containsEntry("admin_consent", "True")
                .containsEntry("tenant", TENANT)
                .containsEntry("state", STATE)
                .containsOnlyKeys("admin_consent", "tenant", "scope", "state");
        assertThat(returned.get("scope").split(" "))
                .contains(
                        "https://graph.microsoft.com/User.Read",
                        "https://auth.msft.communication.azure.com/Teams.ManageCalls");
        assertThat(granted())
                .containsExactly(
                        "Azure Communication Services Delegated Teams.ManageCalls",
                        "Microsoft Graph Application Calls.AccessMedia.All",
                        "Microsoft Graph Delegated Presence.Read.All",
                        "Microsoft Graph Delegated User.Read");
    }

    @Test
    void graphAlsoGoesByTheSimulatorsOwnAddress() {
        accept(v2(CONSOLE, simulation.simulator.url() + "/.default"));

        assertThat(granted()).hasSize(4);
    }

    @Test
    void acceptOnV1ReturnsNoScope() {
        Map<String, String> returned = accept(v1(CONSOLE, CALLBACK));

        assertThat(returned)
                .containsExactlyInAnyOrderEntriesOf(Map.of("tenant", TENANT, "state", STATE, "admin_consent", "True"));
        assertThat(granted()).hasSize(4);
    }

    @Test
    void v1WithOnlyAClientIdEndsOnAPageOfItsOwn() {
        Answer page = submit(v1(CONSOLE, null), "administrator", "accept");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Consent recorded");
        assertThat(granted()).hasSize(4);
    }

    @Test
    void namedScopesGrantExactlyThoseDelegatedOnes() {
        Map<String, String> returned = accept(v2(
                CONSOLE,
                "openid User.Read https://graph.microsoft.com/Mail.Send"
                        + " https://auth.msft.communication.azure.com/Teams.ManageChats"));

        assertThat(returned.get("scope"))
                .isEqualTo("https://graph.microsoft.com/openid https://graph.microsoft.com/User.Read"
                        + " https://graph.microsoft.com/Mail.Send"
                        + " https://auth.msft.communication.azure.com/Teams.ManageChats");
        assertThat(granted())
                .containsExactly(
                        "Azure Communication Services Delegated Teams.ManageChats",
                        "Microsoft Graph Delegated Mail.Send",
                        "Microsoft Graph Delegated User.Read",
                        "Microsoft Graph Delegated openid");
    }

    @Test
    void aNameThatIsBothIsSilentlyTheDelegatedOne() {
        simulation.directory.register(console(role("Mail.Send")));

        accept(v2(CONSOLE, "https://graph.microsoft.com/Mail.Send"));

        assertThat(granted()).containsExactly("Microsoft Graph Delegated Mail.Send");
    }

    @Test
    void aLaterDefaultConsentReplacesTheEarlierOne() {
        accept(v2(CONSOLE, DEFAULT));
        simulation.directory.register(console(scope("User.Read"), role("Calls.Initiate.All")));

        accept(v2(CONSOLE, DEFAULT));

        assertThat(granted())
                .containsExactly(
                        "Microsoft Graph Application Calls.Initiate.All", "Microsoft Graph Delegated User.Read");
    }

    @Test
    void cancelReturnsTheDocumentedErrorsAndGrantsNothing() {
        Map<String, String> onV2 = decide(v2(CONSOLE, DEFAULT), "administrator", "cancel");
        assertThat(onV2)
                .containsEntry("admin_consent", "True")
                .containsEntry("error", "consent_required")
                .containsEntry("state", STATE)
                .containsOnlyKeys("admin_consent", "error", "error_description", "state");
        assertThat(onV2.get("error_description")).startsWith("AADSTS65004: ").contains("Correlation ID: ");

        Map<String, String> onV1 = decide(v1(CONSOLE, CALLBACK), "administrator", "cancel");
        assertThat(onV1)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "error", "permission_denied",
                        "error_description", "The admin canceled the request",
                        "state", STATE));
        assertThat(simulation.directory.tenants().require(TENANT).state().find(CONSOLE))
                .isEmpty();
    }

    @Test
    void anAccountThatMayNotConsentToARiskyApplicationIsSentBackWithoutHavingCancelled() {
        simulation.directory.behaviour().riskyApplications(true);

        assertThat(decide(v2(CONSOLE, DEFAULT), "user", "accept"))
                .containsEntry("error", "access_denied")
                .containsEntry("error_uri", "https://login.microsoftonline.com/error?code=900941")
                .hasEntrySatisfying("error_description", it -> assertThat(it).startsWith("AADSTS900941: "));
        assertThat(decide(v2(CONSOLE, DEFAULT), "administrator", "accept")).doesNotContainKey("error");
    }

    @Test
    void cancelAsSeenOnTheLiveServiceIsAccessDenied() {
        simulation.directory.behaviour().decline(Behaviour.Decline.OBSERVED);

        assertThat(decide(v2(CONSOLE, DEFAULT), "administrator", "cancel"))
                .containsEntry("error", "access_denied")
                .containsEntry("admin_consent", "True");
        assertThat(decide(v1(CONSOLE, CALLBACK), "administrator", "cancel"))
                .containsEntry("error", "access_denied")
                .containsEntry("error_subcode", "cancel");
    }

    @Test
    void whatTheRequestSaysIsEscaped() {
        String nasty = Simulation.encode("\"><script>alert(1)</script>");

        assertThat(simulation.get(v1(CONSOLE, null) + "&state=" + nasty).body()).doesNotContain("<script>");
        assertThat(simulation
                        .get("/" + TENANT + "/adminconsent?client_id=" + nasty)
                        .body())
                .doesNotContain("<script>");
    }

    @Test
    void theVerifiersOwnConsentIsOneOfThese() {
        simulation.directory.purge(TENANT, VERIFIER);

        accept(v2(VERIFIER, DEFAULT));

        assertThat(simulation
                        .graph("/servicePrincipals(appId='" + VERIFIER + "')")
                        .status())
                .isEqualTo(200);
    }
}

package dev.tenantops.onboarding.sandbox.microsoft;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.ACS;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CALLBACK;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.acs;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.console;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.role;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminConsentTest {

    private static final String DEFAULT = "https://graph.microsoft.com/.default";
    private static final String STATE = "0b1c.agent console";
    private static final Pattern ACTION = Pattern.compile("<form id=\"consent\" method=\"post\" action=\"([^\"]*)\"");

    @AutoClose
    private final Simulation simulation = new Simulation();

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

    private static String v2(String clientId, String scope) {
        return "/" + TENANT + "/v2.0/adminconsent?client_id=" + clientId + "&redirect_uri="
                + Simulation.encode(CALLBACK) + "&scope=" + Simulation.encode(scope) + "&state="
                + Simulation.encode(STATE);
    }

    private static String v1(String clientId, String redirectUri) {
        return "/" + TENANT + "/adminconsent?client_id=" + clientId
                + (redirectUri == null
                        ? ""
                        : "&redirect_uri=" + Simulation.encode(redirectUri) + "&state=" + Simulation.encode(STATE));
    }

    private Map<String, String> accept(String url) {
        return decide(url, "administrator", "accept");
    }

    private Map<String, String> decide(String url, String account, String decision) {
        return parameters(submit(url, account, decision));
    }

    /** Sends the form as a browser does: to the address that the page names. */
    private Answer submit(String url, String account, String decision) {
        Answer page = simulation.get(url);
        return page.status() == 200
                ? simulation.submit(action(url), Map.of("account", account, "decision", decision))
                : page;
    }

    private String action(String url) {
        Matcher action = ACTION.matcher(simulation.get(url).body());
        assertThat(action.find()).isTrue();
        return URI.create(url).getPath() + action.group(1).replace("&amp;", "&");
    }

    private static Map<String, String> parameters(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        String location = answer.header("Location");
        assertThat(location).startsWith(CALLBACK + "?");
        return new HashMap<>(WebRequest.parameters(location.substring(CALLBACK.length() + 1)));
    }

    private static void assertErrorPage(Answer page, int code) {
        assertThat(page.header("Location")).isNull();
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("AADSTS" + code + ": ").doesNotContain("<form");
    }

    private List<String> granted() {
        return GrantedPermissions.of(simulation.directory, TENANT, CONSOLE);
    }
}

package dev.tenantops.onboarding.operator.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.consent.OnboardingLinks.ApplicationName;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentLinksTest {

    private static final URI CALLBACK = URI.create("https://onboarding.example.com/consent/callback");

    private final ConsentLinks links = new ConsentLinks(Optional.of(CALLBACK));

    @Test
    void anApplicationIsConsentedToInItsTenantForAllThatItRegistered() {
        assertThat(link(links, Samples.CATALOG, "presence").url())
                .hasToString("https://login.microsoftonline.com/" + Samples.TENANT
                        + "/v2.0/adminconsent?client_id=" + Samples.PRESENCE
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                        + "&redirect_uri=https%3A%2F%2Fonboarding.example.com%2Fconsent%2Fcallback"
                        + "&state=" + Samples.UID + ".presence");
    }

    @Test
    void aCatalogsOwnReplyUrlComesFirst() {
        var catalog = Samples.CATALOG.replace(
                "publisher: Heedify", "publisher: Heedify\n  redirectUri: https://portal.heedify.io/consented");
        assertThat(link(links, catalog, "presence").url().toString())
                .contains("redirect_uri=https%3A%2F%2Fportal.heedify.io%2Fconsented");
    }

    @Test
    void withoutAnyReplyUrlTheFirstEndpointTakesTheClientIdAlone() {
        assertThat(link(new ConsentLinks(Optional.empty()), Samples.CATALOG, "presence")
                        .url())
                .hasToString("https://login.microsoftonline.com/" + Samples.TENANT + "/adminconsent?client_id="
                        + Samples.PRESENCE);
    }

    @ParameterizedTest
    @CsvSource({
        "USGovernment, https://login.microsoftonline.us/, https%3A%2F%2Fgraph.microsoft.us%2F.default",
        "USGovernmentDoD, https://login.microsoftonline.us/, https%3A%2F%2Fdod-graph.microsoft.us%2F.default",
        "China, https://login.partner.microsoftonline.cn/, https%3A%2F%2Fmicrosoftgraph.chinacloudapi.cn%2F.default",
        "Custom, https://login.example:8443/, https%3A%2F%2Fgraph.example%3A8443%2F.default"
    })
    void everyCloudHasItsOwnLoginAndGraph(String cloud, String login, String scope) {
        var url = link(links, Samples.CATALOG.replace("cloud: Global", "cloud: " + cloud), "presence")
                .url()
                .toString();
        assertThat(url).startsWith(login + Samples.TENANT).contains("scope=" + scope);
    }

    @Test
    void applicationPermissionsOfGraphNeedTheHigherRoles() {
        assertThat(link(links, Samples.CATALOG, "presence").grantableBy())
                .isEqualTo("Privileged Role Administrator or Global Administrator");
        assertThat(link(links, Samples.CATALOG, "console").grantableBy()).startsWith("Cloud Application Administrator");
    }

    @Test
    void theVerifierIsTheFirstLink() {
        var link = all(links, Samples.CATALOG).verifiers().get("heedify");
        assertThat(link.url().toString())
                .contains("client_id=" + Samples.VERIFIER)
                .endsWith("&state=" + Samples.UID + ".verifier");
        assertThat(link.grantableBy()).isEqualTo("Privileged Role Administrator or Global Administrator");
    }

    @Test
    void aTeamsAppIsPublishedWhereTeamsIsAdministered() {
        var link = link(links, Samples.CATALOG, "teams-app");
        assertThat(link.url().getHost()).isEqualTo("admin.teams.microsoft.com");
        assertThat(link.grantableBy()).contains("Teams Administrator");
    }

    @Test
    void permissionsBesideAnActionAreConsentedToBeforeItIsDone() {
        var catalog = Samples.CATALOG.replace(
                "action: {type",
                "clientId: " + Samples.VERIFIER + "\n"
                        + "    permissions: [{resource: MicrosoftGraph, delegated: [User.Read]}]\n"
                        + "    action: {type");
        assertThat(link(links, catalog, "teams-app").url().toString()).contains("client_id=" + Samples.VERIFIER);
        assertThat(all(links, catalog)
                        .actions()
                        .get(new ApplicationName("heedify", "teams-app"))
                        .url()
                        .getHost())
                .isEqualTo("admin.teams.microsoft.com");
    }

    private static ConsentLink link(ConsentLinks links, String catalogYaml, String application) {
        return all(links, catalogYaml).applications().get(new ApplicationName("heedify", application));
    }

    private static OnboardingLinks all(ConsentLinks links, String catalogYaml) {
        var desired = Samples.resolve(
                Samples.ONBOARDING.replace("plans: [common, extend]", "applications: [presence, console, teams-app]"),
                Map.of("heedify", Samples.catalog(catalogYaml)));
        return links.of(desired, Samples.TENANT, Samples.UID);
    }
}

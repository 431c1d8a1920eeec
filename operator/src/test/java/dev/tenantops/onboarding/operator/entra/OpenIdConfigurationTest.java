package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cloud a tenant's OpenID configuration names. */
class OpenIdConfigurationTest {

    private static final List<CloudEndpoints> KNOWN = Arrays.stream(Cloud.values())
            .map(CloudEndpoints::of)
            .flatMap(Optional::stream)
            .toList();
    private static final CloudEndpoints GLOBAL = CloudEndpoints.of(Cloud.Global).orElseThrow();
    private static final CloudEndpoints CUSTOM = new CloudEndpoints(
            Cloud.Custom, URI.create("https://login.example:8443"), URI.create("https://graph.example:9443"));

    @ParameterizedTest
    @CsvSource({
        "graph.microsoft.com, microsoftonline.com, EU, , Global",
        "graph.microsoft.com, microsoftonline.com, NA, GCC, Global",
        "graph.microsoft.us, microsoftonline.us, USGov, DODCON, USGovernment",
        "graph.microsoft.us, microsoftonline.us, USGov, , USGovernment",
        "graph.microsoft.us, microsoftonline.us, USGov, DOD, USGovernmentDoD",
        "dod-graph.microsoft.us, microsoftonline.us, USGov, DOD, USGovernmentDoD",
        "dod-graph.microsoft.us, microsoftonline.us, USGov, , USGovernmentDoD",
        "graph.microsoft.com, microsoftonline.com, USG, DODCON, USGovernment",
        "microsoftgraph.chinacloudapi.cn, partner.microsoftonline.cn, AS, , China",
        ", partner.microsoftonline.cn, AS, , China",
        ", microsoftonline.com, EU, , Global",
        ", microsoftonline.us, , , USGovernment",
        ", , USGov, , USGovernment",
        ", , USG, , USGovernment",
        "GRAPH.MICROSOFT.COM, , , , Global",
    })
    void theCloudIsNamedByWhateverTellsItBest(
            String graph, String instance, String region, String subRegion, Cloud cloud) {
        assertThat(configuration(graph, instance, region, subRegion).cloud(GLOBAL, KNOWN))
                .contains(cloud);
    }

    @ParameterizedTest
    @CsvSource({
        ", , EU, ",
        "graph.svc.sovcloud.example, sovcloud-identity.fr, EU, ",
        "graph.microsoft.com.attacker.example, attacker.example, , ",
        "graph.example:9443, , , ",
    })
    void aCloudThatIsNotKnownHasNoName(String graph, String instance, String region, String subRegion) {
        assertThat(configuration(graph, instance, region, subRegion).cloud(GLOBAL, KNOWN))
                .isEmpty();
    }

    @Test
    void theCustomCloudIsItselfWhateverRegionItNames() {
        assertThat(configuration("graph.example:9443", null, "USGov", "DODCON").cloud(CUSTOM, KNOWN))
                .contains(Cloud.Custom);
        assertThat(configuration("graph.example", null, "EU", null).cloud(CUSTOM, KNOWN))
                .isEmpty();
    }

    @Test
    void membersOfAnotherKindAreNone() {
        JsonObject odd = JsonParser.parseString(
                        "{\"issuer\":{},\"msgraph_host\":[],\"cloud_instance_name\":null,\"tenant_region_scope\":7}")
                .getAsJsonObject();
        assertThat(OpenIdConfiguration.of(odd)).isEqualTo(new OpenIdConfiguration("", "", "", "7", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.us/3C1F6D0E-0000-4000-8000-000000000001/v2.0, true",
        "https://sts.windows.net/3c1f6d0e-0000-4000-8000-000000000001/, true",
        "https://login.microsoftonline.us/3c1f6d0e-0000-4000-8000-000000000002/v2.0, false",
        "https://login.microsoftonline.com/{tenantid}/v2.0, false",
        ", false",
    })
    void aConfigurationIsAboutTheTenantThatIssues(String issuer, boolean describes) {
        JsonObject json = new JsonObject();
        json.addProperty("issuer", issuer);
        assertThat(OpenIdConfiguration.of(json).describes(Laboratory.TENANT)).isEqualTo(describes);
    }

    private static OpenIdConfiguration configuration(String graph, String instance, String region, String subRegion) {
        JsonObject json = new JsonObject();
        json.addProperty("msgraph_host", graph);
        json.addProperty("cloud_instance_name", instance);
        json.addProperty("tenant_region_scope", region);
        json.addProperty("tenant_region_sub_scope", subRegion);
        return OpenIdConfiguration.of(json);
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.login;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.SECRET;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantHome;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class TenantHomeTest {

    static final List<Arguments> ELSEWHERE = List.of(
            Arguments.of(
                    TenantHome.GCC_HIGH,
                    "login.microsoftonline.us",
                    "microsoftonline.us",
                    "graph.microsoft.us",
                    "USGov",
                    "DODCON"),
            Arguments.of(
                    TenantHome.DOD,
                    "login.microsoftonline.us",
                    "microsoftonline.us",
                    "dod-graph.microsoft.us",
                    "USGov",
                    "DOD"),
            Arguments.of(
                    TenantHome.CHINA,
                    "login.partner.microsoftonline.cn",
                    "partner.microsoftonline.cn",
                    "microsoftgraph.chinacloudapi.cn",
                    "AS",
                    ""));

    @AutoClose
    private final Simulation simulation = new Simulation();

    @ParameterizedTest
    @FieldSource("ELSEWHERE")
    void aTenantOfAnotherCloudIsDescribedButGetsNoToken(
            TenantHome home, String login, String instance, String graph, String region, String subRegion) {
        simulation.directory.moveTenant(TENANT, home);

        JsonNode configuration = configuration();
        assertThat(configuration.path("issuer").asText()).isEqualTo("https://" + login + "/" + TENANT + "/v2.0");
        assertThat(configuration.path("token_endpoint").asText())
                .isEqualTo("https://" + login + "/" + TENANT + "/oauth2/v2.0/token");
        assertThat(configuration.path("cloud_instance_name").asText()).isEqualTo(instance);
        assertThat(configuration.path("msgraph_host").asText()).isEqualTo(graph);
        assertThat(configuration.path("tenant_region_scope").asText()).isEqualTo(region);
        assertThat(configuration.path("tenant_region_sub_scope").asText()).isEqualTo(subRegion);
        assertRefused(simulation.token(TENANT, VERIFIER, SECRET), 400, "invalid_request", 900382);

        simulation.directory.moveTenant(TENANT, TenantHome.HERE);
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
    }

    @Test
    void gccIsAPartOfTheGlobalCloud() {
        simulation.directory.moveTenant(TENANT, TenantHome.GCC);

        assertThat(configuration().path("tenant_region_scope").asText()).isEqualTo("NA");
        assertThat(configuration().path("tenant_region_sub_scope").asText()).isEqualTo("GCC");
        assertThat(configuration().path("msgraph_host").asText())
                .isEqualTo(simulation.simulator.url().getAuthority());
        assertThat(simulation.token(TENANT, VERIFIER, SECRET).status()).isEqualTo(200);
    }

    @Test
    void mostTenantsHaveNoSubRegion() {
        assertThat(configuration().path("tenant_region_scope").asText()).isEqualTo("EU");
        assertThat(configuration().has("tenant_region_sub_scope")).isFalse();
    }

    private JsonNode configuration() {
        return simulation
                .get("/" + TENANT + "/v2.0/.well-known/openid-configuration")
                .json();
    }
}

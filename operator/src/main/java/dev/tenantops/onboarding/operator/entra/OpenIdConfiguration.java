package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonObject;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a tenant's OpenID configuration tells of the cloud that the tenant lives in; a login service describes tenants of
 * some other clouds too. Sources: for {@code tenant_region_scope}
 * https://learn.microsoft.com/azure/azure-government/documentation-government-plan-identity, for {@code
 * tenant_region_sub_scope}, which Microsoft does not document, https://github.com/cisagov/ScubaGear
 *
 * @param issuer the URL of the tenant at its own login service
 * @param graphHost {@code msgraph_host}
 * @param instanceName {@code cloud_instance_name}: the login service's host without {@code login.}
 * @param regionScope {@code tenant_region_scope}, in upper case
 * @param regionSubScope {@code tenant_region_sub_scope}, in upper case; empty for most tenants
 */
record OpenIdConfiguration(
        String issuer, String graphHost, String instanceName, String regionScope, String regionSubScope) {

    static OpenIdConfiguration of(JsonObject json) {
        return new OpenIdConfiguration(
                StrictJson.text(json, "issuer"),
                StrictJson.text(json, "msgraph_host"),
                StrictJson.text(json, "cloud_instance_name"),
                StrictJson.text(json, "tenant_region_scope").toUpperCase(Locale.ROOT),
                StrictJson.text(json, "tenant_region_sub_scope").toUpperCase(Locale.ROOT));
    }

    boolean describes(String tenantId) {
        return issuer.toLowerCase(Locale.ROOT).contains("/" + tenantId + "/");
    }

    /**
     * The sub-scope comes first, since the two clouds of the US government share a login service.
     *
     * @param asked the cloud whose login service was asked
     * @param known the clouds that the operator knows
     */
    Optional<Cloud> cloud(CloudEndpoints asked, List<CloudEndpoints> known) {
        if (asked.cloud() == Cloud.Custom && isGraphOf(asked)) {
            return Optional.of(Cloud.Custom);
        }
        return switch (regionSubScope) {
            case "DODCON" -> Optional.of(Cloud.USGovernment);
            case "DOD" -> Optional.of(Cloud.USGovernmentDoD);
            default ->
                Stream.concat(
                                known.stream().filter(this::isGraphOf),
                                known.stream().filter(this::isInstanceOf))
                        .map(CloudEndpoints::cloud)
                        .findFirst()
                        .or(this::cloudOfRegion);
        };
    }

    private Optional<Cloud> cloudOfRegion() {
        return regionScope.equals("USGOV") || regionScope.equals("USG")
                ? Optional.of(Cloud.USGovernment)
                : Optional.empty();
    }

    private boolean isGraphOf(CloudEndpoints cloud) {
        return graphHost.equalsIgnoreCase(cloud.graph().getAuthority());
    }

    private boolean isInstanceOf(CloudEndpoints cloud) {
        return ("login." + instanceName).equalsIgnoreCase(cloud.login().getHost());
    }
}

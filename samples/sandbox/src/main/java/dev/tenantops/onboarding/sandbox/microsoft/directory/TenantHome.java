package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.util.Optional;

/**
 * Where a tenant lives, as its OpenID configuration tells it.
 *
 * @param regionScope such as {@code NA}, {@code EU} or {@code USGov}
 * @param regionSubScope {@code GCC}, {@code DODCON} (GCC High) or {@code DOD}; most tenants have none
 * @param elsewhere the cloud, if it is another than the simulated one, which then issues no tokens for the tenant
 */
public record TenantHome(String regionScope, Optional<String> regionSubScope, Optional<OtherCloud> elsewhere) {

    /** The simulated cloud itself. */
    public static final TenantHome HERE = new TenantHome("EU", Optional.empty(), Optional.empty());

    /** Microsoft 365 GCC: a part of the global cloud. */
    public static final TenantHome GCC = new TenantHome("NA", Optional.of("GCC"), Optional.empty());

    public static final TenantHome GCC_HIGH =
            elsewhere("USGov", Optional.of("DODCON"), "login.microsoftonline.us", "graph.microsoft.us");

    public static final TenantHome DOD =
            elsewhere("USGov", Optional.of("DOD"), "login.microsoftonline.us", "dod-graph.microsoft.us");

    public static final TenantHome CHINA =
            elsewhere("AS", Optional.empty(), "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn");

    /** The hosts of a cloud. */
    public record OtherCloud(String loginHost, String graphHost) {

        /** What {@code cloud_instance_name} calls it. */
        public String instanceName() {
            return loginHost.replaceFirst("^login\\.", "");
        }
    }

    private static TenantHome elsewhere(
            String regionScope, Optional<String> regionSubScope, String loginHost, String graphHost) {
        return new TenantHome(regionScope, regionSubScope, Optional.of(new OtherCloud(loginHost, graphHost)));
    }
}

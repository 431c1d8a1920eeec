package dev.tenantops.onboarding.sandbox.microsoft.login;

import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Tenant;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import java.util.Set;
import java.util.regex.Pattern;

/** The tenant that the first segment of a login URL names. */
public final class TenantLookup {

    private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");
    private static final Pattern DOMAIN = Pattern.compile("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final String EMPTY_GUID = "00000000-0000-0000-0000-000000000000";

    private final SimulatedDirectory directory;

    public TenantLookup(SimulatedDirectory directory) {
        this.directory = directory;
    }

    public static boolean namesNoTenant(String segment) {
        return ANY_TENANT.contains(segment);
    }

    public Result<Tenant, EntraError> find(String segment) {
        if (namesNoTenant(segment)) {
            return Result.failure(EntraErrors.of(50059));
        }
        if (!Guid.is(segment) && !DOMAIN.matcher(segment).matches()) {
            return Result.failure(EntraErrors.of(
                    900023,
                    "Specified tenant identifier '" + segment
                            + "' is neither a valid DNS name, nor a valid external domain."));
        }
        if (segment.equals(EMPTY_GUID)) {
            return Result.failure(EntraErrors.of(900021));
        }
        return directory
                .tenants()
                .find(segment)
                .map(Result::<Tenant, EntraError>success)
                .orElseGet(() -> Result.failure(notFound(segment)));
    }

    private static EntraError notFound(String segment) {
        return EntraErrors.of(
                90002,
                "Tenant '" + segment + "' not found. Check to make sure you have the correct tenant ID and are signing"
                        + " into the correct cloud. Check with your subscription administrator, this may happen if"
                        + " there are no active subscriptions for the tenant.");
    }
}

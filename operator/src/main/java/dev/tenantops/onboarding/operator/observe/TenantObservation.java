package dev.tenantops.onboarding.operator.observe;

import java.time.Instant;
import java.util.Map;

/**
 * What was read of a tenant.
 *
 * @param readAt when the reading began, so that it is never newer than the evidence
 * @param applications by client id (lower case); complete, it has an entry for every application asked for
 * @param resources the resource APIs by appId (lower case); complete, an API without an entry has no service principal
 *     in the tenant
 */
public record TenantObservation(
        Instant readAt,
        Reading<Map<String, ApplicationObservation>> applications,
        Reading<Map<String, ResourceServicePrincipal>> resources) {

    /** Nothing could be read. */
    public static TenantObservation failed(Instant readAt, Failure failure) {
        return new TenantObservation(readAt, Reading.failed(failure), Reading.failed(failure));
    }
}

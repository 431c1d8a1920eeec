package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cluster knew at a time.
 *
 * @param takenAt when it was read: what its statuses prove is as fresh as it was then
 * @param namespaces the labels of each namespace; empty where they could not be read
 */
public record Snapshot(
        Instant takenAt,
        List<ApplicationCatalog> catalogs,
        List<TenantOnboarding> onboardings,
        Optional<Map<String, Map<String, String>>> namespaces) {

    public Snapshot {
        catalogs = List.copyOf(catalogs);
        onboardings = List.copyOf(onboardings);
        namespaces = namespaces.map(Map::copyOf);
    }
}

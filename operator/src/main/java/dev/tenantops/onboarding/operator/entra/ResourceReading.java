package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The resource APIs of one reading: what they define is remembered, whether they are there never is. */
final class ResourceReading {

    private final TenantQuery query;
    private final DefinitionCache cache;
    private final Map<String, PermissionDefinitions> known = new TreeMap<>();
    private final Map<String, Integer> asked = new HashMap<>();

    /** Adds what is not known to the batch. */
    ResourceReading(TenantQuery query, DefinitionCache cache, Batch batch) {
        this.query = query;
        this.cache = cache;
        for (String appId : query.resources()) {
            cache.get(query, appId)
                    .ifPresentOrElse(
                            it -> known.put(appId, it),
                            () -> asked.put(appId, batch.add(GraphReads.definitions(appId))));
        }
    }

    /** Which definitions were known beforehand. */
    String known() {
        var text = new StringBuilder();
        known.forEach((appId, definitions) ->
                text.append(appId).append('=').append(cache.number(definitions)).append(' '));
        return text.toString();
    }

    /** @param present the service principals of the tenant by appId */
    Map<String, ResourceServicePrincipal> resources(
            Map<String, ServicePrincipal> present, List<Reading<JsonBody>> answers) {
        var resources = new HashMap<String, ResourceServicePrincipal>();
        for (String appId : query.resources()) {
            var principal = present.get(appId);
            if (principal != null) {
                resources.put(
                        appId,
                        new ResourceServicePrincipal(
                                principal.id(), appId, principal.usable(), definitions(appId, answers)));
            }
        }
        return Map.copyOf(resources);
    }

    private Reading<PermissionDefinitions> definitions(String appId, List<Reading<JsonBody>> answers) {
        if (known.containsKey(appId)) {
            return Reading.of(known.get(appId));
        }
        var fresh =
                GraphCollections.one(GraphPart.Definitions, answers.get(asked.get(appId)), GraphRecords::definitions);
        return fresh instanceof Reading.Complete<PermissionDefinitions>(var value)
                ? Reading.of(cache.put(query, appId, value))
                : fresh;
    }
}

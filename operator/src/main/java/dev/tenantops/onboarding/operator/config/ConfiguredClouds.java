package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.CustomCloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.CloudName;
import dev.tenantops.onboarding.operator.desired.Clouds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Microsoft's clouds, and those of the configuration. One that lacks either of its endpoints is not known. */
final class ConfiguredClouds implements Clouds {

    private final Map<String, CloudEndpoints> custom = new TreeMap<>();

    ConfiguredClouds(Map<String, CustomCloud> configured) {
        configured.forEach((name, cloud) -> cloud.loginUrl()
                .flatMap(login -> cloud.graphUrl().map(graph -> new CloudEndpoints(Cloud.Custom, login, graph)))
                .ifPresent(it -> custom.put(name, it)));
    }

    @Override
    public Optional<CloudEndpoints> endpoints(CloudName name) {
        return name.custom()
                .map(it -> Optional.ofNullable(custom.get(it)))
                .orElseGet(() -> CloudEndpoints.of(name.cloud()));
    }

    @Override
    public List<String> custom() {
        return List.copyOf(custom.keySet());
    }
}

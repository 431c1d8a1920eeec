package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.Samples;
import org.junit.jupiter.api.Test;

class ClusterCacheTest {

    @Test
    void ofANamespaceThatItDoesNotKnowNoLabelsAreKnownRatherThanNone() {
        var cache = new ClusterCache("tenant-onboarding", _ -> {}, Samples::clouds, _ -> {});
        assertThat(cache.namespaceLabels("customer-contoso")).isEmpty();
        assertThat(cache.synced()).isFalse();
    }
}

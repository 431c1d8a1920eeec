package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.cluster.PageKeySecret;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.leaderelection.Replica;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** The links to the administrators' pages, where there are any. */
@Singleton
public class PageBeans {

    private final OnboardingConfig config;

    @Inject
    public PageBeans(OnboardingConfig config) {
        this.config = config;
    }

    /**
     * What makes the links that statuses have.
     *
     * @param keys closed with the operator
     */
    record StatusLinks(Optional<PageLinks> pages, Optional<PageKeySecret> keys) {}

    @Produces
    @Singleton
    StatusLinks statusLinks(KubernetesClient client, Replica replica, Clock clock) {
        if (!config.page().enabled()) {
            return new StatusLinks(Optional.empty(), Optional.empty());
        }
        var keys = new PageKeySecret(
                client, new ObjectKey(replica.namespace(), config.page().keySecret()), clock);
        var links = new PageLinks(publicUrl(config), keys::keys);
        keys.start();
        return new StatusLinks(Optional.of(links), Optional.of(keys));
    }

    void close(@Disposes StatusLinks links) {
        links.keys().ifPresent(PageKeySecret::close);
    }

    /** Where browsers reach the page. */
    static URI publicUrl(OnboardingConfig config) {
        return config.publicUrl()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The administrators' page is on, and nothing says where"
                                        + " browsers reach it. Set onboarding.public-url (publicUrl of the chart), or turn the page off."));
    }
}

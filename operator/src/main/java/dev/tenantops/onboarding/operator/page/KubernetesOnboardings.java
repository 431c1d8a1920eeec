package dev.tenantops.onboarding.operator.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.ConsentReturn;
import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Reads from a cache of the cluster's onboardings, and writes annotations with a merge patch. */
public final class KubernetesOnboardings implements OnboardingLookup {

    private static final ResourceDefinitionContext RESOURCE =
            ResourceDefinitionContext.fromResourceType(TenantOnboarding.class);
    private static final Logger LOG = Logger.getLogger(KubernetesOnboardings.class);

    private final KubernetesClient client;
    private final Function<String, Optional<TenantOnboarding>> cacheByUid;

    // The cache above lags behind our own patches; a burst of requests must not get through meanwhile.
    private final Cache<String, Instant> justRequested = Caffeine.newBuilder()
            .expireAfterWrite(CallbackOutcome.QUIET_TIME)
            .maximumSize(100_000)
            .build();

    /** @param cacheByUid looks an onboarding up by its uid, without a request where a cache has it */
    public KubernetesOnboardings(KubernetesClient client, Function<String, Optional<TenantOnboarding>> cacheByUid) {
        this.client = client;
        this.cacheByUid = cacheByUid;
    }

    @Override
    public Optional<KnownOnboarding> byUid(String uid) {
        try {
            return cacheByUid.apply(uid).map(KnownOnboarding::of);
        } catch (KubernetesClientException e) {
            LOG.warnf("The onboarding with the uid %s could not be read: %s", uid, e.getMessage());
            throw new Unreadable(e);
        }
    }

    @Override
    public boolean requestVerification(KnownOnboarding onboarding, String application, Instant at) {
        if (justRequested.asMap().putIfAbsent(onboarding.uid(), at) != null) {
            return true;
        }
        try {
            client.genericKubernetesResources(RESOURCE)
                    .inNamespace(onboarding.namespace())
                    .withName(onboarding.name())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch(onboarding, application, at));
            return true;
        } catch (KubernetesClientException e) {
            justRequested.invalidate(onboarding.uid());
            LOG.warnf(
                    "No verification of TenantOnboarding %s/%s was asked for, it waits for its interval: %s",
                    onboarding.namespace(), onboarding.name(), e.getMessage());
            return false;
        }
    }

    // As an object, since Fabric8 reads the object first when the patch is a text.
    private static GenericKubernetesResource patch(KnownOnboarding onboarding, String application, Instant at) {
        return new GenericKubernetesResourceBuilder()
                .withNewMetadata()
                // With the uid the API server refuses to patch a new object that has taken the old one's name.
                .withUid(onboarding.uid())
                .addToAnnotations(TenantOnboarding.RECONCILE_REQUESTED_AT, at.toString())
                .addToAnnotations(TenantOnboarding.CONSENT_RETURNED, new ConsentReturn(application, at).toString())
                .endMetadata()
                .build();
    }
}

package dev.tenantops.onboarding.operator.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ConsentReturn;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.consent.ConsentState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Reads from a cache of the cluster's onboardings, and writes annotations with a merge patch. */
public final class KubernetesOnboardings implements OnboardingLookup {

    private static final ResourceDefinitionContext RESOURCE =
            ResourceDefinitionContext.fromResourceType(TenantOnboarding.class);
    private static final Logger LOG = Logger.getLogger(KubernetesOnboardings.class);

    private final KubernetesClient client;
    private final Function<String, Optional<TenantOnboarding>> cacheByUid;
    private final Supplier<Stream<TenantOnboarding>> cached;

    // The cache above lags behind our own patches; a burst of requests must not get through meanwhile.
    private final Cache<String, Boolean> justRequested = Caffeine.newBuilder()
            .expireAfterWrite(CallbackOutcome.QUIET_TIME)
            .maximumSize(100_000)
            .build();

    /**
     * @param cacheByUid looks an onboarding up by its uid, without a request where a cache has it
     * @param cached all that a cache has
     */
    public KubernetesOnboardings(
            KubernetesClient client,
            Function<String, Optional<TenantOnboarding>> cacheByUid,
            Supplier<Stream<TenantOnboarding>> cached) {
        this.client = client;
        this.cacheByUid = cacheByUid;
        this.cached = cached;
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
    public List<KnownOnboarding> ofTenant(String tenantId, String application) {
        return cached.get()
                .filter(it -> it.getSpec().tenantId().equalsIgnoreCase(tenantId))
                .filter(it -> !it.getSpec().suspend())
                .filter(it -> needs(it.known(), application))
                .map(KnownOnboarding::of)
                .toList();
    }

    /** One without a status is looked at in any case. */
    private static boolean needs(TenantOnboardingStatus status, String application) {
        return application.equals(ConsentState.VERIFIER) && !status.verifiers().isEmpty()
                || status.applications().stream()
                        .anyMatch(
                                it -> it.name().equals(application) && it.state() != ApplicationState.NoLongerLicensed);
    }

    @Override
    public void requestCheck(KnownOnboarding onboarding, Instant at) {
        patched("check " + onboarding.uid(), onboarding, asked(onboarding, at));
    }

    @Override
    public boolean requestVerification(KnownOnboarding onboarding, String application, Instant at) {
        return patched(
                onboarding.uid(),
                onboarding,
                asked(onboarding, at)
                        .addToAnnotations(
                                TenantOnboarding.CONSENT_RETURNED, new ConsentReturn(application, at).toString()));
    }

    /** @param what is patched once in a while: what anybody can ask for must not take the place of anything else */
    private boolean patched(String what, KnownOnboarding onboarding, ObjectMetaBuilder asked) {
        if (justRequested.asMap().putIfAbsent(what, true) != null) {
            return true;
        }
        try {
            client.genericKubernetesResources(RESOURCE)
                    .inNamespace(onboarding.namespace())
                    .withName(onboarding.name())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch(asked));
            return true;
        } catch (KubernetesClientException e) {
            justRequested.invalidate(what);
            LOG.warnf(
                    "No verification of TenantOnboarding %s/%s was asked for, it waits for its interval: %s",
                    onboarding.namespace(), onboarding.name(), e.getMessage());
            return false;
        }
    }

    /** With the uid the API server refuses to patch a new object that has taken the old one's name. */
    private static ObjectMetaBuilder asked(KnownOnboarding onboarding, Instant at) {
        return new ObjectMetaBuilder()
                .withUid(onboarding.uid())
                .addToAnnotations(TenantOnboarding.RECONCILE_REQUESTED_AT, at.toString());
    }

    // As an object, since Fabric8 reads the object first when the patch is a text.
    private static GenericKubernetesResource patch(ObjectMetaBuilder metadata) {
        return new GenericKubernetesResourceBuilder()
                .withMetadata(metadata.build())
                .build();
    }
}

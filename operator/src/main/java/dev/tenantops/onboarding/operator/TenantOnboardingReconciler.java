package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.cluster.ClaimWatch;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.cluster.OnboardingStore;
import dev.tenantops.onboarding.operator.cluster.ShardWatch;
import dev.tenantops.onboarding.operator.delivery.CheckSchedule;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asks for a check of each onboarding that changed, or for which something changed in the cluster. The operator SDK watches
 * and says what is concerned; when a check comes, and what becomes of it, is not left to its retries and timers, which give
 * up.
 */
@ControllerConfiguration(
        name = TenantOnboardingReconciler.NAME,
        generationAwareEventProcessing = false,
        informer =
                @Informer(
                        onUpdateFilter = VerificationTriggers.class,
                        itemStore = OnboardingStore.class,
                        informerListLimit = TenantOnboardingReconciler.PAGE))
public class TenantOnboardingReconciler implements Reconciler<TenantOnboarding> {

    public static final String NAME = "tenant-onboarding";

    /** Ten thousand at once would be some hundred megabytes on their way into the cache, here and in the API server. */
    static final long PAGE = 500;

    private final ClusterCache cluster;
    private final ShardWatch shards;
    private final ClaimWatch claims;
    private final CheckSchedule schedule;

    public TenantOnboardingReconciler(
            ClusterCache cluster, ShardWatch shards, ClaimWatch claims, OnboardingChecks checks) {
        this.cluster = cluster;
        this.shards = shards;
        this.claims = claims;
        this.schedule = checks.schedule();
    }

    @Override
    public List<EventSource<?, TenantOnboarding>> prepareEventSources(EventSourceContext<TenantOnboarding> context) {
        return Stream.of(cluster.eventSources(context), shards.eventSources(context), claims.eventSources(context))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public UpdateControl<TenantOnboarding> reconcile(TenantOnboarding onboarding, Context<TenantOnboarding> context) {
        schedule.request(ObjectKey.of(onboarding));
        return UpdateControl.noUpdate();
    }
}

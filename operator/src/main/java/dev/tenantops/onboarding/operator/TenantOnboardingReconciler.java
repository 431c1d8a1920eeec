package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.consent.ConsentLink;
import dev.tenantops.onboarding.operator.consent.ConsentLinks;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.DesiredResolver;
import dev.tenantops.onboarding.operator.report.EventRecorder;
import dev.tenantops.onboarding.operator.report.Transition;
import dev.tenantops.onboarding.operator.status.StatusBuilder;
import dev.tenantops.onboarding.operator.status.StatusInput;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.RecheckDelay;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/** The way of an onboarding: desired, observed, judged, written down, told, and looked at again later. */
@ControllerConfiguration(
        name = TenantOnboardingReconciler.NAME,
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = MaxReconciliationInterval.DEFAULT_INTERVAL),
        informer = @Informer(onUpdateFilter = VerificationTriggers.class, itemStore = ManagedFieldsDroppingStore.class))
public class TenantOnboardingReconciler implements Reconciler<TenantOnboarding> {

    public static final String NAME = "tenant-onboarding";

    private final ClusterCache cluster;
    private final DesiredResolver resolver;
    private final OnboardingCheck check;
    private final ConsentLinks links;
    private final RecheckDelay recheck;
    private final EventRecorder events;
    private final VerificationTiming timing;
    private final Semaphore concurrency;
    private final Clock clock;

    public TenantOnboardingReconciler(
            ClusterCache cluster,
            DesiredResolver resolver,
            OnboardingCheck check,
            ConsentLinks links,
            RecheckDelay recheck,
            EventRecorder events,
            VerificationTiming timing,
            Clock clock) {
        this.cluster = cluster;
        this.resolver = resolver;
        this.check = check;
        this.links = links;
        this.recheck = recheck;
        this.events = events;
        this.timing = timing;
        this.concurrency = new Semaphore(timing.maxConcurrent());
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, TenantOnboarding>> prepareEventSources(EventSourceContext<TenantOnboarding> context) {
        return cluster.eventSources(context);
    }

    @Override
    public UpdateControl<TenantOnboarding> reconcile(TenantOnboarding onboarding, Context<TenantOnboarding> context)
            throws InterruptedException {
        var namespace = onboarding.getMetadata().getNamespace();
        var desired =
                resolver.resolve(onboarding.getSpec(), namespace, cluster.namespaceLabels(namespace), cluster::catalog);
        OnboardingVerdict verdict;
        concurrency.acquire();
        try {
            verdict = check.run(onboarding, desired);
        } finally {
            concurrency.release();
        }
        var previous = OnboardingCheck.status(onboarding);
        var status = StatusBuilder.build(input(onboarding, desired, previous, verdict));
        var delay = recheck.after(
                verdict,
                timing.interval(onboarding.getSpec()),
                ThreadLocalRandom.current().nextDouble());
        if (status.equals(previous)) {
            return UpdateControl.<TenantOnboarding>noUpdate().rescheduleAfter(delay);
        }
        events.record(onboarding, Transition.between(previous.conditions(), status.conditions()), clock.instant());
        return UpdateControl.patchStatus(withStatus(onboarding, status)).rescheduleAfter(delay);
    }

    private StatusInput input(
            TenantOnboarding onboarding,
            DesiredOnboarding desired,
            TenantOnboardingStatus previous,
            OnboardingVerdict verdict) {
        var tenantId = OnboardingCheck.tenantId(onboarding.getSpec());
        var uid = onboarding.getMetadata().getUid();
        return new StatusInput(
                onboarding.getMetadata().getGeneration(),
                previous,
                verdict,
                it -> links.verifier(catalog(desired, it.catalog()), tenantId, uid),
                it -> link(desired, it, tenantId, uid),
                VerificationTriggers.annotation(onboarding, TenantOnboarding.RECONCILE_REQUESTED_AT),
                onboarding.getSpec().suspend(),
                clock.instant(),
                timing.freshness(onboarding.getSpec()),
                timing.stallAfter());
    }

    private Optional<ConsentLink> link(
            DesiredOnboarding desired, DesiredApplication application, String tenantId, String uid) {
        return links.application(catalog(desired, application.catalog()), application, tenantId, uid);
    }

    private static DesiredCatalog catalog(DesiredOnboarding desired, String name) {
        return desired.catalogs().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Server-side apply takes what the operator says of the status, and nothing else of the resource. */
    private static TenantOnboarding withStatus(TenantOnboarding onboarding, TenantOnboardingStatus status) {
        var patch = new TenantOnboarding();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(onboarding.getMetadata().getName())
                .withNamespace(onboarding.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}

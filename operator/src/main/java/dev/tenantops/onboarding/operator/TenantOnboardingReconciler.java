package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.report.EventRecorder;
import dev.tenantops.onboarding.operator.report.LogContext;
import dev.tenantops.onboarding.operator.report.Transition;
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

/** Sends each onboarding through the pipeline: what came of it is written down, told, and looked at again later. */
@ControllerConfiguration(
        name = TenantOnboardingReconciler.NAME,
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = MaxReconciliationInterval.DEFAULT_INTERVAL),
        informer = @Informer(onUpdateFilter = VerificationTriggers.class, itemStore = ManagedFieldsDroppingStore.class))
public class TenantOnboardingReconciler implements Reconciler<TenantOnboarding> {

    public static final String NAME = "tenant-onboarding";

    private final ClusterCache cluster;
    private final OnboardingPipeline pipeline;
    private final EventRecorder events;
    private final CheckSchedule schedule;
    private final CheckTrace trace;
    private final Reconciles reconciles;
    private final Clock clock;

    public TenantOnboardingReconciler(
            ClusterCache cluster,
            OnboardingPipeline pipeline,
            EventRecorder events,
            CheckSchedule schedule,
            CheckTrace trace,
            Reconciles reconciles,
            Clock clock) {
        this.cluster = cluster;
        this.pipeline = pipeline;
        this.events = events;
        this.schedule = schedule;
        this.trace = trace;
        this.reconciles = reconciles;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, TenantOnboarding>> prepareEventSources(EventSourceContext<TenantOnboarding> context) {
        return cluster.eventSources(context);
    }

    @Override
    public UpdateControl<TenantOnboarding> reconcile(TenantOnboarding onboarding, Context<TenantOnboarding> context)
            throws InterruptedException {
        schedule.wanted(onboarding, clock.instant());
        try (var _ = LogContext.of(onboarding)) {
            if (!reconciles.enter()) {
                return UpdateControl.noUpdate();
            }
            OnboardingPipeline.Outcome outcome;
            try {
                outcome = trace.check(onboarding, () -> check(onboarding));
            } finally {
                reconciles.leave();
            }
            schedule.done(onboarding, clock.instant().plus(outcome.recheck()));
            return written(onboarding, outcome);
        }
    }

    private OnboardingPipeline.Outcome check(TenantOnboarding onboarding) {
        var labels = cluster.namespaceLabels(onboarding.getMetadata().getNamespace());
        return pipeline.run(onboarding, labels, cluster::catalog);
    }

    private UpdateControl<TenantOnboarding> written(TenantOnboarding onboarding, OnboardingPipeline.Outcome outcome) {
        var previous = OnboardingCheck.status(onboarding);
        if (outcome.status().equals(previous)) {
            return UpdateControl.<TenantOnboarding>noUpdate().rescheduleAfter(outcome.recheck());
        }
        events.record(
                onboarding,
                Transition.between(previous.conditions(), outcome.status().conditions()),
                clock.instant());
        return UpdateControl.patchStatus(withStatus(onboarding, outcome.status()))
                .rescheduleAfter(outcome.recheck());
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

package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.operator.cluster.ManagedFieldsDroppingStore;
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

/** Asks for a look at each catalog that changed. */
@ControllerConfiguration(
        name = ApplicationCatalogReconciler.NAME,
        informer = @Informer(itemStore = ManagedFieldsDroppingStore.class))
public class ApplicationCatalogReconciler implements Reconciler<ApplicationCatalog> {

    public static final String NAME = "application-catalog";

    private final CheckSchedule schedule;
    private final ShardWatch shards;

    public ApplicationCatalogReconciler(CatalogChecks checks, ShardWatch shards) {
        this.schedule = checks.schedule();
        this.shards = shards;
    }

    @Override
    public List<EventSource<?, ApplicationCatalog>> prepareEventSources(
            EventSourceContext<ApplicationCatalog> context) {
        return shards.eventSources(context);
    }

    @Override
    public UpdateControl<ApplicationCatalog> reconcile(
            ApplicationCatalog catalog, Context<ApplicationCatalog> context) {
        schedule.request(ObjectKey.of(catalog));
        return UpdateControl.noUpdate();
    }
}

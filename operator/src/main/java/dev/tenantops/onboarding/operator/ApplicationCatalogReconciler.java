package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.operator.delivery.CheckSchedule;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/** Asks for a look at each catalog that changed. */
@ControllerConfiguration(
        name = ApplicationCatalogReconciler.NAME,
        informer = @Informer(itemStore = ManagedFieldsDroppingStore.class))
public class ApplicationCatalogReconciler implements Reconciler<ApplicationCatalog> {

    public static final String NAME = "application-catalog";

    private final CheckSchedule schedule;

    public ApplicationCatalogReconciler(CatalogChecks checks) {
        this.schedule = checks.schedule();
    }

    @Override
    public UpdateControl<ApplicationCatalog> reconcile(
            ApplicationCatalog catalog, Context<ApplicationCatalog> context) {
        schedule.request(ObjectKey.of(catalog));
        return UpdateControl.noUpdate();
    }
}

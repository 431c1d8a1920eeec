package dev.tenantops.onboarding.empty;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/** Watches the few ConfigMaps of one namespace, and is content with them. */
@ControllerConfiguration(name = "nothing")
public class Nothing implements Reconciler<ConfigMap> {

    @Override
    public UpdateControl<ConfigMap> reconcile(ConfigMap any, Context<ConfigMap> context) {
        return UpdateControl.noUpdate();
    }
}

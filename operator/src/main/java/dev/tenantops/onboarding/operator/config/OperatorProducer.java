package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.cluster.NoProxyConfigCustomizer;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.Mode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Registers the reconcilers, in place of the SDK's own producer. That one's bean has a client proxy, whose constructor
 * builds a Kubernetes client for nothing, from the environment and past {@link NoProxyConfigCustomizer}.
 */
@Singleton
public class OperatorProducer {

    @Produces
    @Singleton
    Operator operator(
            QuarkusConfigurationService defaults,
            KubernetesClient client,
            ReconcilerThread threads,
            OnboardingConfig config,
            Instance<Reconciler<? extends HasMetadata>> reconcilers) {
        var settings = new ReconcilerSettings(defaults, client, threads.executor());
        var operator = new Operator(settings);
        if (config.mode() == Mode.Operator) {
            reconcilers.stream().forEach(it -> register(operator, it, settings));
        }
        return operator;
    }

    private static <R extends HasMetadata> void register(
            Operator operator, Reconciler<R> reconciler, ReconcilerSettings settings) {
        var configuration = settings.getConfigurationFor(reconciler);
        // A reconciler takes its threads and its cloner from here, not from the operator.
        configuration.setParent(settings);
        operator.register(reconciler, configuration);
    }
}

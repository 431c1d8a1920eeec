package dev.tenantops.onboarding.sandbox.replicas;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.operator.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the onboardings of a namespace that are Ready, and how often any of them was written. */
final class OnboardingWatch implements AutoCloseable {

    private final Set<String> ready = ConcurrentHashMap.newKeySet();
    private final LongAdder writes = new LongAdder();
    private final SharedIndexInformer<TenantOnboarding> informer;

    OnboardingWatch(KubernetesClient client, String namespace) {
        informer =
                client.resources(TenantOnboarding.class).inNamespace(namespace).inform(new Counter());
    }

    int ready() {
        return ready.size();
    }

    long writes() {
        return writes.sum();
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Counter implements ResourceEventHandler<TenantOnboarding> {
        @Override
        public void onAdd(TenantOnboarding onboarding) {
            note(onboarding);
        }

        @Override
        public void onUpdate(TenantOnboarding before, TenantOnboarding onboarding) {
            writes.increment();
            note(onboarding);
        }

        @Override
        public void onDelete(TenantOnboarding onboarding, boolean finalStateUnknown) {
            ready.remove(onboarding.getMetadata().getName());
        }

        private void note(TenantOnboarding onboarding) {
            String name = onboarding.getMetadata().getName();
            if (Conditions.isReady(onboarding)) {
                ready.add(name);
            } else {
                ready.remove(name);
            }
        }
    }
}

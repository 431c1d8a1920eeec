package dev.tenantops.onboarding.sandbox.chaos.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.ApiGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All that is published: each stored version of each onboarding, and each Event. Watches the API server itself. */
final class Publications implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Observed> byUid = new ConcurrentHashMap<>();
    private final Map<String, String> uids = new ConcurrentHashMap<>();
    private final Consumer<StoredStatus> listener;
    private final SharedIndexInformer<GenericKubernetesResource> onboardings;
    private final SharedIndexInformer<Event> events;

    /** @param listener hears of each version */
    Publications(KubernetesClient client, Consumer<StoredStatus> listener) {
        this.listener = listener;
        this.onboardings = client.genericKubernetesResources(ApiGroup.NAME + "/" + ApiGroup.VERSION, "TenantOnboarding")
                .inAnyNamespace()
                .inform(new Onboardings());
        this.events = client.events().v1().events().inAnyNamespace().inform(new Events());
    }

    Observed of(String uid) {
        return byUid.computeIfAbsent(uid, _ -> new Observed());
    }

    /** What there is now under this name. */
    Optional<Observed> current(String namespace, String name) {
        return Optional.ofNullable(uids.get(namespace + "/" + name))
                .map(this::of)
                .filter(it -> it.known() && !it.isGone());
    }

    List<Observed> all() {
        return byUid.values().stream().filter(Observed::known).toList();
    }

    @Override
    public void close() {
        onboardings.close();
        events.close();
    }

    private final class Onboardings implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource object) {
            note(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            if (!before.getMetadata().getUid().equals(object.getMetadata().getUid())) {
                of(before.getMetadata().getUid()).gone();
            }
            note(object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
            of(object.getMetadata().getUid()).gone();
            uids.remove(key(object), object.getMetadata().getUid());
        }

        private void note(GenericKubernetesResource object) {
            StoredStatus version = new StoredStatus(System.nanoTime(), JSON.valueToTree(object));
            of(version.uid()).stored(version);
            uids.put(key(object), version.uid());
            listener.accept(version);
        }

        private static String key(GenericKubernetesResource object) {
            return object.getMetadata().getNamespace() + "/"
                    + object.getMetadata().getName();
        }
    }

    private final class Events implements ResourceEventHandler<Event> {

        @Override
        public void onAdd(Event event) {
            if (event.getRegarding() != null
                    && "TenantOnboarding".equals(event.getRegarding().getKind())
                    && event.getRegarding().getUid() != null) {
                of(event.getRegarding().getUid())
                        .told(
                                event.getReason(),
                                new Observed.Told(
                                        System.nanoTime(), event.getMetadata().getName(), event.getNote()));
            }
        }

        @Override
        public void onUpdate(Event before, Event event) {
            onAdd(event);
        }

        @Override
        public void onDelete(Event event, boolean finalStateUnknown) {}
    }
}

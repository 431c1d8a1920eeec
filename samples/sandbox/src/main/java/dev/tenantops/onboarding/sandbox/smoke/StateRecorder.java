package dev.tenantops.onboarding.sandbox.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ConditionType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes catalogs and onboardings into a folder as the API server shows them, one file for each status that differs in its
 * conditions from all before. The name of a file begins with {@code after-ready} when the object had been Ready before,
 * which the object alone does not show.
 */
final class StateRecorder implements AutoCloseable {

    private static final List<String> KINDS = List.of("ApplicationCatalog", "TenantOnboarding");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Path folder;
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers;
    private final Set<String> ready = new HashSet<>();
    private final Set<String> seen = new HashSet<>();

    /** Empties the folder, and begins with what is there. */
    StateRecorder(KubernetesClient client, Path folder) {
        this.folder = folder;
        emptied(folder);
        informers = KINDS.stream()
                .map(it -> client.genericKubernetesResources(ApiGroup.NAME + "/" + ApiGroup.VERSION, it)
                        .inAnyNamespace()
                        .inform(new Recorder()))
                .toList();
    }

    /** How many differing statuses were recorded. */
    synchronized int recorded() {
        return seen.size();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }

    private synchronized void record(GenericKubernetesResource resource) {
        ObjectNode object = YAML.convertValue(resource, ObjectNode.class);
        object.withObject("/metadata").remove("managedFields");
        String uid = object.at("/metadata/uid").asText();
        boolean onceReady = ready.contains(uid);
        if (seen.add(conditionsOf(object) + " onceReady=" + onceReady)) {
            write(object, onceReady);
        }
        if (condition(object, ConditionType.READY).path("status").asText().equals("True")) {
            ready.add(uid);
        }
    }

    private void write(ObjectNode object, boolean onceReady) {
        String reason = isVisited(object)
                ? condition(object, ConditionType.READY).path("reason").asText()
                : "not-visited";
        String name = "%s-%03d-%s-%s-%s.yaml"
                .formatted(
                        onceReady ? "after-ready" : "before-ready",
                        seen.size(),
                        object.path("kind").asText(),
                        object.at("/metadata/name").asText(),
                        reason);
        try {
            Files.writeString(folder.resolve(name), YAML.asYaml(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String conditionsOf(JsonNode object) {
        return Stream.of(
                        ConditionType.READY,
                        ConditionType.CONSENT_GRANTED,
                        ConditionType.NETWORK_REACHABLE,
                        ConditionType.CREDENTIALS_VALID,
                        ConditionType.RECONCILING,
                        ConditionType.STALLED)
                .map(type -> condition(object, type))
                .map(it -> it.path("status").asText() + " " + it.path("reason").asText())
                .collect(Collectors.joining(
                        "; ", object.path("kind").asText() + " visited=" + isVisited(object) + " ", ""));
    }

    private static JsonNode condition(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return object.path("absent");
    }

    private static boolean isVisited(JsonNode object) {
        return object.at("/status/observedGeneration").asLong(-1)
                == object.at("/metadata/generation").asLong();
    }

    private static void emptied(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Recorder implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource resource) {
            record(resource);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource resource) {
            record(resource);
        }

        @Override
        public void onDelete(GenericKubernetesResource resource, boolean finalStateUnknown) {}
    }
}

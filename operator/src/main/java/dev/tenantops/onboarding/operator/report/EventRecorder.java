package dev.tenantops.onboarding.operator.report;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Records transitions as Events (events.k8s.io/v1) and as one log line each. An Event is named after what changed in which
 * version of a resource. So one that was recorded before its status could be written, by this replica or by one that was
 * killed, is not recorded twice.
 */
public final class EventRecorder {

    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    private static final String CONTROLLER = "tenant-onboarding-operator";
    private static final int NOTE_LIMIT = 1024;
    private static final int NAME_LIMIT = 200;

    private final KubernetesClient client;
    private final String instance;

    /**
     * @param instance the name of this replica
     */
    public EventRecorder(KubernetesClient client, String instance) {
        this.client = client;
        this.instance = instance;
    }

    /** Records what changed for a resource. An Event that cannot be written is logged and given up. */
    public void record(HasMetadata resource, List<Transition> transitions, Instant now) {
        for (Transition transition : transitions) {
            LOG.infof(
                    "%s %s: %s: %s",
                    resource.getKind(), qualifiedName(resource), transition.reason(), transition.message());
            publish(resource, transition, now);
        }
    }

    private void publish(HasMetadata resource, Transition transition, Instant now) {
        var metadata = resource.getMetadata();
        var namespace = Optional.ofNullable(metadata.getNamespace()).orElse("default");
        var name = metadata.getName();
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(name.substring(0, Math.min(name.length(), NAME_LIMIT)) + "." + identity(resource, transition))
                .withNamespace(namespace)
                .endMetadata()
                .withEventTime(new MicroTime(now.truncatedTo(ChronoUnit.MICROS).toString()))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withAction("Verify")
                .withReason(transition.reason())
                .withType(transition.warning() ? "Warning" : "Normal")
                .withNote(shortened(transition.message()))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(resource.getApiVersion())
                        .withKind(resource.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(name)
                        .withUid(metadata.getUid())
                        .withResourceVersion(metadata.getResourceVersion())
                        .build())
                .build();
        try {
            client.events().v1().events().inNamespace(namespace).resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return;
            }
            LOG.warnf("No Event could be written for %s: %s", qualifiedName(resource), e.getMessage());
        }
    }

    private static UUID identity(HasMetadata resource, Transition transition) {
        var metadata = resource.getMetadata();
        var version = String.join(
                " ",
                metadata.getUid(),
                metadata.getResourceVersion(),
                transition.reason(),
                Boolean.toString(transition.warning()));
        return UUID.nameUUIDFromBytes(version.getBytes(StandardCharsets.UTF_8));
    }

    private static String qualifiedName(HasMetadata resource) {
        var metadata = resource.getMetadata();
        return metadata.getNamespace() == null
                ? metadata.getName()
                : metadata.getNamespace() + "/" + metadata.getName();
    }

    /** The API server counts bytes. */
    private static String shortened(String message) {
        var note = message;
        while (note.getBytes(StandardCharsets.UTF_8).length > NOTE_LIMIT) {
            note = note.substring(0, note.length() - (note.length() > NOTE_LIMIT ? note.length() - NOTE_LIMIT : 1));
        }
        return note;
    }
}

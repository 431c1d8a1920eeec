package dev.tenantops.onboarding.operator.delivery;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.operator.report.Transition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Tells of states that were stored: as Events (events.k8s.io/v1), and as one log line each. An Event is written at once, so
 * that a crash costs few; one that is refused waits, and with it those after it, while statuses go on. An Event is
 * named after what changed in which version of a resource, so one that was told of already, by this replica or by another,
 * is not told of again.
 */
public final class EventWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EventWriter.class);
    private static final String CONTROLLER = "tenant-onboarding-operator";
    private static final int NOTE_LIMIT = 1024;
    private static final int NAME_LIMIT = 200;

    /** Enough for three of each of ten thousand onboardings. */
    private static final int MOST_WAITING = 30_000;

    private static final int MOST_TRIES = 7;
    private static final Duration DRAIN_PAUSE = Duration.ofMillis(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(3);

    /** The API server wants exactly six digits. */
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final String instance;
    private final Optional<String> runbooks;
    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Thread writer;

    /**
     * @param instance the name of this replica
     * @param runbooks where people can read them, a file for each reason
     */
    public EventWriter(KubernetesClient client, String instance, Optional<URI> runbooks) {
        this.client = client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .withRequestTimeout((int) LONGEST_REQUEST.toMillis())
                                .build())
                .adapt(KubernetesClient.class);
        this.instance = instance;
        this.runbooks = runbooks.map(it -> it.toString().replaceFirst("/+$", ""));
        this.writer = Thread.ofVirtual().name("events").start(this::work);
    }

    /**
     * Tells what changed when a resource was written over. It takes no longer than one request each; an Event that cannot
     * be written for a minute is logged and given up.
     *
     * @param before the resource as it was
     */
    public void tell(HasMetadata before, List<Transition> transitions, Instant now) {
        for (Transition transition : transitions) {
            LOG.infof(
                    "%s %s: %s: %s", before.getKind(), ObjectKey.of(before), transition.reason(), transition.message());
            var event = event(before, transition, now);
            if (idle() && isWritten(event)) {
                continue;
            }
            unwritten.incrementAndGet();
            if (!waiting.offer(event)) {
                unwritten.decrementAndGet();
                LOG.warnf(
                        "No Event is written of that for %s %s: %d others wait to be written.",
                        before.getKind(), ObjectKey.of(before), MOST_WAITING);
            }
        }
    }

    /** Gives up what waits. */
    @Override
    public void close() {
        writer.interrupt();
    }

    /** Waits until all that was told is written or given up, but no longer than this. */
    public void drain(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!idle() && deadline - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(DRAIN_PAUSE.toMillis());
        }
    }

    /** Whether all that was told is written, or given up. */
    boolean idle() {
        return unwritten.get() == 0;
    }

    private boolean isWritten(Event event) {
        try {
            create(event);
            return true;
        } catch (RuntimeException e) {
            return e instanceof KubernetesClientException refused
                    && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
        }
    }

    private void create(Event event) {
        client.events()
                .v1()
                .events()
                .inNamespace(event.getMetadata().getNamespace())
                .resource(event)
                .create();
    }

    private void work() {
        try {
            while (true) {
                write(waiting.take());
                unwritten.decrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Event event) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                create(event);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                    return;
                }
                if (tries == MOST_TRIES || isFinal(e.getCode())) {
                    LOG.warnf(
                            "No Event %s could be written for %s/%s: %s",
                            event.getReason(),
                            event.getMetadata().getNamespace(),
                            event.getRegarding().getName(),
                            e.getMessage());
                    return;
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "No Event %s could be written", event.getReason());
                return;
            }
            TimeUnit.MILLISECONDS.sleep(
                    FIRST_PAUSE.multipliedBy(1L << (tries - 1)).toMillis());
        }
    }

    /** The next attempt would get the same answer: the request is wrong, or its namespace is gone or ending. */
    private static boolean isFinal(int code) {
        return code == HttpURLConnection.HTTP_BAD_REQUEST
                || code == HttpURLConnection.HTTP_FORBIDDEN
                || code == HttpURLConnection.HTTP_NOT_FOUND
                || code == 422;
    }

    private Event event(HasMetadata before, Transition transition, Instant now) {
        var metadata = before.getMetadata();
        var name = metadata.getName();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name.substring(0, Math.min(name.length(), NAME_LIMIT)) + "." + identity(before, transition))
                .withNamespace(Optional.ofNullable(metadata.getNamespace()).orElse("default"))
                .withAnnotations(annotations(transition))
                .endMetadata()
                .withEventTime(new MicroTime(MICROSECONDS.format(now)))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withAction("Verify")
                .withReason(transition.reason())
                .withType(transition.warning() ? "Warning" : "Normal")
                .withNote(shortened(transition.message()))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(before.getApiVersion())
                        .withKind(before.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(name)
                        .withUid(metadata.getUid())
                        .withResourceVersion(metadata.getResourceVersion())
                        .build())
                .build();
    }

    private Map<String, String> annotations(Transition transition) {
        return runbooks.map(it -> Map.of(ApiGroup.RUNBOOK_ANNOTATION, it + "/" + transition.reason() + ".md"))
                .orElse(Map.of());
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

    /** The API server counts bytes. */
    private static String shortened(String message) {
        var note = message;
        while (note.getBytes(StandardCharsets.UTF_8).length > NOTE_LIMIT) {
            note = note.substring(0, note.length() - (note.length() > NOTE_LIMIT ? note.length() - NOTE_LIMIT : 1));
        }
        return note;
    }
}

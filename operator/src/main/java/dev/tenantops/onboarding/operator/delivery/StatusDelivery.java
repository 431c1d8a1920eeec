package dev.tenantops.onboarding.operator.delivery;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionedStatus;
import dev.tenantops.onboarding.operator.report.Transition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes one status at a time to the API server, of the object as that is there, and has an Event written of what was stored.
 * Other objects may be on their way at the same time; the same one is not.
 *
 * @param <R> the kind
 * @param <P> its spec
 * @param <S> its status
 */
final class StatusDelivery<R extends CustomResource<P, S>, P, S extends ConditionedStatus> {

    private static final int MOST_CONFLICTS = 3;
    private static final int INVALID = 422;
    private static final int SERVER_ERROR = 500;

    private final StatusRequests<R, S> requests;
    private final EventWriter events;
    private final StatusWriter.Kind<R, S> kind;
    private final Clock clock;
    private final NewerObjects<R> newer = new NewerObjects<>(System::nanoTime);
    private final Map<ObjectKey, Attempt<R, S>> unanswered = new ConcurrentHashMap<>();

    /** A write of which nobody knows whether it was done. */
    private record Attempt<R, S>(R read, S status) {}

    StatusDelivery(StatusRequests<R, S> requests, EventWriter events, StatusWriter.Kind<R, S> kind, Clock clock) {
        this.requests = requests;
        this.events = events;
        this.kind = kind;
        this.clock = clock;
    }

    R latest(R cached) {
        return newer.latest(cached);
    }

    Duration unseen() {
        return newer.unseen();
    }

    void retain(Set<ObjectKey> known) {
        newer.retain(known);
        unanswered.keySet().retainAll(known);
    }

    /** @return why it is not written; empty once nothing is left to write */
    Optional<Reply.Refused<R>> write(ObjectKey key, Publication<R, S> publication) throws InterruptedException {
        var current = latest(publication.judged());
        for (int conflicts = 0; conflicts < MOST_CONFLICTS; conflicts++) {
            if (!publication.isAbout(current)) {
                unanswered.remove(key);
                kind.again().accept(key);
                return Optional.empty();
            }
            tellOfUnanswered(key, current);
            var status = publication.verdict().status(current);
            if (isWritten(status, current)) {
                return Optional.empty();
            }
            switch (put(key, current, status.get())) {
                case Reply.Stored<R> _ -> {
                    return Optional.empty();
                }
                case Reply.Refused<R> refused -> {
                    if (refused.code() == INVALID) {
                        putInstead(key, current);
                    }
                    return Optional.of(refused);
                }
                case Reply.Absent<R> _, Reply.Changed<R> _, Reply.Found<R> _ -> {}
            }
            switch (requests.get(key)) {
                case Reply.Found<R>(R found) -> {
                    if (!kind.mine().test(found)) {
                        forget(key);
                        return Optional.empty();
                    }
                    newer.found(found, current);
                    current = found;
                }
                case Reply.Refused<R> refused -> {
                    return Optional.of(refused);
                }
                case Reply.Absent<R> _, Reply.Changed<R> _, Reply.Stored<R> _ -> {
                    forget(key);
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Reply.Refused<>(409, "something else keeps changing the object", Optional.empty()));
    }

    private void putInstead(ObjectKey key, R current) throws InterruptedException {
        var instead = kind.unwritable().apply(current);
        if (!isWritten(instead, current)) {
            put(key, current, instead.get());
        }
    }

    private Reply<R> put(ObjectKey key, R current, S status) throws InterruptedException {
        var reply = requests.put(current, status);
        kind.listener().written(kind.type().getSimpleName(), !(reply instanceof Reply.Stored));
        switch (reply) {
            case Reply.Stored<R>(String version) -> {
                unanswered.remove(key);
                newer.stored(withStatus(current, status, version));
                tell(current, status);
            }
            case Reply.Refused<R> refused -> {
                newer.trouble();
                if (refused.code() == 0 || refused.code() >= SERVER_ERROR) {
                    unanswered.put(key, new Attempt<>(current, status));
                }
            }
            case Reply.Absent<R> _, Reply.Changed<R> _, Reply.Found<R> _ -> {}
        }
        return reply;
    }

    /** What was stored after all, although the answer got lost, is told of as if it had come. */
    private void tellOfUnanswered(ObjectKey key, R current) {
        var attempt = unanswered.get(key);
        if (attempt != null && NewerObjects.isNewer(current, attempt.read())) {
            unanswered.remove(key);
            if (attempt.status().equals(current.getStatus())) {
                tell(attempt.read(), attempt.status());
            }
        }
    }

    private void tell(R before, S status) {
        events.tell(before, Transition.between(conditions(before), status.conditions()), clock.instant());
    }

    private void forget(ObjectKey key) {
        newer.forget(key);
        unanswered.remove(key);
    }

    private R withStatus(R current, S status, String version) {
        var object = kind.empty().get();
        object.setMetadata(new ObjectMetaBuilder(current.getMetadata())
                .withResourceVersion(version)
                .build());
        object.setSpec(current.getSpec());
        object.setStatus(status);
        return object;
    }

    boolean isWritten(Optional<S> status, R current) {
        return status.isEmpty() || status.get().equals(current.getStatus());
    }

    static <S extends ConditionedStatus, R extends CustomResource<?, S>> List<Condition> conditions(R object) {
        return Optional.ofNullable(object.getStatus())
                .map(ConditionedStatus::conditions)
                .orElse(List.of());
    }
}

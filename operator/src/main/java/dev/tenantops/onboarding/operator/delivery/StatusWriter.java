package dev.tenantops.onboarding.operator.delivery;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.ConditionedStatus;
import dev.tenantops.onboarding.operator.delivery.WriteQueue.Turn;
import dev.tenantops.onboarding.operator.report.LogContext;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The one that writes the statuses of a kind, and the Events of what it wrote.
 *
 * <p>It writes to the very object that was judged, few at once, the latest verdict of an object only, what withdraws a green
 * first; and it tries for ever. What the object has become meanwhile decides whether the verdict still is about it: if its
 * spec is the one that was judged, the status is made anew on what the object says now, else the object is judged anew.
 *
 * @param <R> the kind
 * @param <P> its spec
 * @param <S> its status
 */
public final class StatusWriter<R extends CustomResource<P, S>, P, S extends ConditionedStatus>
        implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StatusWriter.class);

    /** So many that the writers never wait for a look, and few beside the objects that there are. */
    static final int ROOM = 256;

    private final StatusDelivery<R, P, S> delivery;
    private final Kind<R, S> kind;
    private final BooleanSupplier leading;
    private final WriteQueue<Publication<R, S>> queue =
            new WriteQueue<>(System::nanoTime, () -> ThreadLocalRandom.current().nextLong(1000));
    private final AtomicBoolean complained = new AtomicBoolean();
    private final List<Thread> workers = new ArrayList<>();

    /**
     * What came of a look at an object.
     *
     * @param <R> the kind
     * @param <S> its status
     */
    @FunctionalInterface
    public interface Verdict<R, S> {

        /** The status that it gives an object of the spec that was looked at; empty if that object knows better. */
        Optional<S> status(R current);

        /** The same for as long as it may have to wait, in as little memory as possible. */
        default Verdict<R, S> lean() {
            return this;
        }
    }

    /**
     * What the writer has to know of a kind.
     *
     * @param type its class
     * @param empty makes an object of it
     * @param again has an object judged that is no longer the one that a verdict was about
     * @param listener is told of each write
     * @param unwritable the status to write instead of one that the API server finds invalid, if there is one
     * @param mine whether an object is this operator's to write, as it is now
     */
    public record Kind<R, S>(
            Class<R> type,
            Supplier<R> empty,
            Consumer<ObjectKey> again,
            DeliveryListener listener,
            Function<R, Optional<S>> unwritable,
            Predicate<R> mine) {

        /** Every object is this operator's. */
        public Kind(
                Class<R> type,
                Supplier<R> empty,
                Consumer<ObjectKey> again,
                DeliveryListener listener,
                Function<R, Optional<S>> unwritable) {
            this(type, empty, again, listener, unwritable, _ -> true);
        }
    }

    /** @param leading whether this replica may write; asked before each request */
    public StatusWriter(
            KubernetesClient client, EventWriter events, Kind<R, S> kind, BooleanSupplier leading, Clock clock) {
        this(new KubernetesStatusRequests<>(client, kind.type(), kind.empty()), events, kind, leading, clock);
    }

    StatusWriter(
            StatusRequests<R, S> requests, EventWriter events, Kind<R, S> kind, BooleanSupplier leading, Clock clock) {
        this.delivery = new StatusDelivery<>(requests, events, kind, clock);
        this.kind = kind;
        this.leading = leading;
    }

    /** @param atOnce how many requests are under way at most */
    public void start(int atOnce) {
        for (int i = 0; i < atOnce; i++) {
            workers.add(Thread.ofVirtual()
                    .name("statuses-of-" + kind.type().getSimpleName() + "-" + i)
                    .start(this::work));
        }
    }

    /**
     * Has a verdict written, in place of an older one that waits. Returns at once.
     *
     * @param judged the object that the verdict is about
     */
    public void publish(R judged, Verdict<R, S> verdict) {
        var key = ObjectKey.of(judged);
        var publication = new Publication<>(judged, verdict, false, LogContext.trace());
        var current = latest(judged);
        if (!publication.isAbout(current)) {
            kind.again().accept(key);
            return;
        }
        var status = verdict.status(current);
        if (delivery.isWritten(status, current) && !queue.waitsFor(key)) {
            return;
        }
        queue.offer(key, asItWaits(publication), withdraws(current, status));
    }

    /**
     * The same for what holds of any spec, and what any verdict knows better: if one waits, that one has to go first.
     */
    public void publishUnlessWaiting(R judged, Verdict<R, S> verdict) {
        queue.offerUnlessWaiting(ObjectKey.of(judged), new Publication<>(judged, verdict, true, Optional.empty()));
    }

    /**
     * Waits while more than a few statuses can be written. What is found faster than it is written costs memory for each
     * object, and gets old before it is seen.
     */
    public void awaitRoom() throws InterruptedException {
        queue.awaitRoom(ROOM);
    }

    /** An object as it was last written or found, where a cache does not show that yet. */
    public R latest(R cached) {
        return delivery.latest(cached);
    }

    /**
     * For how long the caches have not shown what is stored, although the API server has been well: a watch that is silent
     * looks like one on which nothing happens.
     */
    public Duration unseen() {
        return delivery.unseen();
    }

    /** Forgets all objects but these. */
    public void retain(Set<ObjectKey> known) {
        delivery.retain(known);
    }

    /** What waits to be written. */
    public WriteQueue.Waiting waiting() {
        return queue.waiting();
    }

    /** How long it takes until something is tried again, if nothing happens before. */
    Optional<Duration> untilNext() {
        return queue.untilNext();
    }

    /** Writes what can be written at once, and gives the rest up: the next leader judges anew. */
    public void stop(Duration limit) throws InterruptedException {
        queue.close();
        var deadline = System.nanoTime() + limit.toNanos();
        for (Thread worker : workers) {
            worker.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        close();
    }

    @Override
    public void close() {
        queue.close();
        workers.forEach(Thread::interrupt);
    }

    private void work() {
        try {
            var turn = queue.take();
            while (turn.isPresent()) {
                var publication = turn.get().value();
                try (var _ = LogContext.ofAny(publication.judged());
                        var _ = LogContext.ofTrace(publication.trace())) {
                    carryOut(turn.get());
                }
                turn = queue.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(Turn<Publication<R, S>> turn) throws InterruptedException {
        Optional<Reply.Refused<R>> refused;
        try {
            refused = leading.getAsBoolean()
                    ? delivery.write(turn.key(), turn.value())
                    : Optional.of(new Reply.Refused<>(0, "this replica does not hold the lease", Optional.empty()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "The status of %s %s could not be made", kind.type().getSimpleName(), turn.key());
            queue.settle(turn);
            kind.again().accept(turn.key());
            return;
        }
        if (refused.isEmpty()) {
            queue.settle(turn);
            if (complained.get() && queue.waiting().refused() == 0 && complained.compareAndSet(true, false)) {
                LOG.infof(
                        "The statuses of all %s are written again", kind.type().getSimpleName());
            }
            return;
        }
        var since = queue.refuse(
                turn,
                asItWaits(turn.value()),
                refused.get().retryAfter(),
                refused.get().overloaded());
        if (since.compareTo(WriteQueue.LONGEST_PAUSE) > 0 && complained.compareAndSet(false, true)) {
            LOG.errorf(
                    "The status of %s %s could not be written for %d s: %s. What kubectl shows is older than what is"
                            + " known; believe it until status.validUntil at most. Look at the API server, its webhooks"
                            + " and policies, and the operator's rights. The operator goes on trying, and says no more"
                            + " until all are written; the metric tenant_onboarding_unwritten_statuses counts them.",
                    kind.type().getSimpleName(), turn.key(), since.toSeconds(), refused.get());
        }
    }

    /**
     * As it waits. With its readings a verdict holds of an object that changes meanwhile, also where Microsoft answers no
     * more; of more than a few they would take all memory there is.
     */
    private Publication<R, S> asItWaits(Publication<R, S> publication) {
        return queue.isCrowded(ROOM) ? publication.lean() : publication;
    }

    private boolean withdraws(R current, Optional<S> status) {
        return ready(StatusDelivery.conditions(current))
                && !ready(status.map(ConditionedStatus::conditions).orElse(List.of()));
    }

    private static boolean ready(List<Condition> conditions) {
        return conditions.stream().anyMatch(it -> it.type().equals(ConditionType.READY) && it.status() == Status.True);
    }
}

package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.AdministratorPages.Found;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells open pages that something else is to be shown, and nothing of what. All pages of an onboarding share one look at it,
 * however many there are. Of what a reader has not taken, the last word alone is kept; whoever takes nothing for long is cut
 * off.
 */
public final class PageStreams implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PageStreams.class);

    private static final Duration ROUND = PageSnapshot.COUNTS;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** Several writes come soon after each other. */
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private final AdministratorPages pages;
    private final Limits limits;

    /** The open pages of each link, by its token. */
    private final Map<String, Set<Reader>> watched = new ConcurrentHashMap<>();

    /** The tokens of {@code watched} by uid: with a catalog ten thousand onboardings change, of which few are open. */
    private final Map<String, Set<String>> open = new ConcurrentHashMap<>();

    private final Counted readers = new Counted();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("page-streams").factory());

    /**
     * How many streams there may be at once.
     *
     * @param all of everybody
     * @param link of one link
     * @param address of one address
     */
    public record Limits(int all, int link, int address) {}

    /** What is told. */
    sealed interface Told {

        /** What is shown is of this revision. */
        record Shows(String revision) implements Told {}

        /** The link is good no longer. */
        record Ended() implements Told {}

        /** Nothing; so that nobody on the way takes the connection for dead. */
        record Nothing() implements Told {}
    }

    /**
     * One open page. It knows itself what it was told: those of one link came at different times, and one who comes with what
     * is new has not told it to the others.
     */
    private static final class Reader {

        private final MultiEmitter<? super Told> emitter;
        private final Runnable cut;
        private final AtomicBoolean waited = new AtomicBoolean();
        private volatile String last = "";

        Reader(MultiEmitter<? super Told> emitter, Runnable cut) {
            this.emitter = emitter;
            this.cut = cut;
        }

        void tell(Told told) {
            emitter.emit(told);
        }

        void tellOnce(String revision) {
            if (!revision.equals(last)) {
                last = revision;
                tell(new Told.Shows(revision));
            }
        }

        /** Whoever has taken nothing since the last word of this kind is gone, or wants us to keep what it does not take. */
        void keepAlive() {
            if (emitter.requested() > 0) {
                waited.set(false);
                tell(new Told.Nothing());
            } else if (waited.getAndSet(true)) {
                cut.run();
            }
        }
    }

    public PageStreams(AdministratorPages pages, Limits limits) {
        this.pages = pages;
        this.limits = limits;
    }

    /** Begins to look. */
    public void start() {
        every(ROUND, () -> watched.keySet().forEach(this::look));
        every(KEEP_ALIVE, () -> watched.values().forEach(it -> it.forEach(Reader::keepAlive)));
    }

    private void every(Duration time, Runnable work) {
        looks.scheduleWithFixedDelay(() -> safely(work), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all streams, so that the pages connect to another replica. */
    @Override
    public void close() {
        looks.shutdownNow();
        watched.values().forEach(it -> it.forEach(reader -> reader.emitter.complete()));
    }

    /** Something about an onboarding changed. Cheap where no page of it is open. */
    public void changed(String uid) {
        if (open.containsKey(uid) && !looks.isShutdown() && changed.add(uid)) {
            looks.schedule(
                    () -> safely(() -> {
                        changed.remove(uid);
                        open.getOrDefault(uid, Set.of()).forEach(this::look);
                    }),
                    AT_ONCE.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Whether there is room for one more. */
    boolean hasRoom(String token, String address) {
        return readers.hasRoom(keys(token, address));
    }

    /**
     * What is told to one page, beginning with what is shown now. It ends at once where there is no room any more.
     *
     * @param cut ends the connection of somebody who does not read
     */
    Multi<Told> open(String token, PageSnapshot shown, String address, Runnable cut) {
        return Multi.createFrom()
                .emitter(it -> begin(token, shown, address, new Reader(it, cut)), BackPressureStrategy.LATEST);
    }

    private List<Counted.Key> keys(String token, String address) {
        return List.of(
                new Counted.Key("all", limits.all()),
                new Counted.Key("link " + token, limits.link()),
                new Counted.Key("address " + address, limits.address()));
    }

    private void begin(String token, PageSnapshot shown, String address, Reader reader) {
        var keys = keys(token, address);
        if (looks.isShutdown() || !readers.enter(keys)) {
            reader.emitter.complete();
            return;
        }
        reader.tellOnce(shown.revision());
        watched.compute(token, (_, known) -> {
            var all = known == null ? ConcurrentHashMap.<Reader>newKeySet() : known;
            all.add(reader);
            open.compute(shown.uid(), (_, others) -> {
                var tokens = others == null ? ConcurrentHashMap.<String>newKeySet() : others;
                tokens.add(token);
                return tokens;
            });
            return all;
        });
        reader.emitter.onTermination(() -> {
            readers.leave(keys);
            watched.computeIfPresent(token, (_, all) -> {
                all.remove(reader);
                if (!all.isEmpty()) {
                    return all;
                }
                open.computeIfPresent(shown.uid(), (_, tokens) -> {
                    tokens.remove(token);
                    return tokens.isEmpty() ? null : tokens;
                });
                return null;
            });
        });
        if (looks.isShutdown()) {
            reader.emitter.complete();
        } else {
            // What changed since it was looked at for this reader is news for all.
            changed(shown.uid());
        }
    }

    private void look(String token) {
        var all = watched.get(token);
        if (all == null) {
            return;
        }
        switch (pages.find(token)) {
            case Found.Shown(var page) -> all.forEach(it -> it.tellOnce(page.revision()));
            case Found.Ended _, Found.Nothing _ ->
                all.forEach(it -> {
                    it.tell(new Told.Ended());
                    it.emitter.complete();
                });
            case Found.Unavailable _ -> {
                // They keep what they have until somebody can tell.
            }
        }
    }

    /** A look that throws would end all those after it. */
    private static void safely(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn("Open pages could not be told of a change, and are at the next look", e);
        }
    }
}

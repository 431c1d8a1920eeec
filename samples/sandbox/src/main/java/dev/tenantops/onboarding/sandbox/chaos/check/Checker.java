package dev.tenantops.onboarding.sandbox.chaos.check;

import dev.tenantops.onboarding.sandbox.chaos.check.Observed.Transition;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customer;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customers;
import dev.tenantops.onboarding.sandbox.chaos.fault.ObjectFaults;
import dev.tenantops.onboarding.sandbox.chaos.fault.World;
import dev.tenantops.onboarding.sandbox.chaos.journal.Impediments;
import dev.tenantops.onboarding.sandbox.chaos.journal.Journal;
import dev.tenantops.onboarding.sandbox.chaos.machine.Footprint;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows the truth, watches everything that is published, and says what must not be. It looks twice a second, and asks the
 * API server past the gateway.
 */
public final class Checker implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofMillis(2000);
    private static final Pattern TENANT = Pattern.compile("c4a05000-0000-4000-8000-[0-9a-f]{12}");
    private static final long NEVER = Long.MAX_VALUE;

    private final World world;
    private final Customers customers;
    private final Journal journal;
    private final Impediments impediments;
    private final Publications publications;
    private final Requests requests;
    private final LeaderMonitor leader;
    private final Set<String> checkedTransitions = ConcurrentHashMap.newKeySet();
    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("checker").daemon().factory());
    private volatile Footprint largest = Footprint.NOTHING;
    private volatile int mostConnections;
    private volatile long calmSince = NEVER;
    private long lastLook = System.nanoTime();

    public Checker(World world) {
        this.world = world;
        this.customers = world.customers();
        this.journal = world.journal();
        this.impediments = world.impediments();
        this.requests = new Requests(world.stage().sandbox().microsoft().requests());
        this.leader = new LeaderMonitor(world.replicas(), impediments);
        this.publications = new Publications(world.client(), this::published);
        looking.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    public Requests requests() {
        return requests;
    }

    public LeaderMonitor leader() {
        return leader;
    }

    public Footprint largest() {
        return largest;
    }

    public int mostConnections() {
        return mostConnections;
    }

    /** From now on all is well, but for what troubles single customers. */
    public void calm() {
        calmSince = System.nanoTime();
    }

    /** It is no longer so. */
    public void rough() {
        calmSince = NEVER;
    }

    private void look() {
        try {
            long now = System.nanoTime();
            if (now - lastLook > LATE.toNanos()) {
                journal.note("the machine was busy for %.1f s".formatted((now - lastLook) / 1e9));
                impediments.add(lastLook, now, LATE);
            }
            lastLook = now;
            leader.look();
            requests.sample(now, customers.all());
            customers
                    .all()
                    .forEach(it -> publications
                            .current(it.namespace(), it.name())
                            .filter(observed -> observed.latest().tenantId().equals(it.tenantId()))
                            .ifPresent(observed -> judge(it, observed, now)));
            world.replicas().all().forEach(this::measure);
            publications.all().forEach(it -> events(it, now));
        } catch (RuntimeException e) {
            journal.violated("checker " + e, "the checker itself failed: " + e, List.of());
        }
    }

    /** What holds at every moment. */
    private void judge(Customer customer, Observed observed, long now) {
        StoredStatus status = observed.latest();
        boolean ready = status.ready();
        Duration expired =
                status.time("validUntil").map(it -> past(it, status.at(), now)).orElse(Duration.ZERO);
        standing(
                ready && expired.compareTo(Allowances.EXPIRY) > 0,
                "expired " + status.uid(),
                () -> "%s is Ready %.1f s after its validUntil".formatted(customer, seconds(expired)),
                observed);
        long since = customer.incompleteSince().orElse(now);
        Duration wrong = impediments.unimpeded(since, now);
        standing(
                ready && wrong.compareTo(Allowances.TRUTH) > 0,
                "untrue " + status.uid(),
                () -> "%s is Ready although it has not been for %.1f s".formatted(customer, seconds(wrong)),
                observed);
        Duration red = impediments.unimpeded(customer.completeSince().orElse(now), now);
        boolean denied = status.current()
                && Optional.ofNullable(status.conditions().get("ConsentGranted"))
                        .filter(it -> it.status().equals("False"))
                        .isPresent();
        standing(
                denied && red.compareTo(Allowances.TRUTH) > 0,
                "red " + status.uid(),
                () -> "%s misses something although nothing has been missing for %.1f s"
                        .formatted(customer, seconds(red)),
                observed);
        standing(
                ready && !customer.everComplete(),
                "never " + status.uid(),
                () -> "%s is Ready, and never was".formatted(customer),
                observed);
        if (!customers.isTroubled(customer) && calmSince < now) {
            long last = Math.max(calmSince, requests.lastLook(customer, now));
            Duration unseen = impediments.unimpeded(last, now);
            standing(
                    unseen.compareTo(Allowances.LOOK) > 0,
                    "forgotten " + status.uid(),
                    () -> "nobody has looked at %s for %.1f s".formatted(customer, seconds(unseen)),
                    observed);
        }
    }

    /** For how long a status has been past its end, as far as something could have been done about it. */
    private Duration past(Instant end, long stored, long now) {
        Duration past = Duration.between(end, Instant.now());
        if (past.isNegative()) {
            return Duration.ZERO;
        }
        // Where a clock was wrong, the end may be long before the status was stored.
        long then = Math.max(stored, now - past.toNanos());
        return impediments.and(world.clocks()).unimpeded(then, now);
    }

    /** Something is told when it begins, and once. */
    private void standing(boolean wrong, String key, Supplier<String> what, Observed observed) {
        if (!wrong) {
            standing.remove(key);
            journal.forget(key);
        } else if (standing.add(key)) {
            journal.violated(key, what.get(), observed.story(journal.begin()));
        }
    }

    /** What holds of each version. */
    private void published(StoredStatus version) {
        for (String link : version.links()) {
            Matcher tenant = TENANT.matcher(link);
            if (tenant.find() && !tenant.group().equals(version.tenantId())) {
                violated("foreign", version, "has a link of tenant " + tenant.group());
                break;
            }
        }
        if (version.ready() && version.current()) {
            Set<String> needed = licensed(version);
            Map<String, String> states = version.applications();
            needed.stream()
                    // That state others wrote, and the operator has had no time yet to write over it.
                    .filter(it -> !ObjectFaults.NEWER_STATE.equals(states.get(it)))
                    .filter(it -> !"Granted".equals(states.get(it)))
                    .findFirst()
                    .ifPresent(it ->
                            violated("unchecked", version, "is Ready, and %s is %s".formatted(it, states.get(it))));
        }
    }

    private Set<String> licensed(StoredStatus version) {
        Set<String> names = new HashSet<>();
        version.object().at("/spec/licenses").forEach(license -> {
            if (license.path("catalog").asText().equals(Customers.CATALOG)) {
                List<String> plans = new ArrayList<>();
                license.path("plans").forEach(it -> plans.add(it.asText()));
                names.addAll(customers.applications(plans));
            }
        });
        return names;
    }

    private void violated(String rule, StoredStatus version, String what) {
        journal.violated(
                "%s %s %s".formatted(rule, version.uid(), version.object().at("/status/observedGeneration")),
                "%s/%s %s".formatted(version.namespace(), version.name(), what),
                publications.of(version.uid()).story(journal.begin()));
    }

    /** One Event for each transition, and none for what was never stored. */
    private void events(Observed observed, long now) {
        List<String> tooOften = observed.toldTooOften(now - Allowances.EVENT.toNanos());
        if (!tooOften.isEmpty()) {
            journal.violated(
                    "told " + observed.latest().uid(),
                    "%s/%s: %s"
                            .formatted(
                                    observed.latest().namespace(),
                                    observed.latest().name(),
                                    String.join(", ", tooOften)),
                    observed.story(journal.begin()));
        }
        if (!Customers.NAMESPACES.contains(observed.latest().namespace())) {
            return;
        }
        for (Transition transition : observed.readyTransitions()) {
            boolean due = transition.at() > calmSince
                    && now - transition.at() > Allowances.EVENT.toNanos()
                    && !transition.reason().equals("NotVerified")
                    && !transition.reason().equals("Ghost");
            if (due && checkedTransitions.add(observed.latest().uid() + transition)) {
                boolean told = observed.told(
                        transition.reason(),
                        transition.at() - Allowances.EVENT.toNanos(),
                        transition.at() + Allowances.EVENT.toNanos());
                if (!told && !impediments.any(transition.at(), transition.at() + Allowances.EVENT.toNanos())) {
                    journal.violated(
                            "untold " + observed.latest().uid() + transition,
                            "%s/%s became %s, and no Event tells it"
                                    .formatted(
                                            observed.latest().namespace(),
                                            observed.latest().name(),
                                            transition.reason()),
                            observed.story(journal.begin()));
                }
            }
        }
    }

    private void measure(Replica replica) {
        if (!replica.running()) {
            return;
        }
        Footprint footprint = Footprint.of(replica.process().pid());
        largest = largest.max(footprint);
        mostConnections = Math.max(mostConnections, world.gateway().connections(replica.place()));
        bounded(replica, "MiB of memory", footprint.mebibytes(), Allowances.MEMORY_MEBIBYTES);
        bounded(replica, "threads", footprint.threads(), Allowances.THREADS);
        bounded(replica, "sockets", footprint.sockets(), Allowances.SOCKETS);
    }

    private void bounded(Replica replica, String what, long used, long limit) {
        if (used > limit) {
            journal.violated(
                    what + replica.pod(),
                    "%s uses %d %s, of %d".formatted(replica.pod(), used, what, limit),
                    List.of());
        }
    }

    /** What is wrong with a customer's status now that nothing hinders it; empty if nothing is. */
    public Optional<String> wrong(Customer customer) {
        return publications
                .current(customer.namespace(), customer.name())
                .map(it -> Settled.wrong(customer, it, Instant.now()))
                .orElse(Optional.of("it is not there"));
    }

    /** The last versions of a customer's status. */
    public List<String> story(Customer customer) {
        return publications
                .current(customer.namespace(), customer.name())
                .map(it -> it.story(journal.begin()))
                .orElse(List.of("nothing is published"));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public void close() {
        looking.shutdownNow();
        publications.close();
    }
}

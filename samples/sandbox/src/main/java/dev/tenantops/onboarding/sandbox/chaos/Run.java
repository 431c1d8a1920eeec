package dev.tenantops.onboarding.sandbox.chaos;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.chaos.check.Allowances;
import dev.tenantops.onboarding.sandbox.chaos.check.Checker;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customer;
import dev.tenantops.onboarding.sandbox.chaos.fault.Deck;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Scope;
import dev.tenantops.onboarding.sandbox.chaos.fault.World;
import dev.tenantops.onboarding.sandbox.chaos.journal.Journal;
import dev.tenantops.onboarding.sandbox.chaos.journal.Pause;
import dev.tenantops.onboarding.sandbox.chaos.machine.Footprint;
import dev.tenantops.onboarding.sandbox.chaos.machine.Kubelet;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One run: rounds of faults, and after each the time in which everything has to be right again. */
final class Run {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STEADY = Duration.ofSeconds(30);
    /** After a round, so that a storm would show, and what comes late. */
    private static final Duration CALM = Allowances.STORM.plusSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int FAULTS_AT_ONCE = 6;
    /** Each third round troubles single customers only. */
    private static final int NEIGHBOURS = 3;

    private final Journal journal;
    private final Random random;
    private final World world;
    private final Checker checker;
    private final List<FaultKind> kinds;
    private final Set<String> seen = new HashSet<>();
    private final List<Double> recoveries = new ArrayList<>();
    private int faults;
    private double steady;
    private double highest;

    private Run(World world, Checker checker, List<FaultKind> kinds, Random random) {
        this.world = world;
        this.journal = world.journal();
        this.checker = checker;
        this.kinds = kinds;
        this.random = random;
    }

    /**
     * Runs.
     *
     * @param only names of kinds; all if there are none
     * @return the closing line
     */
    static String run(Journal journal, long seed, Duration length, int onboardings, List<String> only) {
        try (OpenResources resources = OpenResources.closedAtExit()) {
            World world = Staging.world(resources, journal);
            Run run = new Run(world, resources.add(new Checker(world)), kinds(world, only), new Random(seed));
            try (Kubelet _ = new Kubelet(world.replicas(), world.journal())) {
                run.start(onboardings);
                run.rounds(length);
                run.figures();
            }
            return "chaos: %d faults of %d kinds, %d violations"
                    .formatted(run.faults, run.seen.size(), journal.violations());
        }
    }

    private static List<FaultKind> kinds(World world, List<String> only) {
        List<FaultKind> kinds = FaultKind.all(world.replicas().clocksMove()).stream()
                .filter(it -> only.isEmpty() || only.contains(it.name()))
                .toList();
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("there is no kind of fault among " + only);
        }
        if (!world.replicas().clocksMove()) {
            world.journal().say("libfaketime is not installed: the clocks stay as they are");
        }
        return kinds;
    }

    private void start(int onboardings) {
        world.customers().populate(onboardings);
        List<Customer> wrong = awaitRight(START);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("before any fault: " + explained(wrong));
        }
        journal.say("%d onboardings are right; measuring for %d s".formatted(onboardings, STEADY.toSeconds()));
        long begin = System.nanoTime();
        checker.calm();
        Pause.of(STEADY);
        steady = checker.requests().highest(begin, System.nanoTime());
        journal.say("the cloud gets %.1f requests a second".formatted(steady));
    }

    private void rounds(Duration length) {
        Deck all = new Deck(kinds, random);
        Deck single =
                new Deck(kinds.stream().filter(it -> it.scope() == Scope.ONE).toList(), random);
        long end = System.nanoTime() + length.toNanos();
        for (int number = 1; System.nanoTime() < end; number++) {
            Deck deck = number % NEIGHBOURS == 0 && !single.isEmpty() ? single : all;
            round(number, deck.draw(FAULTS_AT_ONCE));
        }
    }

    private void round(int number, List<FaultKind> drawn) {
        world.customers().relieve();
        journal.say("round %d: %s"
                .formatted(number, drawn.stream().map(FaultKind::name).toList()));
        if (drawn.stream().anyMatch(it -> it.scope() == Scope.ALL)) {
            checker.rough();
        }
        faults += new Round(world, random).run(drawn);
        drawn.forEach(it -> seen.add(it.name()));
        long ended = System.nanoTime();
        List<Customer> wrong = awaitRight(Allowances.RIGHT);
        double took = (System.nanoTime() - ended) / 1e9;
        if (wrong.isEmpty() && checker.leader().leading()) {
            recoveries.add(took);
            journal.say("right after %.1f s".formatted(took));
        } else {
            journal.violated(
                    "right " + number,
                    "%d statuses are wrong %d s after the last fault ended, and %s"
                            .formatted(
                                    wrong.size(),
                                    Allowances.RIGHT.toSeconds(),
                                    checker.leader().leading() ? "a replica leads" : "no replica leads"),
                    explained(wrong));
            // So that the rounds to come tell of themselves.
            wrong.forEach(it -> world.customers().replace(it, true));
        }
        checker.calm();
        Pause.of(CALM);
        double rate = checker.requests().highest(ended, System.nanoTime());
        highest = Math.max(highest, rate);
        if (rate > steady * Allowances.STORM_FACTOR) {
            journal.violated(
                    "storm " + number,
                    "the cloud got %.1f requests a second after the faults, and %.1f before all faults"
                            .formatted(rate, steady),
                    List.of());
        }
    }

    /** Waits until every status is right and a replica leads, and says whose is not when the time is up. */
    private List<Customer> awaitRight(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            List<Customer> wrong = world.customers().all().stream()
                    .filter(it -> checker.wrong(it).isPresent())
                    .toList();
            if (wrong.isEmpty() && checker.leader().leading() || System.nanoTime() > end) {
                return wrong;
            }
            Pause.of(LOOK);
        }
    }

    private List<String> explained(List<Customer> wrong) {
        List<String> lines = new ArrayList<>();
        wrong.stream().limit(3).forEach(it -> {
            Optional<String> what = checker.wrong(it);
            lines.add("%s: %s".formatted(it, what.orElse("right by now")));
            lines.addAll(checker.story(it));
        });
        wrong.stream()
                .skip(3)
                .forEach(it -> lines.add(it.key() + ": " + checker.wrong(it).orElse("right by now")));
        return lines;
    }

    private void figures() {
        Footprint largest = checker.largest();
        journal.say("right again after %.1f s at most; %.1f requests a second at most after faults, %.1f before"
                .formatted(recoveries.stream().mapToDouble(it -> it).max().orElse(0), highest, steady));
        journal.say("at most %d MiB, %d threads, %d sockets a replica, %d connections to the API server at once"
                .formatted(largest.mebibytes(), largest.threads(), largest.sockets(), checker.mostConnections()));
        journal.say("%d starts of a replica, %d changes of the leader, %d onboardings at the end"
                .formatted(
                        world.replicas().starts(),
                        checker.leader().changes(),
                        world.client()
                                .resources(TenantOnboarding.class)
                                .inAnyNamespace()
                                .list()
                                .getItems()
                                .size()));
    }
}

package dev.tenantops.onboarding.sandbox.replicas;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import dev.tenantops.onboarding.sandbox.operator.LeaseWatch;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.operator.OperatorSettings;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.program.Steps;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Two replicas of the operator, of which one leads: it is killed in the middle of its work, told to stop, and frozen. Each
 * time the other takes over, and nothing of what happened meanwhile is lost or told twice. Prints how long it took.
 */
public final class Failover {

    private static final int ONBOARDINGS = 40;
    private static final int LOSING = 10;

    /** How many statuses a leader writes at once. */
    private static final int WRITTEN_AT_ONCE = 4;

    private static final String FIGURES =
            "%-8s process ended after %4.1f s, lease taken after %4.1f s, first status after"
                    + " %4.1f s, all statuses right after %4.1f s";

    private static final String LEASE = "tenant-onboarding-operator";
    private static final String NAMESPACE = "failover";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Steps steps;
    private final OperatorSandbox stage;
    private final Customers customers;
    private final LeaseWatch lease;
    private final OnboardingWatch watch;
    private final Map<String, OperatorProcess> running = new HashMap<>();
    private final List<TenantOnboarding> onboardings;
    private final Map<String, Long> losses = new HashMap<>();
    private final List<String> figures = new ArrayList<>();
    private int started;

    private Failover(OpenResources resources, Steps steps, Map<String, String> election) {
        this.steps = steps;
        this.stage = OperatorSandbox.start(
                resources,
                _ -> ManyTenants.contents(NAMESPACE, ONBOARDINGS),
                OperatorSettings.QUICK
                        .with("leader-election.enabled", "true")
                        .with("verification.max-concurrent", "1")
                        .with(election));
        this.customers = new Customers(stage, LIMIT);
        this.onboardings = new ArrayList<>(stage.contents().onboardings());
        this.lease = new LeaseWatch(stage.client(), LEASE);
        this.watch = resources.add(new OnboardingWatch(stage.client(), NAMESPACE));
    }

    public static void main(String[] arguments) {
        Terminal.run(() -> run(System.out, Map.of()));
    }

    /**
     * Runs everything.
     *
     * @param out receives one line for each step, then the figures
     * @param election configuration of the leader election, if not the default
     * @return how many steps failed
     */
    public static int run(PrintStream out, Map<String, String> election) {
        return Steps.run(
                "failover", out, "The replicas' logs are beside " + OperatorSandbox.logFile(), (steps, resources) -> {
                    Failover failover = steps.step(
                            "Kubernetes and the simulated cloud start",
                            () -> new Failover(resources, steps, election),
                            it -> ONBOARDINGS + " onboardings without any consent");
                    failover.run();
                    failover.figures.forEach(out::println);
                });
    }

    private void run() {
        steps.step("two replicas become ready, and one of them leads", () -> {
            startReplica();
            startReplica();
            return "leader " + awaitLeader();
        });
        steps.step("every onboarding has its links", () -> {
            onboardings.forEach(it ->
                    customers.await(it, seen -> !seen.getStatus().verifiers().isEmpty()));
            return ONBOARDINGS + " onboardings";
        });
        steps.step("exactly one of them asks Microsoft", this::onlyTheLeaderVerifies);
        steps.step("the other serves the page that consent returns to", this::theOtherServesTheCallback);
        steps.step("the leader is killed in the middle of its work", this::killed);
        steps.step(
                "no transition was told twice, and all but those under way were told", () -> everyTransitionWasTold(1));
        steps.step("the leader is told to stop", this::stopped);
        steps.step("the leader is frozen, and ends when it wakes up", this::frozen);
        steps.step("the same after all", () -> everyTransitionWasTold(2));
    }

    private String onlyTheLeaderVerifies() {
        String leader = awaitLeader();
        running.forEach((name, replica) -> {
            if (replica.asksMicrosoft() != name.equals(leader)) {
                throw new IllegalStateException("%s leads, and %s %s"
                        .formatted(leader, name, replica.asksMicrosoft() ? "asks" : "does not ask"));
            }
        });
        return leader;
    }

    private String theOtherServesTheCallback() {
        TenantOnboarding first = stage.contents().onboardings().getFirst();
        customers.consent(first);
        String name = running.keySet().stream()
                .filter(it -> !it.equals(awaitLeader()))
                .findFirst()
                .orElseThrow();
        customers.returnTo(running.get(name), first);
        customers.awaitReady(first);
        return name + " asked, the leader checked";
    }

    private String killed() {
        ManyTenants.consent(stage);
        Polling.until(LIMIT, () -> Optional.of(watch.ready()), it -> it > 1);
        String seen = takeOver("killed", OperatorProcess::kill, List.of());
        startReplica();
        return seen;
    }

    private String stopped() {
        String before = awaitLeader();
        OperatorProcess replica = running.get(before);
        String seen = takeOver("stopped", OperatorProcess::stop, revokedConsents(0));
        if (!LocalFiles.read(replica.log())
                .contains("The Lease %s/%s is released".formatted(Installation.NAMESPACE, LEASE))) {
            throw new IllegalStateException(before + " did not release the lease, see " + replica.log());
        }
        startReplica();
        return seen;
    }

    private String frozen() {
        String before = awaitLeader();
        OperatorProcess replica = running.get(before);
        String seen = takeOver("frozen", OperatorProcess::freeze, revokedConsents(1));
        replica.thaw();
        int exitCode = Polling.until(LIMIT, () -> Optional.of(replica.exitCode()), Optional::isPresent)
                .orElseThrow();
        if (exitCode != 1 || !LocalFiles.read(replica.log()).contains(before + " has lost the Lease")) {
            throw new IllegalStateException("%s ended with %d, see %s".formatted(before, exitCode, replica.log()));
        }
        return seen + "; the old one ended with exit code " + exitCode;
    }

    /** Some tenants lose a consent. One of them is at least suspected, and no loss is certain yet. */
    private List<TenantOnboarding> revokedConsents(int round) {
        List<TenantOnboarding> losing = stage.contents().onboardings().subList(round * LOSING, (round + 1) * LOSING);
        losing.forEach(customers::revokeConsent);
        losing.forEach(it -> losses.merge(it.getMetadata().getName(), 1L, Long::sum));
        Polling.until(LIMIT, () -> Optional.of(watch.ready()), it -> it < onboardings.size());
        return losing;
    }

    /**
     * Ends the leader, has a customer come while nobody leads, and waits until the other has seen to everything.
     *
     * @param losing whose consent was revoked
     */
    private String takeOver(String how, Consumer<OperatorProcess> end, List<TenantOnboarding> losing) {
        String before = awaitLeader();
        int ready = watch.ready();
        int expected = onboardings.size() + 1 - losing.size();
        if (ready == onboardings.size()) {
            throw new IllegalStateException("the leader had nothing left to do");
        }
        Instant begin = Instant.now();
        end.accept(running.remove(before));
        Instant ended = Instant.now();
        long writes = watch.writes();
        newCustomer();
        String after = Polling.until(LIMIT, lease::holder, it -> !it.equals(before));
        Instant taken = Instant.now();
        Polling.until(LIMIT, () -> Optional.of(watch.writes()), it -> it > writes);
        Instant written = Instant.now();
        Polling.until(LIMIT, () -> Optional.of(watch.ready()), it -> it == expected);
        losing.forEach(customers::awaitRevoked);
        Instant right = Instant.now();
        figures.add(FIGURES.formatted(
                how, seconds(begin, ended), seconds(begin, taken), seconds(begin, written), seconds(begin, right)));
        losing.forEach(customers::consent);
        Polling.until(LIMIT, () -> Optional.of(watch.ready()), it -> it == onboardings.size());
        return "%s took over from %s, when %d of %d were Ready".formatted(after, before, ready, onboardings.size() - 1);
    }

    private void newCustomer() {
        TenantOnboarding late = ManyTenants.onboarding(NAMESPACE, onboardings.size());
        stage.sandbox()
                .microsoft()
                .directory()
                .createTenant(late.getSpec().tenantId(), late.getMetadata().getName());
        customers.consent(late);
        stage.client().resource(late).create();
        onboardings.add(late);
    }

    /**
     * Each became Ready once, and once more for each loss, which was told once. An Event is written after the status that
     * it tells of, so a leader that dies between the two leaves those untold whose statuses it was writing.
     *
     * @param crashes how many leaders died
     */
    private String everyTransitionWasTold(int crashes) {
        List<String> wrong = new ArrayList<>();
        List<String> untold = new ArrayList<>();
        for (TenantOnboarding onboarding : onboardings) {
            String name = onboarding.getMetadata().getName();
            long lost = losses.getOrDefault(name, 0L);
            Map<String, Long> told = events(name);
            long onboarded = told.getOrDefault("Onboarded", 0L);
            long revoked = told.getOrDefault("ConsentRevoked", 0L);
            String story = "%s, which lost %d consents, has %s".formatted(name, lost, told);
            if (onboarded > lost + 1 || revoked > lost) {
                wrong.add(story);
            } else if (onboarded < lost + 1 || revoked < lost) {
                untold.add(story);
            }
        }
        if (!wrong.isEmpty() || untold.size() > crashes * WRITTEN_AT_ONCE) {
            wrong.addAll(untold);
            throw new IllegalStateException(String.join("; ", wrong));
        }
        return "%d onboardings, %d losses, %d untold".formatted(onboardings.size(), losses.size(), untold.size());
    }

    /** How many Events of each reason there are. */
    private Map<String, Long> events(String onboarding) {
        return stage
                .client()
                .events()
                .v1()
                .events()
                .inNamespace(NAMESPACE)
                .withField("regarding.name", onboarding)
                .list()
                .getItems()
                .stream()
                .collect(Collectors.groupingBy(Event::getReason, TreeMap::new, Collectors.counting()));
    }

    private void startReplica() {
        String name = "replica-" + ++started;
        running.put(name, stage.startReplica(name));
        stage.awaitOperator();
    }

    private String awaitLeader() {
        return Polling.until(LIMIT, lease::holder, running::containsKey);
    }

    private static double seconds(Instant begin, Instant end) {
        return Duration.between(begin, end).toMillis() / 1000.0;
    }
}

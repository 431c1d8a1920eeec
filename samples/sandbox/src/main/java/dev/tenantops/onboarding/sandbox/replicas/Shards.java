package dev.tenantops.onboarding.sandbox.replicas;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.operator.ChartInstallation;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import dev.tenantops.onboarding.sandbox.operator.LeaseWatch;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.operator.OperatorSettings;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.program.Steps;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Three releases of the chart in one namespace, each with two replicas, that share the onboardings by their labels: all
 * leaders are killed at once, an onboarding goes from one to another and to none, and one shard is taken away.
 */
public final class Shards {

    private static final int ONBOARDINGS = 30;
    private static final String NAMESPACE = "shards";
    private static final String LABEL = "example.com/shard";
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Steps steps;
    private final OpenResources resources;
    private final OperatorSandbox stage;
    private final Customers customers;
    private final List<Shard> shards;
    private final Shard first;
    private final Shard second;
    private final Shard rest;

    /** A release. */
    private final class Shard {

        private final String name;
        private final Predicate<TenantOnboarding> selects;
        private final Installation installation;
        private final LeaseWatch lease;
        private final List<OperatorProcess> replicas = new ArrayList<>();
        private int started;

        Shard(String name, String release, Predicate<TenantOnboarding> selects, Installation installation) {
            this.name = name;
            this.selects = selects;
            this.installation = installation;
            this.lease = new LeaseWatch(stage.client(), release);
        }

        void start() {
            String pod = name + "-" + ++started;
            OperatorProcess process = resources.add(OperatorProcess.start(
                    installation.launch(pod),
                    OperatorProcess.freePort(),
                    OperatorSandbox.logFile().resolveSibling(pod + ".log")));
            Polling.until(LIMIT, () -> Optional.of(process.isReady()), it -> it);
            replicas.add(process);
        }

        String leader() {
            return Polling.until(LIMIT, lease::holder, it -> it.startsWith(name + "-"));
        }

        OperatorProcess leading() {
            int number = Integer.parseInt(leader().substring(name.length() + 1));
            return replicas.get(number - 1);
        }

        List<TenantOnboarding> own() {
            return stage.contents().onboardings().stream().filter(selects).toList();
        }
    }

    private Shards(OpenResources resources, Steps steps, Map<String, String> election) {
        this.steps = steps;
        this.resources = resources;
        this.stage = OperatorSandbox.startWithChart(
                resources,
                _ -> contents(),
                OperatorSettings.QUICK
                        .with("sharding.selector", "!" + LABEL)
                        .with("sharding.catalogs", "true")
                        .with("sharding.name", "rest")
                        .with(election));
        this.customers = new Customers(stage, LIMIT);
        ChartInstallation chart = (ChartInstallation) stage.installation();
        this.first = shard(chart, "a");
        this.second = shard(chart, "b");
        this.rest =
                new Shard("rest", ChartInstallation.FULL_NAME, it -> label(it).isEmpty(), chart);
        this.shards = List.of(first, second, rest);
    }

    private Shard shard(ChartInstallation chart, String name) {
        String release = "shard-" + name;
        Installation installed = chart.another(
                release,
                "fullnameOverride=%s,sharding.selector=%s=%s,sharding.catalogs=false,sharding.name=%s"
                        .formatted(release, LABEL, name, name));
        return new Shard(name, release, it -> label(it).equals(Optional.of(name)), installed);
    }

    public static void main(String[] arguments) {
        Terminal.run(() -> run(System.out, Map.of()));
    }

    /**
     * Runs everything.
     *
     * @param out receives one line for each step
     * @param election configuration of the leader election, if not the default
     * @return how many steps failed
     */
    public static int run(PrintStream out, Map<String, String> election) {
        return Steps.run(
                "shards",
                out,
                "The replicas' logs are beside " + OperatorSandbox.logFile(),
                (steps, resources) -> steps.step(
                                "Kubernetes, the simulated cloud, and three releases of the chart in one namespace",
                                () -> new Shards(resources, steps, election),
                                Shards::sizes)
                        .run());
    }

    private void run() {
        steps.step("each has two replicas, of which one leads", () -> {
            shards.forEach(Shard::start);
            shards.forEach(Shard::start);
            return shards.stream().map(Shard::leader).toList().toString();
        });
        steps.step("every onboarding is verified, by the leader of exactly one shard", this::eachByOne);
        steps.step("the catalog counts the onboardings of all shards", () -> "counts " + awaitCount(ONBOARDINGS));
        steps.step("all leaders are killed at once, and their own standbys take over", this::allLeadersKilled);
        steps.step("the page that consent returns to knows the onboardings of all shards", this::callback);
        steps.step("an onboarding goes to another shard, which sees what has become of it", this::moved);
        steps.step("an onboarding that no shard selects is counted, and is verified once one does", this::orphan);
        steps.step("the onboardings of a shard that is taken away are counted until it is back", this::shardGone);
        steps.step("the catalog still counts all", () -> "counts " + awaitCount(ONBOARDINGS));
    }

    private String eachByOne() {
        ManyTenants.consent(stage);
        stage.contents().onboardings().forEach(customers::awaitReady);
        for (Shard shard : shards) {
            for (OperatorProcess replica : shard.replicas) {
                TreeSet<String> expected = new TreeSet<>(shard.own().stream()
                        .map(it -> it.getMetadata().getName())
                        .toList());
                Polling.until(LIMIT, () -> Optional.of(shown(replica, shard.name)), expected::equals);
                boolean leads = replica == shard.leading();
                if (replica.asksMicrosoft() != leads) {
                    throw new IllegalStateException("%s of %s: leads %s, asks %s"
                            .formatted(replica.log(), shard.name, leads, replica.asksMicrosoft()));
                }
            }
        }
        awaitUnselected("NoShard", 0);
        awaitMetric("tenant_onboarding_shared_onboardings{", 0);
        return sizes();
    }

    private String sizes() {
        return shards.stream()
                .map(it -> it.name + " with " + it.own().size() + " onboardings")
                .toList()
                .toString();
    }

    private String allLeadersKilled() {
        List<String> before = shards.stream().map(Shard::leader).toList();
        shards.forEach(it -> it.leading().kill());
        List<TenantOnboarding> losing =
                shards.stream().map(it -> it.own().getFirst()).toList();
        losing.forEach(customers::revokeConsent);
        losing.forEach(customers::awaitRevoked);
        List<String> after = shards.stream()
                .map(it -> Polling.until(LIMIT, it.lease::holder, holder -> !before.contains(holder)))
                .toList();
        shards.forEach(Shard::leader);
        losing.forEach(customers::consent);
        losing.forEach(customers::awaitReady);
        awaitUnselected("ShardGone", 0);
        shards.forEach(Shard::start);
        return before + " were followed by " + after;
    }

    private String callback() {
        customers.returnTo(rest.replicas.getLast(), first.own().getFirst());
        return "a standby of rest was asked, the leader of a checked";
    }

    private String moved() {
        TenantOnboarding moving = first.own().get(1);
        customers.revokeConsent(moving);
        moveTo(moving, "b");
        customers.awaitRevoked(moving);
        String name = moving.getMetadata().getName();
        Polling.until(LIMIT, () -> Optional.of(shown(first.leading(), "a")), it -> !it.contains(name));
        Polling.until(LIMIT, () -> Optional.of(shown(second.leading(), "b")), it -> it.contains(name));
        customers.consent(moving);
        customers.awaitReady(moving);
        return name + " went from a to b";
    }

    private String orphan() {
        TenantOnboarding orphan = rest.own().getFirst();
        moveTo(orphan, "nobodys");
        awaitUnselected("NoShard", 1);
        customers.revokeConsent(orphan);
        moveTo(orphan, "a");
        awaitUnselected("NoShard", 0);
        customers.awaitRevoked(orphan);
        customers.consent(orphan);
        customers.awaitReady(orphan);
        return orphan.getMetadata().getName() + " was told of";
    }

    private String shardGone() {
        // One of b's went to it.
        int own = second.own().size() + 1;
        second.replicas.forEach(OperatorProcess::kill);
        awaitUnselected("ShardGone", own);
        second.start();
        awaitUnselected("ShardGone", 0);
        return own + " onboardings";
    }

    private static Samples contents() {
        Samples contents = ManyTenants.contents(NAMESPACE, ONBOARDINGS);
        for (int number = 0; number < ONBOARDINGS; number++) {
            Map<String, String> labels = switch (number % 3) {
                case 0 -> Map.of(LABEL, "a");
                case 1 -> Map.of(LABEL, "b");
                default -> Map.of();
            };
            contents.onboardings().get(number).getMetadata().setLabels(labels);
        }
        return contents;
    }

    private static Optional<String> label(TenantOnboarding onboarding) {
        return Optional.ofNullable(onboarding.getMetadata().getLabels().get(LABEL));
    }

    private void moveTo(TenantOnboarding onboarding, String shard) {
        stage.client()
                .resources(TenantOnboarding.class)
                .inNamespace(NAMESPACE)
                .withName(onboarding.getMetadata().getName())
                .edit(it -> {
                    it.getMetadata().setLabels(Map.of(LABEL, shard));
                    return it;
                });
    }

    private int awaitCount(int expected) {
        return Polling.until(
                LIMIT,
                () -> Optional.ofNullable(stage.client()
                                .resources(ApplicationCatalog.class)
                                .withName(ManyTenants.CATALOG)
                                .require()
                                .getStatus())
                        .map(it -> it.onboardings()),
                it -> it == expected);
    }

    private void awaitUnselected(String cause, int expected) {
        awaitMetric("tenant_onboarding_unselected_onboardings{cause=\"" + cause + "\"", expected);
    }

    /** As the leader of the release with the catalogs shows it. */
    private void awaitMetric(String series, int expected) {
        Polling.until(
                LIMIT,
                () -> metrics(rest.leading())
                        .filter(it -> it.startsWith(series))
                        .findFirst()
                        .map(it -> it.substring(it.lastIndexOf(' ') + 1)),
                it -> Double.parseDouble(it) == expected);
    }

    /** The onboardings of which a replica has a series, each with its shard's label. */
    private static TreeSet<String> shown(OperatorProcess replica, String shard) {
        TreeSet<String> names = new TreeSet<>();
        metrics(replica)
                .filter(it -> it.startsWith("tenant_onboarding_ready{"))
                .filter(it -> it.contains("shard=\"" + shard + "\""))
                .map(it -> it.replaceFirst(".*,name=\"([^\"]+)\".*", "$1"))
                .forEach(names::add);
        return names;
    }

    private static Stream<String> metrics(OperatorProcess replica) {
        return replica.metrics().stream().flatMap(List::stream);
    }
}

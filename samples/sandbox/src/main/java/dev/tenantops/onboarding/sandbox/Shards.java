package dev.tenantops.onboarding.sandbox;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.microsoft.SimulatedDirectory;
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
        Terminal.quiet();
        int failed = run(System.out, Map.of());
        System.exit(failed == 0 ? 0 : 1);
    }

    /**
     * Runs everything.
     *
     * @param out receives one line for each step
     * @param election configuration of the leader election, if not the default
     * @return how many steps failed
     */
    public static int run(PrintStream out, Map<String, String> election) {
        Steps steps = new Steps(out);
        try (OpenResources resources = OpenResources.closedAtExit()) {
            Shards shards = steps.step(
                    "Kubernetes, the simulated cloud, and three releases of the chart in one namespace",
                    () -> new Shards(resources, steps, election),
                    it -> it.shards.stream()
                            .map(shard -> shard.name + " with " + shard.own().size() + " onboardings")
                            .toList()
                            .toString());
            shards.run();
        } catch (Steps.Failed e) {
            out.println("The replicas' logs are beside " + OperatorSandbox.logFile());
        }
        out.println("shards: " + steps.summary());
        return steps.failed();
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
        stage.contents().onboardings().forEach(this::awaitReady);
        for (Shard shard : shards) {
            for (OperatorProcess replica : shard.replicas) {
                TreeSet<String> expected = new TreeSet<>(shard.own().stream()
                        .map(it -> it.getMetadata().getName())
                        .toList());
                Polling.until(LIMIT, () -> Optional.of(shown(replica, shard.name)), expected::equals);
                boolean leads = replica == shard.leading();
                if (asksMicrosoft(replica) != leads) {
                    throw new IllegalStateException("%s of %s: leads %s, asks %s"
                            .formatted(replica.log(), shard.name, leads, asksMicrosoft(replica)));
                }
            }
        }
        awaitUnselected("NoShard", 0);
        awaitMetric("tenant_onboarding_shared_onboardings{", 0);
        return shards.stream()
                .map(it -> it.name + " " + it.own().size())
                .toList()
                .toString();
    }

    private String allLeadersKilled() {
        SimulatedDirectory directory = stage.sandbox().microsoft().directory();
        List<String> before = shards.stream().map(Shard::leader).toList();
        shards.forEach(it -> it.leading().kill());
        List<TenantOnboarding> losing =
                shards.stream().map(it -> it.own().getFirst()).toList();
        losing.forEach(it -> directory.revokeConsent(it.getSpec().tenantId(), application()));
        losing.forEach(this::awaitRevoked);
        List<String> after = shards.stream()
                .map(it -> Polling.until(LIMIT, it.lease::holder, holder -> !before.contains(holder)))
                .toList();
        shards.forEach(Shard::leader);
        losing.forEach(it -> ManyTenants.consent(stage, it));
        losing.forEach(this::awaitReady);
        awaitUnselected("ShardGone", 0);
        shards.forEach(Shard::start);
        return before + " were followed by " + after;
    }

    private String callback() {
        TenantOnboarding known = stage.read(first.own().getFirst()).orElseThrow();
        OperatorProcess standby = rest.replicas.getLast();
        String page = standby.get("/consent/callback?admin_consent=True&tenant=%s&state=%s.reports"
                        .formatted(
                                known.getSpec().tenantId(), known.getMetadata().getUid()))
                .orElseThrow()
                .body();
        if (!page.contains("It is now being verified")) {
            throw new IllegalStateException(page);
        }
        Polling.until(LIMIT, () -> stage.read(known), it -> it.getStatus().lastHandledReconcileAt() != null);
        return "a standby of rest was asked, the leader of a checked";
    }

    private String moved() {
        TenantOnboarding moving = first.own().get(1);
        stage.sandbox().microsoft().directory().revokeConsent(moving.getSpec().tenantId(), application());
        moveTo(moving, "b");
        awaitRevoked(moving);
        String name = moving.getMetadata().getName();
        Polling.until(LIMIT, () -> Optional.of(shown(first.leading(), "a")), it -> !it.contains(name));
        Polling.until(LIMIT, () -> Optional.of(shown(second.leading(), "b")), it -> it.contains(name));
        ManyTenants.consent(stage, moving);
        awaitReady(moving);
        return name + " went from a to b";
    }

    private String orphan() {
        TenantOnboarding orphan = rest.own().getFirst();
        moveTo(orphan, "nobodys");
        awaitUnselected("NoShard", 1);
        stage.sandbox().microsoft().directory().revokeConsent(orphan.getSpec().tenantId(), application());
        moveTo(orphan, "a");
        awaitUnselected("NoShard", 0);
        awaitRevoked(orphan);
        ManyTenants.consent(stage, orphan);
        awaitReady(orphan);
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

    private void awaitReady(TenantOnboarding onboarding) {
        Polling.until(
                LIMIT,
                () -> stage.read(onboarding),
                it -> it.getStatus()
                        .condition(ConditionType.READY)
                        .filter(ready -> ready.status() == Condition.Status.True)
                        .isPresent());
    }

    private void awaitRevoked(TenantOnboarding onboarding) {
        Polling.until(
                LIMIT,
                () -> stage.read(onboarding),
                it -> it.getStatus().applications().stream()
                        .anyMatch(application -> application.state() == ApplicationState.ConsentRevoked));
    }

    private String application() {
        return ManyTenants.clientIds(stage.catalog(ManyTenants.CATALOG).getSpec())
                .getFirst();
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

    private static boolean asksMicrosoft(OperatorProcess replica) {
        return metrics(replica)
                .filter(it -> it.startsWith("tenant_onboarding_directory_requests_seconds_count"))
                .anyMatch(it -> Double.parseDouble(it.substring(it.lastIndexOf(' '))) > 0);
    }

    private static Stream<String> metrics(OperatorProcess replica) {
        return replica.get("/q/metrics").map(it -> it.body().lines()).orElse(Stream.empty());
    }
}

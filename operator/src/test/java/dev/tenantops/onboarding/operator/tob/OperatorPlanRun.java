package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.plan.CatalogPlan;
import dev.tenantops.onboarding.operator.plan.PlanComparison;
import dev.tenantops.onboarding.operator.plan.PlanRun;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding;
import dev.tenantops.onboarding.operator.plan.Planner;
import dev.tenantops.onboarding.operator.plan.RandomCatalog;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.operator.OperatorSettings;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.program.Steps;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The packaged operator judges many customers; {@code kubectl tob plan} says through the API server what a change of their
 * catalog would mean; it is applied; and what the operator says then is compared, customer by customer.
 *
 * <p>Arguments: how many customers, and the seed.
 */
public final class OperatorPlanRun {

    private static final int SHOWN = 10;
    private static final int ROUNDS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    /** Longer than what {@link #SETTINGS} has the operator wait for before it says what has changed. */
    private static final Duration MOTION = Duration.ofSeconds(6);

    /** Nothing is checked by the way: each check is asked for. */
    private static final OperatorSettings SETTINGS = OperatorSettings.QUICK.with(Map.of(
            "verification.interval", "30m",
            "verification.revocation-confirmation", "1s",
            "verification.propagation", "3s"));

    private final Steps steps;
    private final OperatorSandbox stage;
    private final PlannedCustomers customers;
    private final RandomCatalog catalog;
    private final PlanComparison comparison = new PlanComparison();
    private final Path kubeconfig;
    private final Path folder;

    private OperatorPlanRun(OpenResources resources, Steps steps, int number, long seed) {
        var random = new SplittableRandom(seed);
        this.steps = steps;
        this.catalog = new RandomCatalog("product", Cloud.Custom, random);
        var other = new RandomCatalog("other", Cloud.Custom, random);
        this.customers = new PlannedCustomers(random, List.of(catalog, other), number);
        this.stage = OperatorSandbox.start(
                resources,
                sandbox -> {
                    customers.defineApis(sandbox.microsoft().directory());
                    return customers.contents();
                },
                SETTINGS);
        customers.consent(stage.sandbox().microsoft().directory());
        this.kubeconfig = stage.sandbox().kubeconfig();
        this.folder = stage.sandbox().directory();
    }

    public static void main(String... arguments) {
        Terminal.run(() -> run(System.out, Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])));
    }

    /**
     * Runs everything.
     *
     * @param out receives one line for each step
     * @return how many steps failed
     */
    static int run(PrintStream out, int customers, long seed) {
        return Steps.run(
                "plan-check of seed " + seed,
                out,
                "The operator's log is " + OperatorSandbox.logFile(),
                (steps, resources) -> steps.step(
                                "Kubernetes and the simulated cloud start",
                                () -> new OperatorPlanRun(resources, steps, customers, seed),
                                _ -> customers + " onboardings whose tenants granted this and that")
                        .run());
    }

    private void run() {
        steps.step("the operator judges them", () -> {
            stage.startReplica("plan-check");
            stage.awaitOperator();
            return settled();
        });
        var before = statuses();
        var asked = new TreeMap<String, Set<String>>(PlanRun.asked(catalog));
        var changed = steps.step("a catalog that the API server takes is drawn", this::change, _ -> catalog.name());
        var file = write("changed.yaml", new KubernetesSerialization().asYaml(changed));
        var plan = steps.step(
                "kubectl tob plan says what it would mean", () -> plan(file, changed), OperatorPlanRun::summary);
        steps.step("it is applied, and the operator judges all of them anew", () -> {
            stage.sandbox()
                    .microsoft()
                    .directory()
                    .register(
                            changed, OperatorSandbox.VERIFIER_SECRET, List.of(stage.publicUrl() + "/consent/callback"));
            stage.client().resource(changed).forceConflicts().serverSideApply();
            return settled();
        });
        steps.step("the operator says of each what the plan said", () -> compared(before, plan, statuses(), asked));
    }

    private String compared(
            Map<String, TenantOnboardingStatus> before,
            CatalogPlan plan,
            Map<String, TenantOnboardingStatus> after,
            Map<String, Set<String>> asked) {
        var planned =
                plan.onboardings().stream().collect(Collectors.toMap(PlannedOnboarding::name, Function.identity()));
        before.forEach((name, status) ->
                comparison.compare(name, status, Optional.ofNullable(planned.get(name)), after.get(name), asked));
        if (!comparison.differences.isEmpty()) {
            throw new IllegalStateException(comparison.differences.size() + " differences: "
                    + comparison.differences.stream().limit(SHOWN).collect(Collectors.joining(" ; ")));
        }
        return "%,d onboardings, no difference; met %s".formatted(before.size(), comparison.met);
    }

    private static String summary(CatalogPlan plan) {
        return "%,d concerned, %,d would change: %,d need consent, %,d may, %,d lose Ready, %,d keep surplus"
                .formatted(
                        plan.considered(),
                        plan.onboardings().size(),
                        plan.needingConsent(),
                        plan.undecided(),
                        plan.losingReady(),
                        plan.withSurplus());
    }

    private ApplicationCatalog change() {
        while (true) {
            catalog.change(1 + customers.random().nextInt(4));
            var changed = catalog.toCatalog();
            if (!changed.getSpec().equals(stage.catalog(catalog.name()).getSpec()) && isTaken(changed)) {
                return changed;
            }
        }
    }

    /** Publishers hear from the API server of what can never work, and mend it. */
    private boolean isTaken(ApplicationCatalog changed) {
        try {
            stage.client().resource(changed).dryRun().forceConflicts().serverSideApply();
            return true;
        } catch (KubernetesClientException _) {
            return false;
        }
    }

    /**
     * The packaged command is asked, and has to say to the letter what its own parts say here of what it exports; these are
     * compared with the operator.
     */
    private CatalogPlan plan(Path file, ApplicationCatalog changed) {
        var export = tob("export", "--json");
        var begun = System.nanoTime();
        var said = tob("plan", "--catalog", file.toString(), "--output", "json");
        var took = Duration.ofNanos(System.nanoTime() - begun);
        var snapshot = SnapshotFile.parse("the export", export);
        var plan = Planner.plan(snapshot, List.of(changed));
        if (!timeless(said).equals(timeless(Json.of(PlanDocument.of(plan)) + "\n"))) {
            throw new IllegalStateException("What plan prints is not what it says of an export");
        }
        System.out.printf("      kubectl tob plan took %.1f s%n", took.toMillis() / 1e3);
        return plan;
    }

    private static String timeless(String document) {
        return document.replaceFirst("\"asOf\" : \"[^\"]*\"", "");
    }

    /** Checks all of them until nothing is in motion any more. */
    private String settled() {
        var limit = Long.toString(LIMIT.toSeconds());
        var seen = Map.<String, String>of();
        for (var round = 1; round <= ROUNDS; round++) {
            tob("recheck", "--all", "--wait", "--timeout", limit);
            var now = new TreeMap<String, String>();
            statuses().forEach((name, status) -> now.put(name, judgement(status)));
            if (now.equals(seen)) {
                return "the same after " + round + " checks each";
            }
            seen = now;
            var end = System.nanoTime() + MOTION.toNanos();
            Polling.until(MOTION.multipliedBy(2), () -> Optional.of(System.nanoTime()), it -> it > end);
        }
        throw new IllegalStateException("after " + ROUNDS + " checks of each, judgements still change");
    }

    /** All that does not change with the time. */
    private static String judgement(TenantOnboardingStatus status) {
        var moving = status.applications().stream().anyMatch(it -> it.state() == ApplicationState.Propagating);
        return status.applications().stream()
                        .map(it -> it.name() + " " + it.state() + it.granted() + it.missing() + it.surplus())
                        .collect(Collectors.joining("\n"))
                + status.conditions().stream()
                        .map(it -> it.type() + it.status() + it.reason())
                        .collect(Collectors.joining(" "))
                + (moving ? System.nanoTime() : "");
    }

    private Map<String, TenantOnboardingStatus> statuses() {
        try (var cluster = Cluster.connect(Optional.of(kubeconfig), Optional.empty())) {
            return cluster.onboardings(Scope.everywhere()).stream()
                    .collect(Collectors.toMap(it -> it.getMetadata().getName(), TenantOnboarding::known));
        }
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a user has it: the launcher, and the packaged jar. */
    private String tob(String... arguments) {
        var command = new ArrayList<String>(List.of(Samples.repository()
                .resolve("operator/src/main/scripts/kubectl-tob")
                .toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-A", "--kubeconfig", kubeconfig.toString()));
        var out = folder.resolve("tob.out");
        var err = folder.resolve("tob.err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("TOB_JAR", OperatorProcess.JAR.toString());
        builder.environment()
                .put("TOB_JAVA", ProcessHandle.current().info().command().orElse("java"));
        try {
            var process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("kubectl tob " + arguments[0] + " does not end");
            }
            if (process.exitValue() != ExitCode.DONE) {
                throw new IllegalStateException("kubectl tob " + String.join(" ", arguments) + " ended with "
                        + process.exitValue() + ": " + Files.readString(err));
            }
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

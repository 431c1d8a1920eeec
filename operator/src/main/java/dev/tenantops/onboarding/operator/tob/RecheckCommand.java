package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kubectl tob recheck}. */
@Command(
        name = "recheck",
        description = "Asks the operator to look at once, as Flux and Argo CD do, and waits for it if wanted.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl tob recheck contoso -n customers --wait",
            "  kubectl tob recheck --all -n customers --wait --timeout 300"
        })
final class RecheckCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A list of many is not asked for each second. */
    private static final int LISTED_A_SECOND = 200;

    @ParentCommand
    private Tob tob;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One onboarding.")
    private String name;

    @Option(names = "--all", description = "All of the namespace; with -A of all namespaces.")
    private boolean all;

    @Option(names = "--wait", description = "Wait until the operator has looked.")
    private boolean waits;

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "With --wait: for how long; the default is ${DEFAULT-VALUE} seconds.")
    private long timeout;

    @Override
    public Integer call() throws InterruptedException {
        Chosen.one(spec, name, all);
        try (var cluster = tob.connect()) {
            var clock = Clock.systemUTC();
            var asked = clock.instant().toString();
            var open = new LinkedHashMap<String, TenantOnboarding>();
            for (TenantOnboarding it : cluster.onboardings(tob.scope(cluster), Optional.ofNullable(name))) {
                cluster.merge(
                        it,
                        Json.of(Map.of(
                                "metadata",
                                Map.of("annotations", Map.of(TenantOnboarding.RECONCILE_REQUESTED_AT, asked)))));
                open.put(
                        it.getMetadata().getNamespace() + "/" + it.getMetadata().getName(), it);
            }
            var out = spec.commandLine().getOut();
            if (!waits) {
                out.println("Asked for a check of " + open.size() + " onboardings.");
                return ExitCode.DONE;
            }
            var end = clock.instant().plusSeconds(timeout);
            while (!open.isEmpty() && clock.instant().isBefore(end)) {
                look(cluster, open, asked);
                if (!open.isEmpty()) {
                    Thread.sleep(PAUSE.multipliedBy(1 + open.size() / LISTED_A_SECOND));
                }
            }
            if (!open.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("After " + timeout + " s these were not looked at: " + String.join(", ", open.keySet())
                                + ". The operator may be busy, or does not run; their annotation asks for it still.");
                return ExitCode.TIMED_OUT;
            }
            return ExitCode.DONE;
        }
    }

    /** Reads them all by one request if they are many. */
    private void look(Cluster cluster, Map<String, TenantOnboarding> open, String asked) {
        List<TenantOnboarding> found = cluster.onboardings(tob.scope(cluster), Optional.ofNullable(name));
        for (TenantOnboarding it : found) {
            var key = it.getMetadata().getNamespace() + "/" + it.getMetadata().getName();
            if (asked.equals(it.known().lastHandledReconcileAt()) && open.remove(key) != null) {
                var ready = it.known().condition(ConditionType.READY);
                spec.commandLine()
                        .getOut()
                        .println(key + "   Ready "
                                + ready.map(Condition::status).map(Enum::name).orElse("Unknown")
                                + ", " + ready.map(Condition::reason).orElse("NotChecked") + ", granted "
                                + it.known().granted());
            }
        }
        open.keySet()
                .retainAll(found.stream()
                        .map(it -> it.getMetadata().getNamespace() + "/"
                                + it.getMetadata().getName())
                        .toList());
    }
}

package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.operator.tob.OnboardingExplanation.Part;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kubectl tob explain}. */
@Command(
        name = "explain",
        description = "Says why onboardings are not ready, who acts, since when, and what the next step is.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl tob explain -A                     all that are not ready",
            "  kubectl tob explain contoso -n customers   one, with everything that it needs",
            "  kubectl tob explain -A -o json --exit-code exits with 7 if any is not ready"
        })
final class ExplainCommand implements Callable<Integer> {

    @ParentCommand
    private Tob tob;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "One onboarding; without it, all that are not ready.")
    private String name;

    @Option(names = "--all", description = "Without a name: those that are ready as well.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "TEXT",
            paramLabel = "FORMAT",
            description = "text or json; the default is ${DEFAULT-VALUE}.")
    private OutputFormat output;

    @Option(names = "--exit-code", description = "Exit with 7 if one of them is not ready.")
    private boolean exitCode;

    @Override
    public Integer call() {
        try (var cluster = tob.connect()) {
            var now = Clock.systemUTC().instant();
            var read = cluster.onboardings(tob.scope(cluster), Optional.ofNullable(name)).stream()
                    .map(it -> OnboardingExplanation.of(it, now))
                    .toList();
            var told = read.stream()
                    .filter(it -> all || name != null || !it.isReady())
                    .toList();
            var out = spec.commandLine().getOut();
            if (output == OutputFormat.JSON) {
                out.println(Json.of(told));
            } else {
                told.forEach(it -> print(out, it));
                if (name == null) {
                    out.println(read.size() + " onboardings, "
                            + read.stream().filter(it -> !it.isReady()).count() + " of them not ready.");
                }
            }
            return exitCode && !read.stream().allMatch(OnboardingExplanation::isReady) ? ExitCode.FOUND : ExitCode.DONE;
        }
    }

    private void print(PrintWriter out, OnboardingExplanation it) {
        out.println(it.namespace() + "/" + it.name() + "   tenant " + it.tenantId()
                + (it.tenantName() == null ? "" : " (" + it.tenantName() + ")"));
        out.println("  Ready       " + it.ready() + ", " + it.reason()
                + (it.since() == null ? "" : ", since " + it.since()));
        out.println("  Why         " + it.message());
        out.println("  Who acts    " + it.actor().title());
        if (it.nextStep() != null) {
            out.println("  Next step   " + it.nextStep());
        }
        var parts = shown(it);
        if (!parts.isEmpty()) {
            var table = new TextTable("  PART", "NAME", "STATE", "SINCE", "WHO ACTS");
            parts.forEach(part -> table.row(List.of(
                    "  " + part.kind().name(),
                    part.name(),
                    part.state(),
                    Optional.ofNullable(part.since()).orElse("-"),
                    part.actor() == Actor.Nobody ? "-" : part.actor().title())));
            out.println(table);
            parts.forEach(part -> details(out, part));
        }
        out.println();
    }

    /** Of many onboardings only what is open. */
    private List<Part> shown(OnboardingExplanation explanation) {
        return explanation.parts().stream()
                .filter(it -> name != null || it.open())
                .toList();
    }

    private static void details(PrintWriter out, Part part) {
        if (!part.lacks().isEmpty()) {
            out.println("  " + part.name() + " lacks " + String.join(", ", part.lacks()));
        }
        if (part.nextStep() != null && part.open()) {
            out.println("  " + part.name() + ": " + part.nextStep());
        }
    }
}

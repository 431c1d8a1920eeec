package dev.tenantops.onboarding.operator.tob;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kubectl tob resume}. */
@Command(
        name = "resume",
        description = "Goes on with the verification of onboardings.",
        footerHeading = "%nExamples:%n",
        footer = {"  kubectl tob resume contoso -n customers", "  kubectl tob resume --all -n customers"})
final class ResumeCommand implements Callable<Integer> {

    @ParentCommand
    private Tob tob;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One onboarding.")
    private String name;

    @Option(names = "--all", description = "All of the namespace; with -A of all namespaces.")
    private boolean all;

    @Override
    public Integer call() {
        Chosen.one(spec, name, all);
        try (var cluster = tob.connect()) {
            Suspension.set(cluster, tob.scope(cluster), name, false)
                    .forEach(it -> spec.commandLine().getOut().println("Resumed: " + it));
            return ExitCode.DONE;
        }
    }
}

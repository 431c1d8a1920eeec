package dev.tenantops.onboarding.operator.tob;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kubectl tob suspend}. */
@Command(
        name = "suspend",
        description = "Stops the verification of onboardings. Ready is Unknown meanwhile, since nothing is proven.",
        footerHeading = "%nExamples:%n",
        footer = {"  kubectl tob suspend contoso -n customers", "  kubectl tob suspend --all -n customers"})
final class SuspendCommand implements Callable<Integer> {

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
            Suspension.set(cluster, tob.scope(cluster), name, true)
                    .forEach(it -> spec.commandLine().getOut().println("Suspended: " + it));
            return ExitCode.DONE;
        }
    }
}

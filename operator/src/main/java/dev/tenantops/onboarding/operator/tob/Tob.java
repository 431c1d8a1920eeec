package dev.tenantops.onboarding.operator.tob;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. It reads what its user may read, and runs without the operator and without its configuration. */
@Command(
        name = "kubectl tob",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Tob.Version.class,
        description = "Shows and changes TenantOnboardings, with your own rights.",
        subcommands = {
            ExplainCommand.class,
            LinksCommand.class,
            PackCommand.class,
            RecheckCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            PlanCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:Failed, as when the API server does not answer.",
            "2:The arguments make no sense.",
            "3:You may not do this; the message names the right that is missing.",
            "4:There is no such object.",
            "5:It took longer than --timeout.",
            "6:A file that was given is not what it has to be; nothing was written.",
            "7:What was asked for was found: see --exit-code and --fail-on."
        })
public final class Tob implements Runnable {

    /** Of help: an example is a line that can be copied. */
    private static final int WIDTH = 120;

    @Option(
            names = {"-n", "--namespace"},
            scope = ScopeType.INHERIT,
            paramLabel = "NAMESPACE",
            description = "Of this namespace; the default is that of the kubeconfig's context.")
    private String namespace;

    @Option(
            names = {"-A", "--all-namespaces"},
            scope = ScopeType.INHERIT,
            description = "Of all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = "--context",
            scope = ScopeType.INHERIT,
            paramLabel = "CONTEXT",
            description = "The kubeconfig's context to use; the default is its current one.")
    private String context;

    @Option(
            names = "--kubeconfig",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The kubeconfig to use; the default is $KUBECONFIG, or ~/.kube/config.")
    private Path kubeconfig;

    @Spec
    private CommandSpec spec;

    /** Runs one command, and says what to exit with. */
    public static int run(String... arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return run(out, err, arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Tob())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println(failure instanceof Refusal ? failure.getMessage() : told(failure));
                    return failure instanceof Refusal refusal ? refusal.exitCode() : ExitCode.FAILED;
                })
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: one of the commands below.");
    }

    /** The cluster as its user sees it; the caller closes it. */
    Cluster connect() {
        return Cluster.connect(Optional.ofNullable(kubeconfig), Optional.ofNullable(context));
    }

    /** Where to look. */
    Scope scope(Cluster cluster) {
        return allNamespaces
                ? Scope.everywhere()
                : Scope.of(Optional.ofNullable(namespace).orElseGet(cluster::namespace));
    }

    private static String told(Exception failure) {
        var message = Optional.ofNullable(failure.getMessage()).orElse("no message");
        return "This failed: " + failure.getClass().getSimpleName() + ": " + message;
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                Optional.ofNullable(Tob.class.getPackage().getImplementationVersion())
                        .orElse("development")
            };
        }
    }
}

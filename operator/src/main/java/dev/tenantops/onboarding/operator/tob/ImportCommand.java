package dev.tenantops.onboarding.operator.tob;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kubectl tob import}. It asks no cluster: what it writes goes to Git. */
@Command(
        name = "import",
        description =
                "Writes manifests from a table of customers: one file for each onboarding, and a kustomization.yaml."
                        + " A second run changes only what has changed in the table.",
        footerHeading = "%nThe table:%n",
        footer = {
            "  The first line names the columns: name, tenantId, catalog; and, where wanted, namespace, plans,",
            "  applications, proxy, interval. Each further line is one licence. Several plans of a cell are separated",
            "  by blanks. Where any line is wrong all such lines are named, and nothing is written.",
            "",
            "Examples:",
            "  kubectl tob import customers.csv --out customers",
            "  kubectl tob import customers.csv --out customers --prune   removes what the table no longer lists"
        })
final class ImportCommand implements Callable<Integer> {

    private static final long MOST_BYTES = 64L * 1024 * 1024;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The table, as CSV in UTF-8.")
    private Path file;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where the manifests are written.")
    private Path folder;

    @Option(names = "--prune", description = "Remove files of earlier imports whose customers are no longer listed.")
    private boolean prune;

    @Override
    public Integer call() throws IOException {
        var customers = CustomerFile.parse(read());
        var err = spec.commandLine().getErr();
        if (!customers.mistakes().isEmpty()) {
            customers.mistakes().forEach(err::println);
            err.println("Nothing was written. Correct " + file + " and try again.");
            return ExitCode.INVALID_INPUT;
        }
        var manifests = new TreeMap<String, String>();
        customers.customers().forEach((key, rows) -> manifests.put(key.file(), CustomerManifest.of(key, rows)));
        var outcome = new ManifestFolder(folder).write(manifests, prune);
        var out = spec.commandLine().getOut();
        out.println(manifests.size() + " onboardings in " + folder + ": " + outcome.written() + " written, "
                + outcome.unchanged() + " unchanged.");
        if (!outcome.left().isEmpty()) {
            err.println(
                    (prune ? "Removed" : "No longer listed, and left out of kustomization.yaml; --prune removes them")
                            + ": " + String.join(", ", outcome.left()));
        }
        return ExitCode.DONE;
    }

    private String read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Refusal(ExitCode.NOT_FOUND, "There is no file " + file + ".");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new Refusal(ExitCode.INVALID_INPUT, file + " has more than 64 MiB. Split it.");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException _) {
            throw new Refusal(
                    ExitCode.INVALID_INPUT,
                    file + " is not in UTF-8. Save it as \"CSV UTF-8\" in your spreadsheet program.");
        }
    }
}

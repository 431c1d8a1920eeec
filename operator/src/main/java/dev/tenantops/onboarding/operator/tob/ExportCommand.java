package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kubectl tob export}. */
@Command(
        name = "export",
        description = "Writes onboardings to standard output: a table for a spreadsheet, or all that plan needs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl tob export --csv -A >customers.csv   one row for each onboarding",
            "  kubectl tob export --json -A >export.json    for kubectl tob plan --from export.json"
        })
final class ExportCommand implements Callable<Integer> {

    @ParentCommand
    private Tob tob;

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Format format;

    static final class Format {

        @Option(names = "--csv", description = "One row for each onboarding. No cell is a formula.")
        private boolean csv;

        @Option(
                names = "--json",
                description = "Catalogs, onboardings and the labels of namespaces, without links to administrators'"
                        + " pages.")
        private boolean json;
    }

    @Override
    public Integer call() throws IOException {
        try (var cluster = tob.connect()) {
            var out = spec.commandLine().getOut();
            if (format.json) {
                out.println(Json.of(SnapshotFile.of(Snapshots.take(
                        cluster, tob.scope(cluster), spec.commandLine().getErr()))));
            } else {
                write(
                        cluster.onboardings(tob.scope(cluster)),
                        out,
                        Clock.systemUTC().instant());
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    static void write(List<TenantOnboarding> onboardings, Appendable out, Instant now) throws IOException {
        // Not closed: that would close standard output.
        var printer = new CSVPrinter(
                out,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(
                                "namespace",
                                "name",
                                "tenantId",
                                "tenantName",
                                "ready",
                                "reason",
                                "since",
                                "whoActs",
                                "granted",
                                "missing",
                                "nextStep",
                                "lastVerified",
                                "validUntil")
                        .get());
        for (TenantOnboarding it : onboardings) {
            printer.printRecord(row(it, now).map(SpreadsheetCell::of));
        }
        printer.flush();
    }

    private static Stream<String> row(TenantOnboarding onboarding, Instant now) {
        var told = OnboardingExplanation.of(onboarding, now);
        var status = onboarding.known();
        return Stream.of(
                told.namespace(),
                told.name(),
                told.tenantId(),
                told.tenantName(),
                told.ready(),
                told.reason(),
                told.since(),
                told.actor().name(),
                status.granted(),
                String.valueOf(status.applications().stream()
                        .map(ApplicationStatus::permissions)
                        .mapToInt(it -> it.missing().count())
                        .sum()),
                told.nextStep(),
                status.lastVerified(),
                status.validUntil());
    }
}

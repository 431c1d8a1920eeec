package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.AllowedNamespaces;
import dev.tenantops.onboarding.operator.plan.CatalogPlan;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding;
import dev.tenantops.onboarding.operator.plan.Planner;
import dev.tenantops.onboarding.operator.plan.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kubectl tob plan}. */
@Command(
        name = "plan",
        description = "Says what a change of catalogs means for each customer, before it is made: which new consent of"
                + " whom, which grants become surplus, which links change. What the statuses do not tell is unknown"
                + " until the next check, and is said to be.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl tob plan -A --catalog heedify.yaml",
            "  kubectl tob plan --from export.json --catalog catalogs/ -o markdown >comment.md",
            "  kustomize build . | kubectl tob plan -A --catalog - --fail-on consent=10 --fail-on problem",
            "  kubectl tob plan -A --catalog heedify.yaml --notices notices   a text for each customer who has to act"
        })
final class PlanCommand implements Callable<Integer> {

    enum Format {
        TABLE,
        JSON,
        MARKDOWN
    }

    @ParentCommand
    private Tob tob;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--catalog",
            required = true,
            paramLabel = "FILE",
            description = "Catalogs as they would be: a file, a folder, or - for standard input; more than once. Those"
                    + " that are not among them stay as they are.")
    private List<String> catalogs;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Instead of a cluster: what export --json wrote. It is judged as of then.")
    private Path export;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "TABLE",
            paramLabel = "FORMAT",
            description = "table, json or markdown; the default is ${DEFAULT-VALUE}.")
    private Format output;

    @Option(
            names = "--fail-on",
            paramLabel = "KIND[=NUMBER]",
            converter = PlanThreshold.Converter.class,
            description =
                    "Exit with 7 from so many customers on (1 without a number): change, consent (need one for"
                            + " sure), unknown (need one, or may), ready (would lose it), surplus, link, problem. More than once.")
    private List<PlanThreshold> thresholds = new ArrayList<>();

    @Option(
            names = "--notices",
            paramLabel = "FOLDER",
            description = "Write a text for each customer whose administrator has to act.")
    private Path notices;

    @Override
    public Integer call() throws IOException {
        var files = new CatalogFiles();
        var proposed = new ArrayList<ApplicationCatalog>();
        for (String it : catalogs) {
            proposed.addAll(files.read(it));
        }
        if (proposed.isEmpty()) {
            throw new Refusal(
                    ExitCode.INVALID_INPUT, "There is no ApplicationCatalog in " + String.join(", ", catalogs) + ".");
        }
        refuseTwo(proposed);
        var plan = Planner.plan(complete(snapshot(), proposed), proposed);
        if (notices != null) {
            write(plan);
        }
        var text = new PlanText(plan);
        var out = spec.commandLine().getOut();
        switch (output) {
            case TABLE -> out.println(text.table());
            case JSON -> out.println(Json.of(PlanDocument.of(plan)));
            case MARKDOWN -> out.print(text.markdown());
        }
        out.flush();
        return thresholds.stream().anyMatch(it -> it.isReached(plan)) ? ExitCode.FOUND : ExitCode.DONE;
    }

    /** Of two different ones of a name nobody could tell which would be applied last. */
    private static void refuseTwo(List<ApplicationCatalog> proposed) {
        var specs = new HashMap<String, ApplicationCatalogSpec>();
        for (ApplicationCatalog it : proposed) {
            var name = it.getMetadata().getName();
            var other = specs.putIfAbsent(name, it.getSpec());
            if (other != null && !other.equals(it.getSpec())) {
                throw new Refusal(
                        ExitCode.INVALID_INPUT,
                        "There are two different ApplicationCatalogs " + name
                                + " among the files. A cluster has one of a name: give the one that would be applied.");
            }
        }
    }

    private Snapshot snapshot() throws IOException {
        if (export != null) {
            if (!Files.isReadable(export)) {
                throw new Refusal(ExitCode.NOT_FOUND, "There is no file " + export + " that can be read.");
            }
            return SnapshotFile.parse(export.toString(), Files.readString(export));
        }
        try (var cluster = tob.connect()) {
            return Snapshots.take(
                    cluster, tob.scope(cluster), spec.commandLine().getErr());
        }
    }

    /** A plan that lacks what it is told from would tell something else. */
    private static Snapshot complete(Snapshot snapshot, List<ApplicationCatalog> proposed) {
        if (snapshot.catalogs().isEmpty() && !snapshot.onboardings().isEmpty()) {
            throw new Refusal(
                    ExitCode.REFUSED,
                    "The catalogs as they are could not be read, so nothing can be compared with them. That takes the"
                            + " verb list on applicationcatalogs.onboarding.tenantops.dev.");
        }
        if (snapshot.namespaces().isEmpty()
                && java.util.stream.Stream.concat(proposed.stream(), snapshot.catalogs().stream())
                        .map(it -> it.getSpec().allowedNamespaces())
                        .anyMatch(it -> it != null && it.from() == AllowedNamespaces.From.Selector)) {
            throw new Refusal(
                    ExitCode.REFUSED,
                    "A catalog selects namespaces by their labels, and these could not be read. That takes the verb"
                            + " list on namespaces.");
        }
        return snapshot;
    }

    private void write(CatalogPlan plan) throws IOException {
        Files.createDirectories(notices);
        for (PlannedOnboarding it : plan.onboardings()) {
            var text = CustomerNotice.of(it);
            if (text.isPresent()) {
                Files.writeString(notices.resolve(it.namespace() + "." + it.name() + ".md"), text.get());
            }
        }
    }
}

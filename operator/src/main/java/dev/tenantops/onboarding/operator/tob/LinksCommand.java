package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kubectl tob links}. */
@Command(
        name = "links",
        description =
                "Prints the links that customers' administrators have to open, and who can grant what is behind them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl tob links contoso -n customers     what Contoso has to open, in order",
            "  kubectl tob links -A --all                 the links of what is granted as well",
            "  kubectl tob links -A -o json               for a mail merge"
        })
final class LinksCommand implements Callable<Integer> {

    @ParentCommand
    private Tob tob;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One onboarding; without it, all.")
    private String name;

    @Option(names = "--all", description = "The links of what is granted as well.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "TEXT",
            paramLabel = "FORMAT",
            description = "text or json; the default is ${DEFAULT-VALUE}.")
    private OutputFormat output;

    /**
     * One link.
     *
     * @param what the application's name for people
     * @param grantableBy null where it is granted
     */
    record Link(
            String namespace,
            String name,
            String tenantId,
            String catalog,
            String what,
            String state,
            String grantableBy,
            String url) {}

    @Override
    public Integer call() {
        try (var cluster = tob.connect()) {
            var links = cluster.onboardings(tob.scope(cluster), Optional.ofNullable(name)).stream()
                    .flatMap(LinksCommand::links)
                    .filter(it -> all || it.grantableBy() != null)
                    .toList();
            var out = spec.commandLine().getOut();
            if (output == OutputFormat.JSON) {
                out.println(Json.of(links));
                return ExitCode.DONE;
            }
            if (links.isEmpty()) {
                out.println("There is nothing to open: every consent is granted, or no link is known yet.");
                return ExitCode.DONE;
            }
            var table = new TextTable("NAMESPACE", "NAME", "WHAT", "STATE", "GRANTABLE BY", "LINK");
            links.forEach(it -> table.row(List.of(
                    it.namespace(),
                    it.name(),
                    it.what(),
                    it.state(),
                    Optional.ofNullable(it.grantableBy()).orElse("-"),
                    it.url())));
            out.println(table);
            return ExitCode.DONE;
        }
    }

    /** The page that shows them all first, then link zero, then the applications in their order. */
    private static Stream<Link> links(TenantOnboarding onboarding) {
        var status = onboarding.known();
        var page = Optional.ofNullable(status.pageUrl()).stream()
                .map(it -> link(onboarding, "", "the administrator's page", "-", "an administrator of the tenant", it));
        var verifiers = status.verifiers().stream()
                .filter(it -> it.consentUrl() != null)
                .map(it -> link(
                        onboarding,
                        it.catalog(),
                        "the verifier",
                        it.state(),
                        it.state().equals("VerifierConsentRequired") ? it.grantableBy() : null,
                        it.consentUrl()));
        var applications = status.applications().stream()
                .filter(it -> it.consentUrl() != null)
                .map(it -> link(
                        onboarding,
                        it.catalog(),
                        Optional.ofNullable(it.displayName()).orElse(it.name()),
                        it.state().name(),
                        it.state() == ApplicationState.Granted ? null : it.grantableBy(),
                        it.consentUrl()));
        return Stream.of(page, verifiers, applications).flatMap(it -> it);
    }

    private static Link link(
            TenantOnboarding onboarding, String catalog, String what, String state, String grantableBy, String url) {
        return new Link(
                onboarding.getMetadata().getNamespace(),
                onboarding.getMetadata().getName(),
                onboarding.getSpec().tenantId(),
                catalog,
                what,
                state,
                grantableBy,
                url);
    }
}

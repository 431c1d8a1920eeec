package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.page.pack.CustomerPack;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.PageView;
import dev.tenantops.onboarding.operator.page.view.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code kubectl tob pack}. */
@Command(
        name = "pack",
        description =
                "Writes what to send to a customer's administrator: each link in its order, who can open it, why and"
                        + " for what, and what a firewall has to let through. It is what the administrator's page says, and needs no page.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubectl tob pack contoso -n customers         to pipe into a mail",
            "  kubectl tob pack contoso -n customers --language de --output contoso.md",
            "  kubectl tob pack -l wave=3 -n customers --format txt --output packs",
            "  kubectl tob pack --all -A --output packs      one file for each"
        })
final class PackCommand implements Callable<Integer> {

    /** What a pack is written as, by the ending of its file. */
    enum Format {
        MD {
            @Override
            String of(PageView page, Language language) {
                return CustomerPack.markdown(page, language, Words.of(language));
            }
        },
        TXT {
            @Override
            String of(PageView page, Language language) {
                return CustomerPack.text(page, language, Words.of(language));
            }
        };

        abstract String of(PageView page, Language language);

        String ending() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    @ParentCommand
    private Tob tob;

    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Which which;

    static final class Which {

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "One onboarding.")
        private String name;

        @Option(
                names = {"-l", "--selector"},
                paramLabel = "SELECTOR",
                description = "Those with these labels, as kubectl get takes them.")
        private String selector;

        @Option(names = "--all", description = "All of the namespace; with -A of all namespaces.")
        private boolean all;
    }

    @Option(
            names = "--format",
            defaultValue = "MD",
            paramLabel = "FORMAT",
            description = "md (Markdown) or txt; the default is md.")
    private Format format;

    @Option(
            names = "--language",
            defaultValue = "en",
            paramLabel = "LANGUAGE",
            converter = LanguageConverter.class,
            description = "en or de; the default is ${DEFAULT-VALUE}.")
    private Language language;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description =
                    "The file to write; of several onboardings the folder, with a file NAMESPACE.NAME.FORMAT for each."
                            + " One without it is printed.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        if (which.name == null && output == null) {
            throw new ParameterException(
                    spec.commandLine(), "Several packs are files of their own: name their folder with --output.");
        }
        try (var cluster = tob.connect()) {
            var onboardings = chosen(cluster);
            var catalogs = cluster.catalogs().stream()
                    .collect(Collectors.toMap(it -> it.getMetadata().getName(), it -> it));
            var now = Clock.systemUTC().instant();
            if (which.name == null) {
                write(onboardings, catalogs, now);
            } else {
                one(pack(onboardings.getFirst(), catalogs, now));
            }
            return ExitCode.DONE;
        }
    }

    private List<TenantOnboarding> chosen(Cluster cluster) {
        var scope = tob.scope(cluster);
        if (which.name != null) {
            return List.of(cluster.onboarding(scope, which.name));
        }
        var selector = Optional.ofNullable(which.selector);
        var onboardings = selector.map(it -> cluster.selected(scope, it)).orElseGet(() -> cluster.onboardings(scope));
        if (onboardings.isEmpty()) {
            throw new Refusal(
                    ExitCode.NOT_FOUND,
                    "There is no TenantOnboarding"
                            + selector.map(it -> " with the labels " + it).orElse("") + " "
                            + scope.told() + ". Nothing was written. kubectl get tob --show-labels "
                            + scope.argument() + " lists those that there are.");
        }
        return onboardings;
    }

    private String pack(TenantOnboarding onboarding, Map<String, ApplicationCatalog> catalogs, Instant now) {
        return format.of(PageView.of(onboarding, catalogs, now, Optional.empty()), language);
    }

    private void one(String pack) throws IOException {
        var out = spec.commandLine().getOut();
        if (output == null) {
            out.print(pack);
            out.flush();
            return;
        }
        Files.writeString(output, pack);
        out.println("Written: " + output);
    }

    /** A namespace has no dot in its name, so no two onboardings have the same file. */
    private void write(List<TenantOnboarding> onboardings, Map<String, ApplicationCatalog> catalogs, Instant now)
            throws IOException {
        Files.createDirectories(output);
        for (TenantOnboarding it : onboardings) {
            var file = it.getMetadata().getNamespace() + "." + it.getMetadata().getName() + format.ending();
            Files.writeString(output.resolve(file), pack(it, catalogs, now));
        }
        spec.commandLine().getOut().println(onboardings.size() + " packs written to " + output + ".");
    }

    static final class LanguageConverter implements ITypeConverter<Language> {

        @Override
        public Language convert(String tag) {
            return Language.of(tag)
                    .orElseThrow(() -> new TypeConversionException("there are texts in "
                            + Stream.of(Language.values()).map(Language::tag).collect(Collectors.joining(" and "))
                            + ", and none in " + tag));
        }
    }
}

package dev.tenantops.onboarding.operator.tob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Plan;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.operator.TestApiServer;
import dev.tenantops.onboarding.sandbox.Samples;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The samples do what they say. */
class CommandLineSamplesTest {

    private static final Path SAMPLES = Samples.repository().resolve("samples");

    @RegisterExtension
    static final TestApiServer API = new TestApiServer(Samples.definitions());

    @TempDir
    private Path folder;

    @Test
    void theManifestsAreWhatTheTableGives() throws IOException {
        var run = CommandLineRun.of(
                "import", SAMPLES.resolve("bulk/customers.csv").toString(), "--out", folder.toString());

        assertThat(run.err()).isEmpty();
        assertThat(files(SAMPLES.resolve("bulk/manifests"))).isEqualTo(files(folder));
    }

    @Test
    void theTableNamesWhatTheCatalogHas() throws IOException {
        var customers = CustomerFile.parse(Files.readString(SAMPLES.resolve("bulk/customers.csv")));
        Map<String, ApplicationCatalog> catalogs = Samples.load().catalogs().stream()
                .collect(Collectors.toMap(it -> it.getMetadata().getName(), it -> it));

        assertThat(customers.mistakes()).isEmpty();
        assertThat(customers.customers().values())
                .allSatisfy(rows -> assertThat(rows).allSatisfy(row -> {
                    var spec = catalogs.get(row.catalog()).getSpec();
                    assertThat(spec.plans()).extracting(Plan::name).containsAll(row.plans());
                    assertThat(spec.applications())
                            .extracting(Application::name)
                            .containsAll(row.applications());
                    assertThat(new License(row.catalog(), row.plans(), row.applications()))
                            .isNotNull();
                }));
    }

    @Test
    void theHookIsTakenByTheApiServerAndItsArgumentsByTheCommandLine() throws IOException {
        API.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("argocd")
                        .endMetadata()
                        .build())
                .create();
        var manifests = Files.readString(SAMPLES.resolve("plan/argocd-presync.yaml"));
        for (String it : manifests.split("(?m)^---$")) {
            HasMetadata read = new KubernetesSerialization().unmarshal(it, GenericKubernetesResource.class);
            API.client().resource(it).inNamespace("argocd").create();
            assertThat(read.getMetadata().getAnnotations()).containsEntry("argocd.argoproj.io/hook", "PreSync");
        }
        var job = new KubernetesSerialization()
                .unmarshal(manifests.substring(manifests.lastIndexOf("---\n") + 4), Job.class);
        var arguments =
                job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs();
        assertThat(arguments.getFirst()).isEqualTo("tob");
        understood(arguments.subList(1, arguments.size()));
    }

    @Test
    void theWorkflowPinsItsActionsAndItsArgumentsAreUnderstood() throws IOException {
        var workflow = Files.readString(SAMPLES.resolve("plan/github-workflow.yaml"));

        assertThat(Pattern.compile(" uses: (.*)").matcher(workflow).results().map(it -> it.group(1)))
                .isNotEmpty()
                .allMatch(it -> it.matches("[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
        var command = Pattern.compile(" tob (plan .*) >").matcher(workflow);
        assertThat(command.find()).isTrue();
        understood(List.of(command.group(1).split(" ")));
    }

    private static void understood(List<String> arguments) {
        var parsed = new CommandLine(new Tob())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments.toArray(String[]::new));
        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("plan");
    }

    private static Map<String, String> files(Path root) throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path it : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(it).toString(), Files.readString(it));
            }
        }
        return files;
    }
}

package dev.tenantops.onboarding.operator.tob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private static final String HEADING = "name,namespace,tenantId,catalog,plans,applications,proxy,interval\n";
    private static final String CONTOSO =
            "contoso,customers,3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10,heedify,extend common,,,\n";

    @TempDir
    private Path folder;

    @Test
    void eachCustomerIsAFileAndTheKustomizationListsThemSorted() throws IOException {
        var run = imported(HEADING
                + "zulu,,3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a11,heedify,common,,http://proxy.zulu.example:3128,10m\n"
                + CONTOSO + "contoso,customers,3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10,unify,,voice,,\n");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(out("kustomization.yaml")))
                .endsWith("resources:\n- customers/contoso.yaml\n- zulu.yaml\n");
        var contoso = manifest("customers/contoso.yaml");
        assertThat(contoso.getMetadata().getNamespace()).isEqualTo("customers");
        assertThat(contoso.getSpec().licenses())
                .containsExactly(
                        new License("heedify", List.of("common", "extend"), List.of()),
                        new License("unify", List.of(), List.of("voice")));
        var zulu = manifest("zulu.yaml").getSpec();
        assertThat(zulu.network().proxy().url()).isEqualTo("http://proxy.zulu.example:3128");
        assertThat(zulu.verification().interval()).isEqualTo("10m");
    }

    @Test
    void aSecondImportOfTheSameTableChangesNoFile() throws IOException {
        imported(HEADING + CONTOSO);
        var before = files();

        var again = imported(HEADING + CONTOSO);

        assertThat(again.out()).contains("0 written, 1 unchanged");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void hundredsOfCustomersAreWrittenInOneGo() throws IOException {
        var table = new StringBuilder(HEADING);
        IntStream.range(0, 800)
                .forEach(it -> table.append("customer-%d,ns-%d,3c1f0d5e-8a52-4b7e-9f3e-%012d,heedify,common,,,\n"
                        .formatted(it, it % 7, it)));

        assertThat(imported(table.toString()).out()).contains("800 onboardings");
        assertThat(files()).hasSize(801);
    }

    @Test
    void everyBadRowIsNamedWithItsLineAndNothingIsWritten() {
        var run = imported(HEADING + CONTOSO
                + "Big Corp,customers,contoso.com,heedify,common,,,\n"
                + "fabrikam,customers,3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a12,heedify,,,,\n"
                + "litware,customers,3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a13,heedify,common,,http://user:hunter2@proxy:1,\n"
                + "short,customers\n");

        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(run.err())
                .contains("Line 3: the name \"Big Corp\"", "Line 3: the tenantId \"contoso.com\" is no GUID")
                .contains("Line 4: neither plans nor applications")
                .contains("Line 5: the proxy \"http://…@proxy:1\"")
                .contains("Line 6: it has 2 cells and the first line 8")
                .contains("Nothing was written")
                .doesNotContain("hunter2");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void theLineOfARowBelowACellOfSeveralLinesIsThatOfTheFile() {
        var run = imported(
                HEADING + "contoso,customers,3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10,heedify,\"common\nextend\",,,\n"
                        + "Bad,,x,heedify,common,,,\n");

        assertThat(run.err()).contains("Line 4: the name \"Bad\"");
    }

    @Test
    void whatASpreadsheetOfAnotherCountrySavesIsRead() throws IOException {
        var run = imported(
                "\ufeffName;Catalog;Plans;TenantID\r\ncontoso;heedify;\"common; extend\";3C1F0D5E-8A52-4B7E-9F3E-2F6F6F1D9A10\r\n");

        assertThat(run.err()).isEmpty();
        assertThat(manifest("contoso.yaml").getSpec().tenantId()).isEqualTo("3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10");
    }

    @Test
    void oneTenantUnderTwoNamesIsAMistake() {
        var run = imported(HEADING + CONTOSO + CONTOSO.replace("contoso,", "contoso-again,"));

        assertThat(run.err())
                .contains("Line 3: the tenant 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10 has a licence of heedify in line 2");
    }

    @Test
    void aNameCannotLeadOutOfTheFolder() {
        assertThat(imported(HEADING + CONTOSO.replace("contoso,customers", "../../evil,customers"))
                        .exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(imported(HEADING + CONTOSO.replace("contoso,customers", "contoso,.."))
                        .exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void anUnknownColumnIsNotPassedOverInSilence() {
        assertThat(imported("name,tenantId,catalog,plan\n").err())
                .contains("Line 1: nothing is known of the column \"plan\"");
    }

    @Test
    void whatIsNoLongerListedStaysUntilItIsPruned() throws IOException {
        imported(HEADING + CONTOSO + CONTOSO.replace("contoso,", "gone,").replace("9a10", "9a19"));

        var kept = imported(HEADING + CONTOSO);
        assertThat(kept.err()).contains("customers/gone.yaml");
        assertThat(Files.readString(out("kustomization.yaml"))).doesNotContain("gone");
        assertThat(out("customers/gone.yaml")).exists();

        imported(HEADING + CONTOSO, "--prune");
        assertThat(out("customers/gone.yaml")).doesNotExist();
    }

    @Test
    void aFileThatAPersonWroteIsNeitherOverwrittenNorPruned() throws IOException {
        Files.createDirectories(out("customers"));
        Files.writeString(out("customers/contoso.yaml"), "kind: TenantOnboarding\n");
        Files.writeString(out("notes.yaml"), "mine: true\n");

        var run = imported(HEADING + CONTOSO, "--prune");

        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(Files.readString(out("customers/contoso.yaml"))).isEqualTo("kind: TenantOnboarding\n");
        assertThat(out("kustomization.yaml")).doesNotExist();
        assertThat(out("notes.yaml")).exists();
    }

    private CommandLineRun imported(String table, String... options) {
        try {
            var file = folder.resolve("customers.csv");
            Files.writeString(file, table);
            return CommandLineRun.of(java.util.stream.Stream.concat(
                            java.util.stream.Stream.of("import", file.toString(), "--out", out("").toString()),
                            java.util.stream.Stream.of(options))
                    .toArray(String[]::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path out(String name) {
        return folder.resolve("out").resolve(name);
    }

    private TenantOnboarding manifest(String name) throws IOException {
        return new KubernetesSerialization().unmarshal(Files.readString(out(name)), TenantOnboarding.class);
    }

    private Map<String, Object> files() throws IOException {
        var files = new TreeMap<String, Object>();
        try (var all = Files.walk(out(""))) {
            for (Path it : all.filter(Files::isRegularFile).toList()) {
                files.put(it.toString(), List.of(Files.readString(it), Files.getLastModifiedTime(it)));
            }
        }
        return files;
    }
}

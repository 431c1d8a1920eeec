package dev.tenantops.onboarding.operator.tob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

    private static final String CATALOG = """
            {"apiVersion": "onboarding.tenantops.dev/v1alpha1", "kind": "ApplicationCatalog", "metadata": {"name": "product"},
             "spec": {"publisher": "Product", "allowedNamespaces": {"from": "All"},
              "redirectUri": "https://product.example.com/back",
              "verifier": {"clientId": "0a1b2c3d-0000-4000-8000-0000000000ff"},
              "applications": [{"name": "reports", "displayName": "Reports", "clientId": "0a1b2c3d-0000-4000-8000-000000000001",
               "permissions": [{"resource": "MicrosoftGraph", "application": ["User.Read.All"]}]}],
              "plans": [{"name": "common", "applications": ["reports"]}]}}
            """;

    private static final String EXPORT = """
            {"takenAt": "2026-11-20T10:01:00Z", "catalogs": [%s], "namespaces": {"customers": {}}, "onboardings": [
             {"apiVersion": "onboarding.tenantops.dev/v1alpha1", "kind": "TenantOnboarding",
              "metadata": {"name": "contoso", "namespace": "customers", "generation": 1,
               "uid": "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a55"},
              "spec": {"tenantId": "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10",
               "licenses": [{"catalog": "product", "plans": ["common"]}]},
              "status": {"observedGeneration": 1, "tenantName": "Contoso <b>@everyone</b> | Ltd.",
               "lastVerified": "2026-11-20T10:00:00Z", "validUntil": "2026-11-20T10:15:00Z",
               "verifiers": [{"catalog": "product", "clientId": "0a1b2c3d-0000-4000-8000-0000000000ff",
                "state": "Authorized", "tier": "Directory"}],
               "applications": [{"catalog": "product", "name": "reports", "state": "Granted",
                "clientId": "0a1b2c3d-0000-4000-8000-000000000001", "servicePrincipalId": "0a1b2c3d-0000-4000-8000-0000000000aa",
                "granted": ["MicrosoftGraph/Application/User.Read.All"], "grantedTotal": 1}],
               "conditions": [{"type": "Ready", "status": "True", "reason": "Onboarded", "observedGeneration": 1,
                "lastTransitionTime": "2026-11-20T10:00:00Z", "message": "All is granted."}]}}]}
            """.formatted(CATALOG);

    @TempDir
    private Path folder;

    private Path export;

    @BeforeEach
    void exported() throws IOException {
        export = folder.resolve("export.json");
        Files.writeString(export, EXPORT);
    }

    @Test
    void aPlanSaysWhoHasToGrantWhatAndWhere() throws IOException {
        var run = plan(CATALOG.replace("[\"User.Read.All\"]", "[\"User.Read.All\", \"Mail.Send\"]"));

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("product/reports   needs consent to MicrosoftGraph Application Mail.Send")
                .contains("Privileged Role Administrator or Global Administrator")
                .contains("of 1 onboardings something changes for 1, as of 2026-11-20T10:01:00Z")
                .contains("1 are ready and would not be");
    }

    @Test
    void whatBecomesSurplusIsNamed() throws IOException {
        var run = plan(CATALOG.replace("User.Read.All", "Mail.Send"), "-o", "json");

        assertThat(run.out())
                .contains("\"surplus\" : [ \"MicrosoftGraph/Application/User.Read.All\" ]")
                .contains("\"needs\" : [ \"MicrosoftGraph/Application/Mail.Send\" ]")
                .contains("https://login.microsoftonline.com/3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10/v2.0/adminconsent");
    }

    @Test
    void theNameThatACustomerChoseIsNoMarkup() throws IOException {
        var run = plan(CATALOG.replace("User.Read.All", "Mail.Send"), "-o", "markdown");

        assertThat(run.out())
                .contains("Contoso &lt;b>&#64;everyone&lt;/b> \\| Ltd.")
                .doesNotContain("@everyone");
    }

    @Test
    void theThresholdGivesTheExitCode() throws IOException {
        var catalog = CATALOG.replace("User.Read.All", "Mail.Send");

        assertThat(plan(catalog, "--fail-on", "consent").exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(plan(catalog, "--fail-on", "consent=2").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(plan(catalog, "--fail-on", "consent=2", "--fail-on", "surplus")
                        .exitCode())
                .isEqualTo(ExitCode.FOUND);
        assertThat(plan(catalog, "--fail-on", "much").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatHasEndedIsUnknownAndNotGuessed() throws IOException {
        Files.writeString(export, EXPORT.replace("\"takenAt\": \"2026-11-20T10:01", "\"takenAt\": \"2026-11-20T10:30"));

        var run = plan(CATALOG.replace("User.Read.All", "Mail.Send"));

        assertThat(run.out())
                .contains("unless granted already; unknown until the next check: what was read of it has ended");
    }

    @Test
    void thereIsANoticeForEachCustomerWhoHasToAct() throws IOException {
        plan(
                CATALOG.replace("User.Read.All", "Mail.Send"),
                "--notices",
                folder.resolve("notices").toString());

        assertThat(Files.readString(folder.resolve("notices/customers.contoso.md")))
                .contains("Reports needs MicrosoftGraph Application Mail.Send", "<https://login.microsoftonline.com/");
    }

    @Test
    void theSameCatalogAmongOtherManifestsChangesNothing() throws IOException {
        var run = plan("---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: other}\n---\n" + CATALOG);

        assertThat(run.out()).contains("No catalog changes.");
    }

    @Test
    void twoDifferentCatalogsOfOneNameAreRefused() throws IOException {
        var catalogs = Files.createDirectories(folder.resolve("catalogs"));
        Files.writeString(catalogs.resolve("a.yaml"), CATALOG.replace("User.Read.All", "Mail.Send"));
        Files.writeString(catalogs.resolve("b.yaml"), CATALOG);

        var run = planOf(catalogs);

        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_INPUT);
        assertThat(run.err()).contains("two different ApplicationCatalogs product");
    }

    @Test
    void aMountedConfigMapIsReadByItsFilesAlone() throws IOException {
        var mount = folder.resolve("mount");
        var earlier = Files.createDirectories(mount.resolve("..2026_11_19"));
        Files.writeString(earlier.resolve("product.yaml"), CATALOG);
        var current = Files.createDirectories(mount.resolve("..2026_11_20"));
        Files.writeString(current.resolve("product.yaml"), CATALOG.replace("User.Read.All", "Mail.Send"));
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_11_20"));
        Files.createSymbolicLink(mount.resolve("product.yaml"), Path.of("..data/product.yaml"));

        var run = planOf(mount);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("needs consent to MicrosoftGraph Application Mail.Send");
    }

    @Test
    void aFileThatIsNoExportIsRefused() throws IOException {
        Files.writeString(export, "{}");
        assertThat(plan(CATALOG).exitCode()).isEqualTo(ExitCode.INVALID_INPUT);
    }

    private CommandLineRun planOf(Path catalogs) {
        return CommandLineRun.of("plan", "--catalog", catalogs.toString(), "--from", export.toString());
    }

    private CommandLineRun plan(String catalog, String... options) throws IOException {
        var file = folder.resolve("catalog.yaml");
        Files.writeString(file, catalog);
        return CommandLineRun.of(Stream.concat(
                        Stream.of("plan", "--catalog", file.toString(), "--from", export.toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }
}

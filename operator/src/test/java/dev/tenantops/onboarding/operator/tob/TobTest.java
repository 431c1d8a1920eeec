package dev.tenantops.onboarding.operator.tob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.TestApiServer;
import dev.tenantops.onboarding.sandbox.Samples;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line before a real API server. */
class TobTest {

    private static final String NOT_READY = """
            observedGeneration: 1
            tenantName: "=HYPERLINK(1)"
            pageUrl: https://onboarding.example.com/o/secret-link
            granted: 0/1
            nextAction: Ask a Global Administrator of the tenant to open https://login.example.com/consent.
            lastVerified: "2026-11-20T10:00:00Z"
            validUntil: "2099-11-20T10:15:00Z"
            verifiers: [{catalog: heedify, state: Authorized, tier: Directory, consentUrl: "https://login.example.com/zero"}]
            applications:
            - catalog: heedify
              name: reports
              displayName: Heedify Reports
              state: ConsentRequired
              consentUrl: https://login.example.com/consent
              grantableBy: Global Administrator
              missing: [{resource: MicrosoftGraph, type: Application, value: User.Read.All}]
              missingTotal: 1
            endpoints: [{name: heedify/signalr, state: ProxyForbidden, since: "2026-11-20T09:00:00Z", nextStep: Allow it.}]
            conditions:
            - {type: Ready, status: "False", reason: ConsentRequired, observedGeneration: 1,
               lastTransitionTime: "2026-11-19T08:00:00Z", message: "1 of 1 consents are not granted."}
            - {type: ConsentGranted, status: "False", reason: ConsentRequired, observedGeneration: 1,
               lastTransitionTime: "2026-11-19T07:00:00Z", message: "1 of 1 consents are not granted."}
            """;

    @RegisterExtension
    static final TestApiServer API = new TestApiServer(Samples.definitions());

    @TempDir
    private Path folder;

    private String namespace;
    private Path kubeconfig;

    @BeforeEach
    void namespaceOfItsOwn(TestInfo test) throws IOException {
        namespace = "tob-" + Integer.toHexString(test.getDisplayName().hashCode());
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, API.server().kubeconfig());
        API.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "links", "pack", "recheck", "suspend", "resume", "export", "import", "plan"})
    void eachCommandSaysWhatItDoesAndShowsExamplesAsTheyAreTyped(String command) {
        var run = CommandLineRun.of(command, "--help");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: kubectl tob " + command, "--kubeconfig=FILE")
                .contains("Examples:");
        var examples =
                run.out().substring(run.out().indexOf("Examples:")).lines().skip(1);
        assertThat(examples.takeWhile(it -> !it.isBlank()))
                .allSatisfy(it -> assertThat(it).matches("  (kubectl tob |kustomize build ).*"));
    }

    @Test
    void explainSaysWhyWhoActsSinceWhenAndWhatIsNext() {
        onboarding("contoso", NOT_READY);

        var run = tob("explain", "contoso");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains("Ready       False, ConsentRequired, since 2026-11-19T08:00:00Z")
                .contains("an administrator of the customer's tenant")
                .contains("heedify/reports", "2026-11-19T07:00:00Z", "lacks MicrosoftGraph Application User.Read.All")
                .contains("heedify/signalr", "ProxyForbidden", "2026-11-20T09:00:00Z", "Allow it.");
        assertThat(tob("explain", "--exit-code").exitCode()).isEqualTo(ExitCode.FOUND);
        assertThat(tob("explain", "-o", "json").out()).contains("\"actor\" : \"CustomerAdministrator\"");
    }

    @Test
    void readyIsNotBelievedOnceItsEvidenceHasEnded() {
        onboarding(
                "contoso",
                NOT_READY
                        .replace("type: Ready, status: \"False\"", "type: Ready, status: \"True\"")
                        .replace("2099-", "2026-"));

        var run = tob("explain", "contoso");

        assertThat(run.out()).contains("Ready       Unknown, EvidenceEnded", "Look at the operator");
    }

    @Test
    void linksAreThoseThatAreToBeOpenedUnlessAllAreWanted() {
        onboarding("contoso", NOT_READY);

        assertThat(tob("links", "contoso").out())
                .contains("https://login.example.com/consent", "https://onboarding.example.com/o/secret-link")
                .doesNotContain("https://login.example.com/zero");
        assertThat(tob("links", "--all").out()).contains("https://login.example.com/zero");
    }

    @Test
    void aPackIsWhatTheCustomersAdministratorIsSent() {
        catalog();
        onboarding("contoso", NOT_READY);

        var english = tob("pack", "contoso");
        var german = tob("pack", "contoso", "--format", "txt", "--language", "de");

        assertThat(english.err()).isEmpty();
        assertThat(english.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(english.out())
                .startsWith("# Microsoft 365 consents for ")
                .contains("**2\\. Heedify Reports**", "<https://login.example.com/consent>", "Global Administrator")
                .contains("\\*.signalr.net")
                .doesNotContain("secret-link");
        assertThat(german.out()).contains("Heedify Reports: ", "Wer das kann: ").doesNotContain("# ", "secret-link");
    }

    @Test
    void packsOfManyAreAFileEach() throws IOException {
        catalog();
        onboarding("contoso", NOT_READY);
        onboarding("fabrikam", NOT_READY);
        onboarding("adatum", NOT_READY);
        API.client()
                .resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName("adatum")
                .edit(it -> {
                    it.getMetadata().setLabels(Map.of("wave", "2"));
                    return it;
                });
        var all = folder.resolve("packs/all");
        var wave = folder.resolve("packs/wave");

        assertThat(tob("pack", "--all", "--output", all.toString()).out())
                .isEqualTo("3 packs written to " + all + ".\n");
        assertThat(tob("pack", "-l", "wave in (2)", "--format", "txt", "--output", wave.toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE);

        assertThat(all.toFile().list())
                .containsExactlyInAnyOrder(
                        namespace + ".adatum.md", namespace + ".contoso.md", namespace + ".fabrikam.md");
        assertThat(wave.toFile().list()).containsExactly(namespace + ".adatum.txt");
        assertThat(all.resolve(namespace + ".contoso.md"))
                .content()
                .isEqualTo(tob("pack", "contoso").out());
    }

    @Test
    void aPackIsNotWrittenOfWhatIsNotThere() {
        var folderOfPacks = folder.resolve("packs");

        var none = tob("pack", "-l", "wave=9", "--output", folderOfPacks.toString());

        assertThat(none.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(none.err()).contains("no TenantOnboarding with the labels wave=9 in the namespace " + namespace);
        assertThat(folderOfPacks).doesNotExist();
        assertThat(tob("pack", "fabrikam").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(tob("pack", "-l", "wave=(", "--output", folderOfPacks.toString())
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(tob("pack", "--all").err()).contains("--output");
        assertThat(tob("pack").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tob("pack", "contoso", "--language", "tlh").err()).contains("there are texts in en and de");
    }

    @Test
    void recheckWaitsUntilTheOperatorHasLooked() {
        onboarding("contoso", NOT_READY);
        var run = CompletableFuture.supplyAsync(() -> tob("recheck", "contoso", "--wait"));
        await().until(() -> read("contoso").requestedAt().isPresent());
        assertThat(run).isNotDone();

        var asked = read("contoso").requestedAt().orElseThrow();
        status("contoso", NOT_READY + "lastHandledReconcileAt: \"" + asked + "\"\n");

        assertThat(run.join().exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.join().out()).contains(namespace + "/contoso   Ready False, ConsentRequired, granted 0/1");
    }

    @Test
    void recheckGivesUpWaitingAndNamesWhatWasNotLookedAt() {
        onboarding("contoso", NOT_READY);

        var run = tob("recheck", "contoso", "--wait", "--timeout", "0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(run.err()).contains(namespace + "/contoso");
    }

    @Test
    void suspendAndResumeChangeTheSpec() {
        onboarding("contoso", NOT_READY);

        assertThat(tob("suspend", "contoso").out()).contains("Suspended: " + namespace + "/contoso");
        assertThat(read("contoso").getSpec().suspend()).isTrue();
        assertThat(tob("suspend", "--all").out()).isEmpty();
        assertThat(tob("resume", "--all").out()).contains("Resumed: " + namespace + "/contoso");
        assertThat(read("contoso").getSpec().suspend()).isFalse();
    }

    @Test
    void whoeverChangesSomethingSaysOfWhat() {
        assertThat(tob("suspend").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tob("recheck", "contoso", "--all").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void noCellOfAnExportIsAFormula() {
        onboarding("contoso", NOT_READY);

        var run = tob("export", "--csv");

        assertThat(run.out())
                .startsWith("namespace,name,tenantId,tenantName,ready,")
                .contains(",'=HYPERLINK(1),False,ConsentRequired,2026-11-19T08:00:00Z,CustomerAdministrator,0/1,1,");
    }

    @Test
    void anExportForPlanHasNoLinkToAPageAndIsReadAgain() {
        onboarding("contoso", NOT_READY);

        var run = tob("export", "--json");

        assertThat(run.out()).doesNotContain("secret-link").doesNotContain("managedFields");
        var snapshot = SnapshotFile.parse("export.json", run.out());
        assertThat(snapshot.onboardings()).hasSize(1);
        assertThat(snapshot.onboardings().getFirst().known().applications())
                .isEqualTo(read("contoso").known().applications());
        assertThat(snapshot.namespaces().orElseThrow()).containsKey(namespace);
    }

    @Test
    void aRefusedReadNamesTheRightThatIsMissing() throws IOException {
        stranger();

        var one = tob("explain");
        var all = CommandLineRun.of("explain", "-A", "--kubeconfig", kubeconfig.toString());

        assertThat(one.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(one.err())
                .contains("You may not list tenantonboardings.onboarding.tenantops.dev in the namespace " + namespace)
                .contains("kubectl auth can-i list tenantonboardings.onboarding.tenantops.dev -n " + namespace);
        assertThat(all.err()).contains("in all namespaces", "-A");
    }

    @Test
    void anObjectThatIsNotThereIsNamed() {
        var run = tob("explain", "fabrikam");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).contains("no TenantOnboarding fabrikam in the namespace " + namespace);
    }

    @Test
    void anUnknownContextIsNamed() {
        assertThat(tob("explain", "--context", "elsewhere").err()).contains("no context elsewhere");
    }

    @Test
    void whatImportWritesTheApiServerTakes() throws IOException {
        var table = folder.resolve("customers.csv");
        Files.writeString(
                table,
                "name,namespace,tenantId,catalog,plans,applications,proxy,interval\n007," + namespace
                        + ",3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10,heedify,common no,reports,http://proxy.example:3128,5m\n");

        var run = tob("import", table.toString(), "--out", folder.resolve("out").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        try (var manifest =
                Files.newInputStream(folder.resolve("out").resolve(namespace).resolve("007.yaml"))) {
            API.client().load(manifest).create();
        }
        assertThat(read("007").getSpec().licenses().getFirst().plans()).containsExactly("common", "no");
    }

    private CommandLineRun tob(String... arguments) {
        return CommandLineRun.of(
                Stream.concat(Stream.of(arguments), Stream.of("-n", namespace, "--kubeconfig", kubeconfig.toString()))
                        .toArray(String[]::new));
    }

    /** Somebody whom the API server knows, and who may do nothing. */
    private void stranger() throws IOException {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("stranger")
                .withNamespace(namespace)
                .endMetadata()
                .build();
        API.client().resource(account).create();
        var token = API.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName("stranger")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        Files.writeString(
                kubeconfig,
                API.server()
                        .kubeconfig()
                        .replaceAll("client-certificate-data: .*", "token: " + token)
                        .replaceAll("(?m)^ *client-key-data: .*\n", ""));
    }

    private void catalog() {
        API.client()
                .resource(new KubernetesSerialization().unmarshal("""
                        apiVersion: onboarding.tenantops.dev/v1alpha1
                        kind: ApplicationCatalog
                        metadata: {name: heedify}
                        spec:
                          publisher: Heedify
                          cloud: Global
                          allowedNamespaces: {from: All}
                          verifier: {clientId: 6f0c1d5e-8a52-4b7e-9f3e-2f6f6f1d9a10}
                          applications:
                          - name: reports
                            displayName: Heedify Reports
                            clientId: 4eed1f00-0000-4000-8000-000000000001
                            permissions: [{resource: MicrosoftGraph, application: [User.Read.All]}]
                          plans: [{name: common, displayName: Common, applications: [reports]}]
                          endpoints: [{name: signalr, url: "wss://*.signalr.net", plans: [common]}]
                        """, ApplicationCatalog.class))
                .createOr(NonDeletingOperation::update);
    }

    private void onboarding(String name, String status) {
        var onboarding =
                new KubernetesSerialization().unmarshal("""
                        apiVersion: onboarding.tenantops.dev/v1alpha1
                        kind: TenantOnboarding
                        metadata: {name: %s, namespace: %s}
                        spec:
                          tenantId: 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10
                          licenses: [{catalog: heedify, plans: [common]}]
                        """.formatted(name, namespace), TenantOnboarding.class);
        API.client().resource(onboarding).create();
        status(name, status);
    }

    private void status(String name, String status) {
        API.client()
                .resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName(name)
                .editStatus(it -> {
                    it.setStatus(new KubernetesSerialization()
                            .unmarshal("status:\n" + status.indent(2), TenantOnboarding.class)
                            .getStatus());
                    return it;
                });
    }

    private TenantOnboarding read(String name) {
        return API.client()
                .resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }
}

package dev.tenantops.onboarding.api;

import static dev.tenantops.onboarding.api.ValidResources.CATALOG;
import static dev.tenantops.onboarding.api.ValidResources.ONBOARDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can never work is rejected at {@code kubectl apply}, with a message that says what to write instead; on the
 * newest and on the oldest Kubernetes that the product supports.
 */
@ParameterizedClass
@ValueSource(strings = {"1.37.2", "1.34.4"})
class ApiServerValidationTest {

    private static final Pattern README_YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final String ACTION =
            "    action: {type: PublishTeamsApp, teamsAppId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d3333}\n";

    @Parameter
    String kubernetesVersion;

    private static DefinedApi api;
    private static KubernetesClient client;

    @BeforeParameterizedClassInvocation
    static void start(String version) throws Exception {
        api = DefinedApi.start(version);
        client = api.client();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        api.close();
    }

    @AfterEach
    void clear() {
        client.resources(TenantOnboarding.class).inNamespace("default").delete();
        client.resources(ApplicationCatalog.class).delete();
    }

    @Test
    void validResourcesAreAcceptedAndBeginWithoutAnObservedGeneration() {
        create(ONBOARDING);
        create(CATALOG);
        assertThat(onboarding().getStatus()).isEqualTo(TenantOnboardingStatus.initial());
        assertThat(catalog().getStatus()).isEqualTo(ApplicationCatalogStatus.initial());
    }

    @Test
    void theManifestsOfTheReadmeAreAccepted() throws IOException {
        var manifests = README_YAML
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.joining("---\n"));
        var created = client.load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8))).items().stream()
                .map(it -> client.resource(it)
                        .fieldValidation(FieldValidateable.Validation.STRICT)
                        .create())
                .toList();
        assertThat(created)
                .extracting(HasMetadata::getKind)
                .containsExactly("ApplicationCatalog", "Namespace", "TenantOnboarding");
        client.resourceList(created).delete();
    }

    @Test
    void defaultsAreFilledIn() {
        create(CATALOG.replace("  cloud: Global\n", ""));
        var raw = client.genericKubernetesResources(ApiGroup.NAME + "/" + ApiGroup.VERSION, "ApplicationCatalog")
                .withName("heedify")
                .get();
        assertThat(raw.<String>get("spec", "cloud")).isEqualTo("Global");
        assertThat(raw.<Boolean>get("spec", "applications", 0, "optional")).isFalse();
    }

    @Test
    void aStatusSurvivesTheWayThroughTheApiServer() {
        create(ONBOARDING);
        var status = status(List.of(permission("User.Read")));
        store(status);
        assertThat(onboarding().getStatus()).isEqualTo(status);
    }

    @Test
    void whatAnEarlierVersionWritesAsGrantedIsLetThrough() {
        create(ONBOARDING);
        var raw = client.genericKubernetesResources(ApiGroup.NAME + "/" + ApiGroup.VERSION, "TenantOnboarding")
                .inNamespace("default")
                .withName("contoso")
                .get();
        var granted = Map.of("resource", "MicrosoftGraph", "type", "Delegated", "value", "User.Read");
        raw.setAdditionalProperty(
                "status",
                Map.of(
                        "applications",
                        List.of(Map.of(
                                "catalog", "heedify",
                                "name", "reports",
                                "state", "Granted",
                                "granted", List.of(granted)))));
        client.resource(raw).updateStatus();
        assertThat(onboarding().getStatus().applications().getFirst().granted())
                .containsExactly(permission("User.Read"));
    }

    @Test
    void howMuchAStatusShowsAddsNothingToItsManagedFields() {
        create(ONBOARDING);
        store(status(List.of(permission("User.Read"))));
        var small = managedFields();
        store(status(Stream.of("Calendars.Read", "Mail.Read", "User.Read")
                .map(ApiServerValidationTest::permission)
                .toList()));
        assertThat(managedFields()).isEqualTo(small);
    }

    private static String managedFields() {
        return onboarding().getMetadata().getManagedFields().stream()
                .filter(it -> "status".equals(it.getSubresource()))
                .map(it -> it.getFieldsV1().toString())
                .collect(Collectors.joining());
    }

    private static void store(TenantOnboardingStatus status) {
        var onboarding = onboarding();
        onboarding.setStatus(status);
        client.resource(onboarding).updateStatus();
    }

    private static Permission permission(String value) {
        return new Permission("MicrosoftGraph", PermissionType.Delegated, value);
    }

    private static TenantOnboardingStatus status(List<Permission> permissions) {
        var listed = new Listed(permissions, 1);
        var application = new ApplicationStatus(
                new Identity("heedify", "reports", "Heedify Reports", null, null),
                ApplicationState.PermissionsMissing,
                null,
                Link.NONE,
                null,
                new Permissions(
                        listed,
                        List.of(new SatisfiedPermission(permissions.getFirst(), "User.ReadWrite")),
                        listed,
                        listed,
                        permissions,
                        new Listed(null, 0),
                        null),
                new ApplicationStatus.Attestations(
                        permissions,
                        List.of(new PrerequisiteStatus(
                                "ews-allowed", PrerequisiteStatus.State.Attested, "2026-12-31T00:00:00Z"))),
                new ApplicationStatus.Times("2026-01-01T00:00:00Z", null, null, null, null));
        var condition = new Condition(
                ConditionType.READY, Condition.Status.False, 1, "2026-01-01T00:00:00Z", "PermissionsMissing", "one");
        return new TenantOnboardingStatus(
                new Handled(1, "once"),
                new Customer("Contoso", "https://onboarding.example.com/onboarding/x"),
                new Progress("0/1", "next"),
                new Times("2026-01-01T00:00:00Z", "2026-01-01T00:15:00Z"),
                new Entries(List.of(), List.of(application), List.of(), null),
                List.of(condition));
    }

    @Test
    void anOnboardingIsFoundByItsTenant() {
        create(ONBOARDING);
        assertThat(client.resources(TenantOnboarding.class)
                        .inNamespace("default")
                        .withField("spec.tenantId", "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10")
                        .list()
                        .getItems())
                .hasSize(1);
        assertThat(client.resources(TenantOnboarding.class)
                        .inNamespace("default")
                        .withField("spec.tenantId", "4c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10")
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void theTenantOfAnOnboardingCannotBeChanged() {
        create(ONBOARDING);
        assertThatThrownBy(() -> client.resource(ONBOARDING.replace("3c1f0d5e", "4c1f0d5e"))
                        .update())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("is immutable: create another TenantOnboarding for another tenant");
    }

    @Test
    void permissionsBesideAnActionOfAnApplicationAreLetThrough() {
        create(CATALOG.replace("    permissions:\n", ACTION + "    permissions:\n"));
        assertThat(catalog().getSpec().applications().getFirst())
                .satisfies(it -> assertThat(it.action()).isNotNull())
                .satisfies(it -> assertThat(it.permissions()).isNotEmpty());
    }

    static Stream<Arguments> rejectedOnboardings() {
        return Stream.of(
                Arguments.of(
                        "a domain as tenant",
                        "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10",
                        "contoso.com",
                        "must be the" + " tenant's GUID"),
                Arguments.of(
                        "no tenant",
                        "tenantId: 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10",
                        "suspend: false",
                        "Required" + " value"),
                Arguments.of(
                        "no licence",
                        "licenses:\n  - {catalog: heedify, plans: [common], applications: [extra]}",
                        "licenses: []",
                        "should have at least 1 items"),
                Arguments.of("a plan twice", "plans: [common]", "plans: [common, common]", "Duplicate value"),
                Arguments.of("an application twice", "[extra]", "[extra, extra]", "Duplicate value"),
                Arguments.of(
                        "a licence that brings nothing",
                        ", plans: [common], applications: [extra]",
                        "",
                        "a licence needs at least one plan or one application"),
                Arguments.of(
                        "a catalog licensed twice",
                        "applications: [extra]}",
                        "applications: [extra]}\n  - {catalog:" + " heedify, plans: [extend]}",
                        "Duplicate value"),
                Arguments.of(
                        "credentials in a proxy URL",
                        "http://proxy",
                        "http://user:pw@proxy",
                        "name it in" + " credentialsRef"),
                Arguments.of(
                        "a blank in a proxy URL", "http://proxy.contoso", "http://proxy contoso", "without blanks"),
                Arguments.of("a proxy's port that does not exist", ":3128", ":70000", "port between 1 and 65535"),
                Arguments.of("a proxy without a host", "proxy.contoso.com", "", "must be http://host:port"),
                Arguments.of("a proxy that is none", "http://proxy", "socks5://proxy", "must be http://host:port"),
                Arguments.of("an interval that is none", "5m", "soon", "must be a duration between 30s and 24h"),
                Arguments.of("an interval that is too short", "5m", "5s", "must be a duration between 30s and 24h"),
                Arguments.of("a link of no number", "linkVersion: 2", "linkVersion: 0", "greater than or equal to 1"),
                Arguments.of("a page's end that is a date", "2027-03-31T00:00:00Z", "2027-03-31", "date-time"),
                Arguments.of("a page's end on no day", "2027-03-31T00:00:00Z", "2027-02-31T00:00:00Z", "date-time"),
                attestation("of nothing", "prerequisite: allowed, ", "", "either a prerequisite or a permission"),
                attestation(
                        "of two things",
                        "prerequisite: allowed",
                        "prerequisite: allowed, permission: A/Delegated/b",
                        "either a prerequisite or a permission"),
                attestation(
                        "of a permission that is none",
                        "prerequisite: allowed",
                        "permission: full_access_as_app",
                        "must be of the form resource/type/value"),
                attestation("without a reason", "reason: Seen, ", "", "reason: Required value"),
                attestation("without an end", ", until: \"2027-01-01T00:00:00Z\"", "", "until: Required value"),
                attestation("that ends at no time", "2027-01-01T00:00:00Z", "next year", "date-time"),
                attestation("that ends on no day", "2027-01-01T00:00:00Z", "2027-02-30T00:00:00Z", "date-time"),
                Arguments.of("a misspelt field", "tenantId:", "tenantID:", "unknown field"),
                Arguments.of(
                        "too many plans",
                        "plans: [common]",
                        "plans: " + names("plan", 21),
                        "must have at most 20" + " items"),
                Arguments.of(
                        "too many applications",
                        "applications: [extra]",
                        "applications: " + names("app", 51),
                        "must have at most 50 items"));
    }

    private static Arguments attestation(String mistake, String good, String bad, String message) {
        var attestation = "{catalog: heedify, application: reports, prerequisite: allowed, reason: Seen, until:"
                + " \"2027-01-01T00:00:00Z\"}";
        return Arguments.of(
                "an attestation " + mistake,
                "  verification:",
                "  attestations: [" + attestation.replace(good, bad) + "]\n  verification:",
                message);
    }

    @Test
    void whatSomebodyVouchesForIsAccepted() {
        create(ONBOARDING + """
              attestations:
              - {catalog: heedify, application: reports, prerequisite: allowed, reason: "Ada of Contoso, by mail", until: "2027-01-01T00:00:00Z"}
              - {catalog: heedify, application: reports, permission: ExchangeOnline/Application/full_access_as_app, reason: RBAC, until: "2027-01-01T00:00:00+01:00"}
            """);
        assertThat(onboarding().getSpec().attestations())
                .extracting(TenantOnboardingSpec.Attestation::until)
                .containsExactly("2027-01-01T00:00:00Z", "2027-01-01T00:00:00+01:00");
    }

    @Test
    void whatEndsAndWhatNobodySeesIsPartOfACatalog() {
        create(CATALOG.replace(
                "- {resource: MicrosoftGraph, delegated: [User.Read]}\n",
                "- " + RETIRING + "\n    prerequisites: [" + PREREQUISITE + "]\n"));
        var application = catalog().getSpec().applications().getFirst();
        assertThat(application.prerequisites().getFirst().required()).isTrue();
        assertThat(application.permissions().getFirst().retirements().getFirst().date())
                .isEqualTo("2027-04-01");
        assertThat(application.permissions().getFirst().waivable().getFirst().value())
                .isEqualTo("User.Read");
    }

    private static final String RETIRING = "{resource: MicrosoftGraph, delegated: [User.Read], retirements: [{type:"
            + " Delegated, value: User.Read, date: \"2027-04-01\", note: It ends., url: \"https://example.com/end\"}],"
            + " waivable: [{type: Delegated, value: User.Read}]}";
    private static final String PREREQUISITE =
            "{name: allowed, description: It is allowed., required: true, url: \"https://example.com/allow\"}";

    private static Arguments ending(String mistake, String good, String bad, String message) {
        return Arguments.of(
                mistake,
                "- {resource: MicrosoftGraph, delegated: [User.Read]}\n",
                ("- " + RETIRING + "\n    prerequisites: [" + PREREQUISITE + "]\n").replace(good, bad),
                message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejectedOnboardings")
    void onboardingIsRejectedFor(String mistake, String good, String bad, String message) {
        assertRejected(ONBOARDING, good, bad, message);
    }

    static Stream<Arguments> rejectedCatalogs() {
        var application = """
                - name: reports
                    clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222
                    permissions:
                    - {resource: MicrosoftGraph, delegated: [User.Read]}
                """;
        return Stream.of(
                Arguments.of("an unknown cloud", "cloud: Global", "cloud: Mars", "supported values"),
                Arguments.of(
                        "a name for a cloud of Microsoft's",
                        "cloud: Global",
                        "cloud: China\n  cloudName: bleu",
                        "write cloud: Custom with it"),
                Arguments.of(
                        "a name of a cloud that no variable can have",
                        "cloud: Global",
                        "cloud: Custom\n  cloudName: my-cloud",
                        "should match"),
                Arguments.of(
                        "a support address that is none",
                        "help@heedify.example",
                        "help at heedify",
                        "must be a mail address"),
                Arguments.of(
                        "a support page without TLS", "https://heedify.example", "http://heedify.example", "https URL"),
                Arguments.of("a colour by name", "#0a66c2", "blue", "must be a colour such as"),
                Arguments.of("a colour that closes its rule", "#0a66c2", "#fff;}a", "must be a colour such as"),
                Arguments.of(
                        "a logo that is loaded from elsewhere",
                        "data:image/png;base64,iVBORw0KGgo=",
                        "https://heedify.example/logo.png",
                        "must be a picture as data URI"),
                Arguments.of(
                        "a logo that is a document", "image/png", "image/svg+xml", "must be a picture as data URI"),
                Arguments.of("a logo without end", "iVBORw0KGgo=", "A".repeat(44_000), "43800"),
                Arguments.of("no allowed namespaces", "  allowedNamespaces: {from: All}\n", "", "Required value"),
                Arguments.of("a selector that is missing", "{from: All}", "{from: Selector}", "needs a selector"),
                Arguments.of("an application twice", application, application + "  " + application, "Duplicate value"),
                Arguments.of(
                        "an application with neither permission nor action",
                        "    permissions:\n    - {resource: MicrosoftGraph, delegated: [User.Read]}\n",
                        "",
                        "an application needs permissions to consent to or an action"),
                Arguments.of(
                        "permissions beside an action that nobody could verify",
                        "    clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222\n",
                        ACTION,
                        "permissions beside an action need the clientId of the application that asks for them"),
                Arguments.of("permissions of nothing", ", delegated: [User.Read]", "", "name at least one delegated"),
                Arguments.of(
                        "an unknown resource",
                        "resource: MicrosoftGraph",
                        "resource: Graph",
                        "must be" + " MicrosoftGraph, AzureCommunicationServices, ExchangeOnline, or the appId"),
                Arguments.of("a permission twice", "[User.Read]", "[User.Read, User.Read]", "Duplicate value"),
                Arguments.of(
                        "no client id",
                        "    clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222\n",
                        "",
                        "clientId is" + " required"),
                Arguments.of(
                        "a client id that is none",
                        "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222",
                        "reports",
                        "must be the" + " application (client) id"),
                Arguments.of(
                        "a plan twice",
                        "- {name: common, applications: [reports]}",
                        "- {name: common, applications:" + " [reports]}\n  - {name: common, applications: [reports]}",
                        "Duplicate value"),
                Arguments.of(
                        "a plan with an unknown application",
                        "applications: [reports]}",
                        "applications: [report]}",
                        "a plan names an application that spec.applications does not list"),
                Arguments.of(
                        "an endpoint with an unknown plan",
                        "plans: [common]}",
                        "plans: [comon]}",
                        "an endpoint" + " names a plan that spec.plans does not list"),
                Arguments.of(
                        "an endpoint without TLS",
                        "url: \"wss://*",
                        "url: \"ws://*",
                        "must begin with https:// or" + " wss://"),
                Arguments.of(
                        "an endpoint by address",
                        "url: \"wss://*.signalr.net\", probeUrl:" + " \"wss://heedify.service.signalr.net/client\"",
                        "url: \"https://10.0.0.1\"",
                        "must name a host," + " not an IP address"),
                Arguments.of(
                        "a probe of another host",
                        "wss://heedify.service.signalr.net/client",
                        "wss://heedify.example.net/client",
                        "probeUrl must lie inside its endpoint"),
                Arguments.of(
                        "a probe of a host that only ends alike",
                        "wss://heedify.service.signalr.net/client",
                        "wss://evilsignalr.net/client",
                        "probeUrl must lie inside its endpoint"),
                Arguments.of(
                        "a probe with another scheme",
                        "wss://heedify.service",
                        "https://heedify.service",
                        "probeUrl" + " needs the scheme of its endpoint"),
                Arguments.of(
                        "an endpoint with a placeholder",
                        "wss://*.signalr.net\"",
                        "wss://*.signalr.net/{tenant}\"",
                        "without placeholders such as {tenant}"),
                Arguments.of(
                        "an endpoint with a blank",
                        "wss://*.signalr.net\"",
                        "wss://*.signalr.net/a b\"",
                        "no URL can have"),
                Arguments.of(
                        "an endpoint's port that does not exist",
                        "wss://*.signalr.net\"",
                        "wss://*.signalr.net:70000\"",
                        "must have a port between 1 and 65535"),
                Arguments.of(
                        "an endpoint's port 0",
                        "wss://*.signalr.net\"",
                        "wss://*.signalr.net:0\"",
                        "must have a port between 1 and 65535"),
                Arguments.of(
                        "an endpoint without a host", "wss://*.signalr.net\"", "wss:///client\"", "must name a host"),
                Arguments.of(
                        "an endpoint with a label that is too long",
                        "wss://*.signalr.net\"",
                        "wss://" + "a".repeat(64) + ".signalr.net\"",
                        "must name a host by its DNS name"),
                Arguments.of(
                        "a probe with a placeholder",
                        "signalr.net/client",
                        "signalr.net/{tenant}",
                        "can be dialled as it stands"),
                Arguments.of(
                        "a probe's port",
                        "signalr.net/client",
                        "signalr.net:70000/client",
                        "can be dialled as it stands"),
                Arguments.of("a probe with a broken escape", "signalr.net/client", "signalr.net/%zz", "probeUrl"),
                Arguments.of(
                        "a selector without an operator",
                        "{from: All}",
                        "{from: Selector, selector: {matchExpressions: [{key: tier}]}}",
                        "operator: Required value"),
                Arguments.of(
                        "a selector's operator in lower case",
                        "{from: All}",
                        "{from: Selector, selector: {matchExpressions: [{key: tier, operator: in, values: [a]}]}}",
                        "supported values"),
                Arguments.of(
                        "a selector without values",
                        "{from: All}",
                        "{from: Selector, selector: {matchExpressions: [{key: tier, operator: NotIn, values: []}]}}",
                        "In and NotIn need values"),
                Arguments.of(
                        "a selector with values for nothing",
                        "{from: All}",
                        "{from: Selector, selector: {matchExpressions: [{key: tier, operator: Exists, values: [a]}]}}",
                        "Exists and DoesNotExist take none"),
                Arguments.of(
                        "a reply URL with a placeholder",
                        "publisher: Heedify",
                        "publisher: Heedify\n  redirectUri: \"https://portal.heedify.io/{tenant}\"",
                        "as it stands"),
                Arguments.of("a probe with a user", "wss://heedify.service", "wss://user@heedify.service", "probeUrl"),
                Arguments.of(
                        "a reply URL without TLS",
                        "publisher: Heedify",
                        "publisher: Heedify\n  redirectUri:" + " http://portal.heedify.io",
                        "must be an https URL"),
                ending("a retirement on no day", "2027-04-01", "2027-02-30", "date"),
                ending("a retirement at some time", "2027-04-01", "soon", "date"),
                ending(
                        "a retirement of nothing",
                        "{type: Delegated, value: User.Read, date",
                        "{date",
                        "Required value"),
                ending("a retirement told nowhere", "https://example.com/end", "end", "must be an https URL"),
                ending("a prerequisite that nobody understands", "description: It is allowed., ", "", "Required value"),
                ending("a prerequisite twice", PREREQUISITE, PREREQUISITE + ", " + PREREQUISITE, "Duplicate value"),
                Arguments.of("too many applications", application, applications(51), "must have at most 50 items"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejectedCatalogs")
    void catalogIsRejectedFor(String mistake, String good, String bad, String message) {
        assertRejected(CATALOG, good, bad, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url: \"https://*.heedify.io\"",
                "url: \"https://portal.heedify.io\", probeUrl: \"https://portal.heedify.io/health\"",
                "url: \"https://portal.heedify.io:8443\", probeUrl: \"https://portal.heedify.io:8443/\"",
                "url: \"wss://*.signalr.net\", probeUrl: \"wss://a.b.signalr.net\"",
                "url: \"https://portal.heedify.io:65535/a%20b/(c);d=e?f=g,h&i=~j\"",
                "url: \"https://portal.heedify.io/*\", probeUrl: \"https://portal.heedify.io?a=b\""
            })
    void endpointIsAccepted(String endpoint) {
        create(CATALOG.replace(
                "url: \"wss://*.signalr.net\", probeUrl: \"wss://heedify.service.signalr.net/client\"", endpoint));
        assertThat(catalog().getSpec().endpoints()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://proxy:3128",
                "https://proxy_1.contoso.com/",
                "http://10.0.0.1:8080",
                "http://[2001:db8::1]:3128",
                "http://pröxy.contoso.com:65535"
            })
    void proxyIsAccepted(String url) {
        create(ONBOARDING.replace("http://proxy.contoso.com:3128", url));
        assertThat(onboarding().getSpec().network().proxy().url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{key: tier, operator: In, values: [gold, silver]}",
                "{key: example.com/tier, operator: NotIn, values: [gold]}",
                "{key: tier, operator: Exists}",
                "{key: tier, operator: DoesNotExist, values: []}"
            })
    void selectorIsAccepted(String expression) {
        create(CATALOG.replace("{from: All}", "{from: Selector, selector: {matchExpressions: [" + expression + "]}}"));
        assertThat(catalog().getSpec().allowedNamespaces().selector().getMatchExpressions())
                .hasSize(1);
    }

    private static void assertRejected(String valid, String good, String bad, String message) {
        assertThat(valid).contains(good);
        assertThatThrownBy(() -> create(valid.replace(good, bad)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
    }

    private static void create(String yaml) {
        client.resource(yaml)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create();
    }

    private static TenantOnboarding onboarding() {
        return client.resources(TenantOnboarding.class)
                .inNamespace("default")
                .withName("contoso")
                .get();
    }

    private static ApplicationCatalog catalog() {
        return client.resources(ApplicationCatalog.class).withName("heedify").get();
    }

    private static String names(String prefix, int count) {
        return Stream.iterate(0, it -> it + 1)
                .limit(count)
                .map(it -> prefix + it)
                .toList()
                .toString();
    }

    private static String applications(int count) {
        var all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(all.isEmpty() ? "" : "  ")
                    .append("- {name: ")
                    .append(i == 0 ? "reports" : "app" + i)
                    .append(", clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222, permissions: [{resource: MicrosoftGraph,"
                            + " delegated: [User.Read]}]}\n");
        }
        return all.toString();
    }
}

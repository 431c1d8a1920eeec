package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code samples/notifications}, as far as it can be told without the tools that they are for. The judge of
 * {@code samples/gitops} has the libraries of Argo CD and the types of Flux read theirs.
 */
class NotificationSamplesTest {

    private static final Path FOLDER = Path.of("../samples/notifications");
    private static final Path ALERTMANAGER = FOLDER.resolve("alertmanager/alertmanager.yaml");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|=)\"(.*)\"");
    private static final Pattern VERSION = Pattern.compile("version 0\\.([0-9]+)\\.");
    private static final String OURS = "TenantOnboarding";

    static List<Path> files() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @Test
    void alertmanagerTakesItsConfiguration() {
        var result = amtool("check-config", ALERTMANAGER.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "TenantOnboardingOperatorDown,critical,'tickets,operators'",
        "TenantOnboardingChecksFail,warning,operators",
        "TenantOnboardingConsentAwaited,info,onboarding-managers",
        "TenantOnboardingPermissionRetires,warning,catalog-owners",
        "FluxKustomizationHealthCheckFailed,error,onboarding-managers",
        "SomethingElse,critical,nobody"
    })
    void anAlertReachesThoseWhoCanDoSomething(String alert, String severity, String receivers) {
        var result = amtool(
                "config",
                "routes",
                "test",
                "--config.file=" + ALERTMANAGER,
                "alertname=" + alert,
                "severity=" + severity,
                "name=catalogs");
        assertThat(result.output().strip()).isEqualTo(receivers);
    }

    /** One that knows Teams' workflows; Linux distributions have older ones. One that was built from source names none. */
    private static CommandLineTool.Result amtool(String... arguments) {
        var version = VERSION.matcher(CommandLineTool.run("amtool", "--version").output());
        Assumptions.assumeFalse(version.find() && Integer.parseInt(version.group(1)) < 28, "amtool is older than 0.28");
        return CommandLineTool.run("amtool", arguments);
    }

    @Test
    void everyRouteLeadsToAReceiverThatThereIs() throws IOException {
        var configuration = yaml(ALERTMANAGER);
        assertThat(configuration.path("route").findValuesAsText("receiver"))
                .isNotEmpty()
                .isSubsetOf(configuration.path("receivers").findValuesAsText("name"));
    }

    /** A name that was renamed, or misspelled, would match nothing in silence. */
    @Test
    void everyMatcherOfAnAlertMeansAlertsOfTheChart() throws IOException {
        var known = AlertsTest.alerts().stream()
                .map(it -> it.path("alert").asText())
                .toList();
        var named = matchers().stream()
                .map(MATCHER::matcher)
                .peek(it -> assertThat(it.matches()).isTrue())
                .filter(it -> it.group(1).equals("alertname"))
                .flatMap(it -> Stream.of(it.group(3).split("\\|")))
                .filter(it -> it.startsWith(OURS))
                .toList();
        assertThat(named).isNotEmpty().allSatisfy(it -> assertThat(known).anyMatch(alert -> alert.matches(it)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingSecretStandsInASample(Path file) throws IOException {
        assertThat(Files.readString(file))
                .doesNotContain("hooks.slack.com", "webhook.office.com", "xoxb-")
                .doesNotContainPattern("(?m)^\\s*(api_url|webhook_url|auth_password|credentials|bearer_token):")
                .doesNotContainPattern("(?m)^\\s*(password|token): *[^$\\s]")
                .doesNotContainPattern("(?m)^kind: Secret$");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySampleIsYaml(Path file) throws IOException {
        assertThat(Stream.of(Files.readString(file).split("(?m)^---$")))
                .allSatisfy(it -> assertThat(parsed(it).isObject()).isTrue());
    }

    @Test
    void everyAlertOfFluxIsSentToAProviderThatThereIs() throws IOException {
        var providers = documents("flux/providers.yaml").stream()
                .map(it -> it.at("/metadata/name").asText())
                .toList();
        assertThat(documents("flux/alerts.yaml"))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(providers)
                        .contains(it.at("/spec/providerRef/name").asText()));
    }

    @Test
    void whatFluxIsAskedToTellOfIsInTheSamplesForGitOps() throws IOException {
        var samples = new ArrayList<String>();
        try (var files = Files.walk(Path.of("../samples/gitops/flux"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".yaml")).toList()) {
                for (JsonNode object : documents(file)) {
                    samples.add(object.path("kind").asText() + "/"
                            + object.at("/metadata/name").asText());
                }
            }
        }
        assertThat(documents("flux/alerts.yaml").stream()
                        .flatMap(it -> elements(it.at("/spec/eventSources")))
                        .map(it ->
                                it.path("kind").asText() + "/" + it.path("name").asText()))
                .isNotEmpty()
                .isSubsetOf(samples);
    }

    private static List<String> matchers() throws IOException {
        var configuration = yaml(ALERTMANAGER);
        return Stream.of("matchers", "source_matchers", "target_matchers")
                .flatMap(it -> configuration.findValues(it).stream())
                .flatMap(NotificationSamplesTest::elements)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<JsonNode> documents(String file) throws IOException {
        return documents(FOLDER.resolve(file));
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("(?m)^---$"))
                .map(NotificationSamplesTest::parsed)
                .toList();
    }

    private static JsonNode yaml(Path file) throws IOException {
        return parsed(Files.readString(file));
    }

    private static JsonNode parsed(String text) {
        return new KubernetesSerialization().unmarshal(text, JsonNode.class);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

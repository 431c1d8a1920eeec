package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts that the chart brings. */
class AlertsTest {

    private static final Path RULES = Path.of("../helm/tenant-onboarding-operator/files/alerts.yaml");
    private static final Path TESTS = Path.of("../helm/tests/alerts.yaml");

    @Test
    void prometheusTakesTheRules() {
        var result = CommandLineTool.run("promtool", "check", "rules", RULES.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void theAlertsFireWhenTheyShouldAndOnlyThen() {
        var result = CommandLineTool.run("promtool", "test", "rules", TESTS.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    void everyAlertIsSeenFiringAndSeenQuiet() throws IOException {
        var tests = yaml(TESTS).findValues("alert_rule_test").stream()
                .flatMap(AlertsTest::elements)
                .toList();
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(tests)
                        .filteredOn(it -> it.path("alertname").asText().equals(name(alert)))
                        .as(name(alert))
                        .extracting(it -> it.path("exp_alerts").isEmpty())
                        .contains(true, false));
    }

    static List<JsonNode> alerts() throws IOException {
        return yaml(RULES).findValues("rules").stream()
                .flatMap(AlertsTest::elements)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertHasANameASeverityAndWordsForPeople(JsonNode alert) {
        assertThat(name(alert)).matches("TenantOnboarding([A-Z][a-z]+)+");
        assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
        assertThat(alert.at("/annotations/summary").asText()).endsWith(".");
        assertThat(alert.at("/annotations/description").asText()).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertWatchesWhatTheOperatorExports(JsonNode alert) {
        var expression = alert.path("expr").asText();
        var known = Stream.concat(MetricsDocument.series().stream(), Stream.of("up"))
                .toList();
        assertThat(PromqlSeries.of(expression)).isNotEmpty().isSubsetOf(known);
        assertThat(PromqlSeries.ofTheOperator(expression)).as(expression).isTrue();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertIsOfOneCluster(JsonNode alert) {
        assertThat(PromqlSeries.keepTheCluster(alert.path("expr").asText()))
                .as(name(alert))
                .isTrue();
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new KubernetesSerialization().unmarshal(Files.readString(file), JsonNode.class);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboard that the chart brings. */
class DashboardTest {

    private static final Path FILE = Path.of("../helm/tenant-onboarding-operator/files/dashboards/operator.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS = 24;

    static List<String> expressions() throws IOException {
        return JSON.readTree(Files.readString(FILE)).findValuesAsText("expr");
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void anExpressionAsksForWhatTheOperatorExports(String expression) {
        assertThat(PromqlSeries.of(expression)).isNotEmpty().isSubsetOf(known());
        assertThat(PromqlSeries.ofTheOperator(expression)).as(expression).isTrue();
    }

    /** Its own, and for a column and a filter what not everybody has. */
    private static Set<String> known() {
        return Stream.concat(MetricsDocument.series().stream(), MetricsDocument.ofKubeStateMetrics().stream())
                .collect(Collectors.toSet());
    }

    /** With kube-state-metrics in one of two clusters, where the catalog acme is chosen. */
    @Test
    void whatIsNotReadyIsShownAlsoWithoutKubeStateMetrics(@TempDir Path folder) throws IOException {
        var targets = panel("table").path("targets");
        var test = """
                rule_files: []
                tests:
                - interval: 1m
                  input_series:
                  - {series: 'tenant_onboarding_ready{job="tenant-onboarding-operator", cluster="eu", pod="a", namespace="c", name="contoso", reason="ConsentRequired"}', values: 0x5}
                  - {series: 'tenant_onboarding_ready{job="tenant-onboarding-operator", cluster="eu", pod="b", namespace="c", name="contoso", reason="ConsentRequired"}', values: 0x5}
                  - {series: 'tenant_onboarding_ready{job="tenant-onboarding-operator", cluster="eu", pod="a", namespace="f", name="fabrikam", reason="ConsentRequired"}', values: 0x5}
                  - {series: 'tenant_onboarding_ready{job="tenant-onboarding-operator", cluster="eu", pod="a", namespace="n", name="northwind", reason="Onboarded"}', values: 1x5}
                  - {series: 'tenant_onboarding_ready{job="tenant-onboarding-operator", cluster="us", pod="a", namespace="a", name="adatum", reason="GraphUnavailable"}', values: -1x5}
                  - {series: 'tenant_onboarding_license_info{cluster="eu", namespace="c", name="contoso", catalog="acme"}', values: 1x5}
                  - {series: 'tenant_onboarding_license_info{cluster="eu", namespace="f", name="fabrikam", catalog="other"}', values: 1x5}
                  - {series: 'tenant_onboarding_ready_since_timestamp_seconds{cluster="eu", namespace="c", name="contoso"}', values: 60x5}
                  - {series: 'tenant_onboarding_ready_since_timestamp_seconds{cluster="eu", namespace="n", name="northwind"}', values: 60x5}
                  promql_expr_test:
                  - expr: %s
                    eval_time: 3m
                    exp_samples:
                    - {labels: '{cluster="eu", namespace="c", name="contoso", reason="ConsentRequired"}', value: 0}
                    - {labels: '{cluster="us", namespace="a", name="adatum", reason="GraphUnavailable"}', value: -1}
                  - expr: %s
                    eval_time: 3m
                    exp_samples:
                    - {labels: '{cluster="eu", namespace="c", name="contoso"}', value: 60000}
                """.formatted(chosen(targets.get(0)), chosen(targets.get(1)));
        var result = CommandLineTool.run(
                "promtool",
                "test",
                "rules",
                Files.writeString(folder.resolve("table.yaml"), test).toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(panel("table").at("/transformations/1/options/renameByName").properties())
                .extracting(it -> it.getValue().asText())
                .containsExactly("Cluster", "Namespace", "Name", "Ready", "Reason", "Since");
    }

    /** A query with all clusters and namespaces, as a string of YAML. */
    private static String chosen(JsonNode target) {
        return "'"
                + target.path("expr")
                        .asText()
                        .replace("$cluster", ".*")
                        .replace("$namespace", ".*")
                        .replace("$catalog", "acme")
                + "'";
    }

    @Test
    void aReasonLeadsToItsRunbook() throws IOException {
        assertThat(panel("table").findValuesAsText("url")).containsExactly("${runbooks:raw}/${__value.text}.md");
        assertThat(elements(JSON.readTree(Files.readString(FILE)).at("/templating/list"))
                        .filter(it -> it.path("name").asText().equals("runbooks")))
                .singleElement()
                .satisfies(it -> assertThat(it.path("query").asText()).isEqualTo("RUNBOOK_BASE_URL"));
        assertThat(Files.exists(Path.of("../docs/runbooks/ConsentRequired.md"))).isTrue();
    }

    @Test
    void everyVariableIsUsedAndEachThatIsUsedIsThere() throws IOException {
        var dashboard = Files.readString(FILE);
        var names = JSON.readTree(dashboard).at("/templating/list").findValuesAsText("name");
        assertThat(names).contains("cluster", "namespace", "catalog");
        assertThat(Pattern.compile("\\$\\{?([a-z]+)[:}\"\\\\]")
                        .matcher(dashboard)
                        .results()
                        .map(it -> it.group(1))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    private static JsonNode panel(String type) throws IOException {
        return elements(JSON.readTree(Files.readString(FILE)).path("panels"))
                .filter(it -> it.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** What shows one number, or one picture of all, may add them up at the end. */
    @Test
    void clustersAreKeptApartAndCanBeChosen() throws IOException {
        var dashboard = JSON.readTree(Files.readString(FILE));
        assertThat(elements(dashboard.path("panels"))).allSatisfy(panel -> {
            var isTotal = Set.of("stat", "heatmap").contains(panel.path("type").asText());
            assertThat(panel.findValuesAsText("expr"))
                    .as(panel.path("title").asText())
                    .allMatch(it ->
                            isTotal ? PromqlSeries.keepTheClusterUntilTheTotal(it) : PromqlSeries.keepTheCluster(it))
                    .allMatch(it -> it.contains("cluster=~\"$cluster\""));
        });
        assertThat(dashboard.at("/templating/list").findValuesAsText("name")).contains("cluster");
    }

    /** Each as a recording rule, which is the way to have promtool parse them. */
    @Test
    void prometheusUnderstandsEveryExpression(@TempDir Path folder) throws IOException {
        var rules = new ArrayList<Map<String, String>>();
        for (String expression : expressions()) {
            rules.add(Map.of("record", "panel:" + rules.size(), "expr", expression.replace("$__rate_interval", "5m")));
        }
        var groups = Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)));
        var file = Files.writeString(folder.resolve("rules.json"), JSON.writeValueAsString(groups));
        var result = CommandLineTool.run("promtool", "check", "rules", file.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains(rules.size() + " rules found");
    }

    @Test
    void everyPanelHasATitleAWordOfMeaningAndAPlaceOfItsOwn() throws IOException {
        var panels =
                elements(JSON.readTree(Files.readString(FILE)).path("panels")).toList();
        assertThat(panels).isNotEmpty().extracting(it -> it.path("id").asInt()).doesNotHaveDuplicates();
        var taken = new LinkedHashMap<String, String>();
        assertThat(panels).allSatisfy(panel -> {
            var title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).as(title).endsWith(".");
            }
            cells(panel.path("gridPos"))
                    .forEach(cell -> assertThat(taken.put(cell, title))
                            .as("%s lies at %s over", title, cell)
                            .isNull());
        });
    }

    private static Stream<String> cells(JsonNode place) {
        var left = place.path("x").asInt();
        var top = place.path("y").asInt();
        assertThat(left + place.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
        var cells = new ArrayList<String>();
        for (int x = left; x < left + place.path("w").asInt(); x++) {
            for (int y = top; y < top + place.path("h").asInt(); y++) {
                cells.add(x + "," + y);
            }
        }
        return cells.stream();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

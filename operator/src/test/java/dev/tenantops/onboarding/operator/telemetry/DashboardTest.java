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
        assertThat(PromqlSeries.of(expression)).isNotEmpty().isSubsetOf(MetricsDocument.series());
        assertThat(PromqlSeries.ofTheOperator(expression)).as(expression).isTrue();
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
        var result = Promtool.run("check", "rules", file.toString());
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

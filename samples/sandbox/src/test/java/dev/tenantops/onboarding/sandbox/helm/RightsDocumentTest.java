package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} lists the rights that the chart's roles give, and no others. */
class RightsDocumentTest {

    /** Together they switch on all that needs a right. */
    private static final List<String> COMBINATIONS = List.of("page", "customers-proxies", "shard-with-catalogs");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]+) \\| [^|]+ \\|$");
    private static final Pattern CODE = Pattern.compile("`([a-z/]+)`");
    private static final Set<String> VERBS = Set.of("create", "delete", "get", "list", "patch", "update", "watch");

    @Test
    void theTableHasEveryRightOfTheChartsRolesAndNoOther() {
        String document = LocalFiles.read(Samples.repository().resolve("docs/security.md"));
        assertThat(documented(document.substring(document.indexOf("\n## RBAC\n"))))
                .containsExactlyElementsOf(given());
    }

    @Test
    void aRightThatTheTableLacksIsNoticed() {
        assertThat(documented("| `get`, `list` `secrets`, `configmaps` | its own namespace | nothing |\n"))
                .containsExactly(
                        "operator, own namespace: get configmaps",
                        "operator, own namespace: get secrets",
                        "operator, own namespace: list configmaps",
                        "operator, own namespace: list secrets");
    }

    private static TreeSet<String> documented(String table) {
        return ROW.matcher(table)
                .results()
                .flatMap(row -> {
                    List<String> words = CODE.matcher(row.group(1))
                            .results()
                            .map(it -> it.group(1))
                            .toList();
                    return words.stream()
                            .filter(VERBS::contains)
                            .flatMap(verb -> words.stream()
                                    .filter(it -> !VERBS.contains(it))
                                    .map(resource ->
                                            account(row.group(2)) + place(row.group(2)) + verb + " " + resource));
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String account(String where) {
        return where.startsWith("the page: ") ? "page" : "operator";
    }

    private static String place(String where) {
        if (where.contains("the cluster")) {
            return ", cluster: ";
        }
        return where.contains("its own namespace") ? ", own namespace: " : ", customers: ";
    }

    private static TreeSet<String> given() {
        return COMBINATIONS.stream()
                .flatMap(it ->
                        Stream.of(LocalFiles.read(Samples.repository().resolve("helm/tests/golden/" + it + ".yaml"))
                                .split("(?m)^---$")))
                .map(HelmChart::yaml)
                .filter(Objects::nonNull)
                .filter(it -> it.path("kind").asText().endsWith("Role"))
                .filter(it -> it.at("/metadata/labels").properties().stream()
                        .noneMatch(label -> label.getKey().contains("aggregate-to")))
                .flatMap(RightsDocumentTest::given)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> given(JsonNode role) {
        String account = role.at("/metadata/name").asText().endsWith("-page") ? "page" : "operator";
        String namespace = role.at("/metadata/namespace").asText();
        String place = namespace.isEmpty()
                ? ", cluster: "
                : namespace.equals(HelmChart.NAMESPACE) ? ", own namespace: " : ", customers: ";
        return values(role.path("rules"))
                .flatMap(rule -> values(rule.path("resources"))
                        .flatMap(resource -> values(rule.path("verbs"))
                                .map(verb -> account + place + verb.asText() + " " + resource.asText())));
    }

    private static Stream<JsonNode> values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

package dev.tenantops.onboarding.operator.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.operator.TestApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server says what a selector means. */
class ShardSelectorTest {

    private static final int SELECTORS = 400;
    private static final long SEED = 5866;
    private static final List<String> KEYS = List.of("shard", "a.example/region", "in", "notin");
    private static final List<String> VALUES = List.of("a", "b", "in", "");

    @RegisterExtension
    private static final TestApiServer SERVER = new TestApiServer();

    private static List<ConfigMap> objects;

    @BeforeAll
    static void start() {
        var random = new Random(SEED);
        objects = IntStream.range(0, 25)
                .mapToObj(it -> new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("object-" + it)
                        .withLabels(labels(random))
                        .addToLabels("of", "this-test")
                        .endMetadata()
                        .build())
                .toList();
        objects.forEach(it -> SERVER.client().resource(it).create());
    }

    @Test
    void selectsWhatTheApiServerSelectsAndRefusesWhatItRefuses() {
        var random = new Random(SEED);
        for (int i = 0; i < SELECTORS; i++) {
            var text = selector(random);
            assertThat(here(text)).as("%s (number %d)", text, i).isEqualTo(atTheApiServer(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shard=a,",
                ",",
                "shard in (a",
                "shard in a",
                "shard in ()",
                "shard notin (a,b))",
                "shard=a b",
                "=a",
                "!",
                "!shard=a",
                "-shard",
                "UPPER.example/shard=a",
                "a/b/c=d",
                "/shard=a",
                "shard=-a",
                "shard=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "shard=a=b",
                "shard==",
                " shard = a , ! other ",
                "shard in (,)",
                "shard in (a,)",
                "shard!="
            })
    void agreesWithTheApiServerAboutWhatIsWrong(String text) {
        assertThat(here(text)).as(text).isEqualTo(atTheApiServer(text));
    }

    @Test
    void nothingWrittenSelectsEverything() {
        assertThat(ShardSelector.parse(" ").isAll()).isTrue();
        assertThat(ShardSelector.parse("").matches(Map.of())).isTrue();
        assertThat(ShardSelector.parse("shard=a").isAll()).isFalse();
    }

    @Test
    void saysWhereASelectorIsWrong() {
        assertThatThrownBy(() -> ShardSelector.parse("shard in (a, b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The label selector \"shard in (a, b\" is wrong: the parenthesis of shard is not closed.");
        assertThatThrownBy(() -> ShardSelector.parse("shard > 3")).hasMessageContaining("not compared with < and >");
    }

    private static String here(String text) {
        try {
            var selector = ShardSelector.parse(text);
            return names(objects.stream()
                    .filter(it -> selector.matches(it.getMetadata().getLabels()))
                    .toList());
        } catch (IllegalArgumentException e) {
            return "refused";
        }
    }

    private static String atTheApiServer(String text) {
        try {
            return names(
                    SERVER
                            .client()
                            .configMaps()
                            .inNamespace("default")
                            .withLabelSelector(text)
                            .list()
                            .getItems()
                            .stream()
                            .filter(it -> it.getMetadata().getLabels() != null)
                            .filter(it -> it.getMetadata().getLabels().containsKey("of"))
                            .toList());
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).as(text).isEqualTo(400);
            return "refused";
        }
    }

    private static String names(List<ConfigMap> found) {
        return found.stream().map(it -> it.getMetadata().getName()).sorted().collect(Collectors.joining(" "));
    }

    private static Map<String, String> labels(Random random) {
        var labels = new TreeMap<String, String>();
        KEYS.stream().filter(_ -> random.nextBoolean()).forEach(it -> labels.put(it, any(VALUES, random)));
        return labels;
    }

    private static String selector(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> requirement(random))
                .collect(Collectors.joining(any(List.of(",", " , "), random)));
    }

    private static String requirement(Random random) {
        var key = any(KEYS, random);
        var values = any(VALUES, random) + "," + any(VALUES, random);
        return switch (random.nextInt(9)) {
            case 0 -> key;
            case 1 -> "!" + key;
            case 2 -> "! " + key;
            case 3 -> key + "=" + any(VALUES, random);
            case 4 -> key + " == " + any(VALUES, random);
            case 5 -> key + "!=" + any(VALUES, random);
            case 6 -> key + " in (" + values + ")";
            case 7 -> key + " notin(" + values + ")";
            default -> key + any(List.of(" in", "(", "=(a)", " in (a", ")"), random);
        };
    }

    private static <T> T any(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}

package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each item gets the body that stands beside its id, wherever that is in the answer, and whatever stands around it. */
class BatchEnvelopeTest {

    private static final List<BatchItem> ITEMS = IntStream.range(0, 12)
            .mapToObj(it -> new BatchItem(GraphPart.AppRoleAssignments, "/item/" + it))
            .toList();
    private static final List<String> AROUND = List.of(
            "\"x\":[{\"body\":{\"id\":\"0\"}}]",
            "\"headers\":{\"Retry-After\":\"7\",\"body\":\"{\"}",
            "\"y\":\"}\\\"]\"");

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyItemHasItsOwnBody(int seed) throws IOException {
        Random random = new Random(seed);
        List<JsonObject> bodies = bodies(random);
        List<Reading<JsonBody>> answers = answers(random, bodies);
        for (int item = 0; item < ITEMS.size(); item++) {
            assertThat(answers.get(item).ifComplete().flatMap(JsonBody::tree)).contains(bodies.get(item));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFingerprintIsThatOfTheBodiesWhateverTheirOrder(int seed) throws IOException {
        Random random = new Random(seed);
        List<JsonObject> bodies = bodies(random);
        Fingerprint one = fingerprint(answers(random, bodies));
        assertThat(fingerprint(answers(random, bodies))).isEqualTo(one);
        List<JsonObject> others = new ArrayList<>(bodies);
        int changed = random.nextInt(ITEMS.size());
        others.set(changed, body(random, "changed"));
        assertThat(fingerprint(answers(random, others))).isNotEqualTo(one);
        List<JsonObject> swapped = new ArrayList<>(bodies);
        Collections.swap(swapped, changed, (changed + 1) % ITEMS.size());
        assertThat(fingerprint(answers(random, swapped))).isNotEqualTo(one);
    }

    private static Fingerprint fingerprint(List<Reading<JsonBody>> answers) {
        return Fingerprints.of(ITEMS, answers, "").orElseThrow();
    }

    private static List<JsonObject> bodies(Random random) {
        return ITEMS.stream().map(it -> body(random, it.url())).toList();
    }

    private static JsonObject body(Random random, String id) {
        JsonObject body = new JsonObject();
        body.addProperty("@odata.context", "https://graph.example/$metadata \" } ] \\ \u00e9 \ud83d\ude00");
        JsonArray value = new JsonArray();
        IntStream.range(0, random.nextInt(5)).forEach(it -> value.add("entry " + it + id));
        body.add("value", value);
        body.addProperty("id", id);
        return body;
    }

    private static List<Reading<JsonBody>> answers(Random random, List<JsonObject> bodies) throws IOException {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, bodies.size()).boxed().toList());
        Collections.shuffle(order, random);
        StringBuilder text = new StringBuilder(space(random)).append("{").append(AROUND.get(random.nextInt(3)));
        text.append(",")
                .append(space(random))
                .append("\"responses\":")
                .append(space(random))
                .append("[");
        for (int item : order) {
            List<String> parts = new ArrayList<>(List.of(
                    random.nextBoolean() ? "\"id\":\"" + item + "\"" : "\"id\":" + item,
                    "\"status\":" + space(random) + "200",
                    "\"body\":" + space(random) + bodies.get(item),
                    AROUND.get(random.nextInt(3))));
            Collections.shuffle(parts, random);
            text.append(item == order.getFirst() ? "" : ",")
                    .append(space(random))
                    .append("{");
            text.append(String.join("," + space(random), parts))
                    .append(space(random))
                    .append("}");
        }
        text.append("]").append(space(random)).append("}").append(space(random));
        assertThat(JsonParser.parseString(text.toString())).isInstanceOf(JsonElement.class);
        URI cloud = URI.create("https://graph.example");
        return BatchEnvelope.answers(
                text.toString().getBytes(StandardCharsets.UTF_8),
                ITEMS,
                new GraphSession(new CloudEndpoints(Cloud.Custom, cloud, cloud), Laboratory.TENANT, "a token"),
                Clock.systemUTC());
    }

    private static String space(Random random) {
        return Optional.of(random.nextInt(4))
                .map(it -> List.of("", " ", "\n\t", "\u0020\r\n").get(it))
                .orElseThrow();
    }
}

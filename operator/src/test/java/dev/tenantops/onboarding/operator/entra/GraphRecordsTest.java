package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.microsoft.graph.models.AppRole;
import com.microsoft.graph.models.PermissionScope;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.kiota.serialization.JsonParseNode;
import dev.tenantops.onboarding.operator.entra.GraphCollections.Entry;
import dev.tenantops.onboarding.operator.entra.GraphRecords.DeletedItem;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DeletedServicePrincipal;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the bytes of a single object is what the SDK's models show of it. */
class GraphRecordsTest {

    private static final int ANSWERS = 2000;
    private static final List<String> ROLES = List.of(
            "11111111-0000-4000-8000-000000000001",
            "11111111-0000-4000-8000-000000000002",
            "11111111-0000-4000-8000-000000000003");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void definitionsAreThoseOfTheSdk(long seed) {
        compare(
                seed,
                Set.of("appRoles", "oauth2PermissionScopes"),
                GraphRecords::definitions,
                GraphRecordsTest::definitions);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void deletedItemsAreThoseOfTheSdk(long seed) {
        compare(
                seed,
                Set.of("id", "appId", "deletedDateTime"),
                GraphRecords::deletedItem,
                it -> new DeletedItem(
                        Guid.require("appId", it.getAppId()),
                        new DeletedServicePrincipal(
                                Guid.require("id", it.getId()),
                                it.getDeletedDateTime().toInstant())));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void otherResourcesAreThoseOfTheSdk(long seed) {
        var named = Set.of(ROLES.get(0), ROLES.get(1));
        compare(seed, Set.of("appId", "appRoles"), json -> GraphRecords.otherResource(json, named), it -> {
            var values = new HashMap<String, String>();
            named.forEach(id -> values.put(id, ""));
            definitions(it.getAppRoles(), GraphRecordsTest::role)
                    .forEach(role -> values.replace(role.id(), role.value()));
            return new OtherResource(Guid.require("appId", it.getAppId()), values);
        });
    }

    /** @param selected what was asked for: the SDK reads, and stumbles over, what nobody asked for */
    private static <T> void compare(
            long seed, Set<String> selected, Entry<T> entry, Function<ServicePrincipal, T> toRecord) {
        var random = new Random(seed);
        for (int i = 0; i < ANSWERS; i++) {
            var sound = i % 2 == 0;
            var principal = servicePrincipal(random, sound);
            principal.keySet().removeIf(it -> !selected.contains(it) && !it.startsWith("@"));
            var answer = principal.toString();
            var ours = ours(answer, entry);
            if (sound) {
                assertThat(ours).as(answer).isPresent();
            }
            if (ours.isPresent()) {
                assertThat(ours).as(answer).isEqualTo(theirs(answer, toRecord));
            }
        }
    }

    private static <T> Optional<T> ours(String answer, Entry<T> entry) {
        try {
            return GraphCollections.one(
                            GraphPart.Definitions,
                            Reading.of(JsonBody.of(answer.getBytes(StandardCharsets.UTF_8))),
                            entry)
                    .ifComplete();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> theirs(String answer, Function<ServicePrincipal, T> toRecord) {
        try {
            return Optional.of(toRecord.apply(new JsonParseNode(JsonParser.parseString(answer))
                    .getObjectValue(ServicePrincipal::createFromDiscriminatorValue)));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static JsonObject servicePrincipal(Random random, boolean sound) {
        var principal = new JsonObject();
        principal.addProperty("@odata.context", "https://graph.example/$metadata");
        add(principal, "appRoles", definitions(random, sound), random, sound);
        add(
                principal,
                "appId",
                new JsonPrimitive("AAAAAAAA-0000-4000-8000-00000000000" + random.nextInt(10)),
                random,
                sound);
        add(
                principal,
                "deletedDateTime",
                new JsonPrimitive("2026-01-0" + (1 + random.nextInt(9)) + "T10:00:00Z"),
                random,
                sound);
        add(principal, "oauth2PermissionScopes", definitions(random, sound), random, sound);
        add(
                principal,
                "id",
                new JsonPrimitive("DDDDDDDD-0000-4000-8000-00000000000" + random.nextInt(10)),
                random,
                sound);
        return principal;
    }

    private static JsonArray definitions(Random random, boolean sound) {
        var all = new JsonArray();
        for (String id : ROLES.subList(0, random.nextInt(ROLES.size() + 1))) {
            var definition = new JsonObject();
            definition.add("allowedMemberTypes", new JsonArray());
            add(definition, "id", new JsonPrimitive(id), random, sound);
            add(
                    definition,
                    "value",
                    random.nextBoolean() ? JsonNull.INSTANCE : new JsonPrimitive("Value." + random.nextInt(9)),
                    random,
                    sound);
            add(definition, "isEnabled", new JsonPrimitive(random.nextBoolean()), random, sound);
            all.add(definition);
        }
        return all;
    }

    private static void add(JsonObject object, String name, JsonElement value, Random random, boolean sound) {
        if (sound || random.nextInt(20) > 0) {
            object.add(name, sound || random.nextInt(20) > 0 ? value : odd(random));
        }
    }

    private static JsonElement odd(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> JsonNull.INSTANCE;
            case 1 -> new JsonPrimitive(random.nextInt());
            case 2 -> new JsonPrimitive(random.nextBoolean());
            case 3 -> new JsonPrimitive("odd");
            case 4 -> new JsonObject();
            default -> JsonParser.parseString("[null]");
        };
    }

    private static PermissionDefinitions definitions(ServicePrincipal model) {
        return PermissionDefinitions.of(
                definitions(model.getAppRoles(), GraphRecordsTest::role),
                definitions(model.getOauth2PermissionScopes(), GraphRecordsTest::scope));
    }

    private static <M> List<PermissionDefinition> definitions(
            List<M> models, Function<M, PermissionDefinition> toRecord) {
        return there(models).stream().map(toRecord).toList();
    }

    private static PermissionDefinition role(AppRole model) {
        return definition(model.getId(), model.getValue(), model.getIsEnabled());
    }

    private static PermissionDefinition scope(PermissionScope model) {
        return definition(model.getId(), model.getValue(), model.getIsEnabled());
    }

    private static PermissionDefinition definition(Object id, String value, Boolean enabled) {
        return new PermissionDefinition(
                there(id).toString(), Optional.ofNullable(value).orElse(""), Boolean.TRUE.equals(enabled));
    }

    private static <T> T there(T value) {
        if (value == null) {
            throw new NoSuchElementException();
        }
        return value;
    }
}

package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.microsoft.graph.models.AppRoleAssignment;
import com.microsoft.graph.models.OAuth2PermissionGrant;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.kiota.serialization.JsonParseNode;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import dev.tenantops.onboarding.operator.entra.GraphCollections.Entry;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the bytes of an answer is what the SDK's models show of it; where they show nothing, nor does it. */
class GraphEntriesTest {

    private static final int ANSWERS = 2000;
    private static final List<String> FIELDS = List.of(
            "id",
            "appId",
            "displayName",
            "accountEnabled",
            "isDisabled",
            "disabledByMicrosoftStatus",
            "principalId",
            "principalType",
            "resourceId",
            "appRoleId",
            "clientId",
            "consentType",
            "scope");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void servicePrincipalsAreThoseOfTheSdk(long seed) {
        compare(
                seed,
                GraphEntriesTest::withDeactivationShown,
                ServicePrincipal::createFromDiscriminatorValue,
                GraphEntriesTest::principal);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void assignmentsAreThoseOfTheSdk(long seed) {
        compare(
                seed,
                GraphEntries::appRoleAssignment,
                AppRoleAssignment::createFromDiscriminatorValue,
                GraphEntriesTest::assignment);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void delegatedGrantsAreThoseOfTheSdk(long seed) {
        compare(
                seed,
                GraphEntries::delegatedPermissionGrant,
                OAuth2PermissionGrant::createFromDiscriminatorValue,
                GraphEntriesTest::grant);
    }

    private static <M extends Parsable, T> void compare(
            long seed, Entry<T> entry, ParsableFactory<M> factory, Function<M, T> toRecord) {
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < ANSWERS; i++) {
            String answer = answer(random, i % 2 == 0);
            Optional<List<T>> ours = ours(answer, entry);
            Optional<List<T>> theirs = theirs(answer, factory, toRecord);
            if (ours.isPresent()) {
                assertThat(ours).as(answer).isEqualTo(theirs);
                read++;
            }
            if (i % 2 == 0) {
                assertThat(ours).as(answer).isPresent();
            }
        }
        assertThat(read).isGreaterThanOrEqualTo(ANSWERS / 2);
    }

    private static <T> Optional<List<T>> ours(String answer, Entry<T> entry) {
        try {
            return new GraphCollections(null, null)
                    .all(
                            GraphPart.ServicePrincipals,
                            Reading.of(JsonBody.of(answer.getBytes(StandardCharsets.UTF_8))),
                            entry)
                    .ifComplete();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static <M extends Parsable, T> Optional<List<T>> theirs(
            String answer, ParsableFactory<M> factory, Function<M, T> toRecord) {
        try {
            List<T> all = new ArrayList<>();
            for (JsonElement one :
                    JsonParser.parseString(answer).getAsJsonObject().getAsJsonArray("value")) {
                all.add(toRecord.apply(new JsonParseNode(one).getObjectValue(factory)));
            }
            return Optional.of(all);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** @param sound whether everything is there, and of its type */
    private static String answer(Random random, boolean sound) {
        JsonArray value = new JsonArray();
        for (int count = random.nextInt(4); count > 0; count--) {
            value.add(sound || random.nextInt(20) > 0 ? entry(random, sound) : odd(random));
        }
        JsonObject answer = new JsonObject();
        if (random.nextBoolean()) {
            answer.addProperty("@odata.context", "https://graph.example/$metadata#\"é\u2028\\");
        }
        answer.add("value", value);
        if (random.nextInt(3) == 0) {
            answer.add("@odata.nextLink", JsonNull.INSTANCE);
        }
        return answer.toString();
    }

    private static JsonObject entry(Random random, boolean sound) {
        List<String> fields = new ArrayList<>(FIELDS);
        Collections.shuffle(fields, random);
        JsonObject entry = new JsonObject();
        for (String field : fields) {
            if (random.nextInt(4) == 0) {
                entry.add("unasked" + random.nextInt(9), odd(random));
            }
            if (sound || random.nextInt(30) > 0) {
                entry.add(field, sound || random.nextInt(30) > 0 ? sound(random, field) : odd(random));
            }
        }
        return entry;
    }

    private static JsonElement sound(Random random, String field) {
        return switch (field) {
            case "id", "appId", "principalId", "resourceId", "appRoleId", "clientId" -> new JsonPrimitive(guid(random));
            case "accountEnabled" -> new JsonPrimitive(random.nextBoolean());
            case "isDisabled" -> random.nextBoolean() ? JsonNull.INSTANCE : new JsonPrimitive(random.nextBoolean());
            case "displayName" ->
                one(random, null, "", "Agent", "\u00dcn\u00efc\u00f6de \ud83d\ude00 \"quoted\" \\ \n");
            case "disabledByMicrosoftStatus" ->
                one(random, null, "NotDisabled", "notdisabled", "DisabledDueToViolation");
            case "consentType" -> one(random, null, "AllPrincipals", "allprincipals", "Principal", "Everybody");
            case "principalType" -> one(random, "ServicePrincipal", "User", "Group");
            default -> one(random, null, "", " User.Read", "User.Read  Mail.Send\t\u00e9 ", "a\nb\u000bc");
        };
    }

    private static JsonElement odd(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> JsonNull.INSTANCE;
            case 1 -> new JsonPrimitive(random.nextInt());
            case 2 -> new JsonPrimitive(random.nextBoolean());
            case 3 -> new JsonPrimitive("odd");
            case 4 -> new JsonArray();
            case 5 -> JsonParser.parseString("[{\"id\":[1,{}]},null]");
            case 6 -> new JsonPrimitive(guid(random));
            default -> JsonParser.parseString("{\"value\":[{\"id\":\"x\"}],\"@odata.nextLink\":\"https://elsewhere\"}");
        };
    }

    private static JsonElement one(Random random, String... texts) {
        String text = texts[random.nextInt(texts.length)];
        return text == null ? JsonNull.INSTANCE : new JsonPrimitive(text);
    }

    private static String guid(Random random) {
        String guid =
                "%08x-%04x-4000-8000-%012x".formatted(random.nextInt(), random.nextInt(1 << 16), random.nextInt());
        return random.nextBoolean() ? guid : guid.toUpperCase(Locale.ROOT);
    }

    private static ApplicationObservation.ServicePrincipal principal(ServicePrincipal model) {
        String status = model.getDisabledByMicrosoftStatus();
        return new ApplicationObservation.ServicePrincipal(
                Guid.require("id", model.getId()),
                Guid.require("appId", model.getAppId()),
                Optional.ofNullable(model.getDisplayName()).orElse(""),
                there(model.getAccountEnabled()),
                status != null && !status.equalsIgnoreCase("NotDisabled")
                        ? Registration.DisabledByMicrosoft
                        : registration(model));
    }

    /** The model has no word for what was left out. */
    private static ApplicationObservation.ServicePrincipal withDeactivationShown(
            com.fasterxml.jackson.core.JsonParser json) throws IOException {
        var read = GraphEntries.servicePrincipal(json);
        return read.registration() == Registration.NotShown
                ? new ApplicationObservation.ServicePrincipal(
                        read.id(), read.appId(), read.displayName(), read.enabled(), Registration.Active)
                : read;
    }

    private static Registration registration(ServicePrincipal model) {
        return Boolean.TRUE.equals(model.getIsDisabled()) ? Registration.Deactivated : Registration.Active;
    }

    private static ApplicationObservation.AppRoleAssignment assignment(AppRoleAssignment model) {
        return new ApplicationObservation.AppRoleAssignment(
                there(model.getPrincipalId()).toString(),
                there(model.getPrincipalType()),
                there(model.getResourceId()).toString(),
                there(model.getAppRoleId()).toString());
    }

    private static ApplicationObservation.DelegatedPermissionGrant grant(OAuth2PermissionGrant model) {
        return new ApplicationObservation.DelegatedPermissionGrant(
                there(model.getClientId()).toLowerCase(Locale.ROOT),
                there(model.getResourceId()).toLowerCase(Locale.ROOT),
                "AllPrincipals".equalsIgnoreCase(model.getConsentType()),
                model.getScope() == null
                        ? Set.of()
                        : Arrays.stream(model.getScope().split("\\s+"))
                                .filter(it -> !it.isEmpty())
                                .collect(Collectors.toSet()));
    }

    private static <T> T there(T value) {
        if (value == null) {
            throw new NoSuchElementException();
        }
        return value;
    }
}

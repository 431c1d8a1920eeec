package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.OTHER_TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Answer;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The property {@code isDisabled} is given up only where a cloud really does not have it, and not for long. */
class UnknownPropertyTest {

    private static final String APPLICATION = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String OBJECT = "dddddddd-0000-4000-8000-000000000001";
    private static final String UNKNOWN = "Parsing OData Select and Expand failed: Could not find a property named"
            + " 'isDisabled' on type 'microsoft.graph.servicePrincipal'.";

    private final CertificateAuthority authority = CertificateAuthority.create("Scripted Microsoft");
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private ScriptedMicrosoft microsoft;
    private GraphTenantDirectory directory;
    private String message = UNKNOWN;
    private int asked;

    @BeforeEach
    void start() throws IOException {
        microsoft = ScriptedMicrosoft.start(authority);
        directory = new GraphTenantDirectory(
                Laboratory.settings(authority, 1024 * 1024), clock, clock::nanos, RequestListener.NONE);
    }

    @AfterEach
    void stop() {
        directory.close();
        microsoft.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UNKNOWN,
                "Property 'isDisabled' does not exist as a declared property or extension property.",
            })
    void aCloudThatRefusesItAndAnswersWithoutItIsAskedWithoutIt(String words) {
        message = words;
        refuseIf(() -> true);
        assertThat(registration(read(TENANT))).isEqualTo(Registration.NotShown);
        assertThat(directory.showsDeactivation(microsoft.cloud())).isFalse();
        var before = asked;
        assertThat(registration(read(OTHER_TENANT))).isEqualTo(Registration.NotShown);
        assertThat(asked).as("requests that asked for it").isEqualTo(before);
    }

    @Test
    void oneAnswerThatDoesNotLikeItSwitchesNothingOff() {
        refuseIf(() -> asked == 1);
        assertThat(registration(read(TENANT))).as("what the second look shows").isEqualTo(Registration.Deactivated);
        assertThat(directory.showsDeactivation(microsoft.cloud())).isTrue();
        assertThat(registration(read(OTHER_TENANT))).isEqualTo(Registration.Deactivated);
    }

    @Test
    void aCloudThatAnswersNothingElseEitherIsNotJudgedByIt() {
        microsoft.answer(request -> request.path().endsWith("/token")
                ? Answer.token("a token", 3600)
                : responses(request.body(), _ -> refusal()));
        assertThat(read(TENANT).applications().ifFailed()).isPresent();
        assertThat(directory.showsDeactivation(microsoft.cloud())).isTrue();
    }

    @Test
    void aCloudThatDidNotHaveItIsAskedAnewAfterTenMinutesByOneReading() {
        refuseIf(() -> true);
        read(TENANT);
        clock.advance(Duration.ofMinutes(9));
        var before = asked;
        read(TENANT);
        assertThat(asked).isEqualTo(before);
        clock.advance(Duration.ofMinutes(1));
        assertThat(registration(read(TENANT))).isEqualTo(Registration.NotShown);
        assertThat(asked).isEqualTo(before + 2);
        read(OTHER_TENANT);
        assertThat(asked).as("by another reading").isEqualTo(before + 2);
    }

    @Test
    void aCloudThatGotItShowsItFromThenOn() {
        refuseIf(() -> true);
        read(TENANT);
        refuseIf(() -> false);
        assertThat(registration(read(TENANT))).isEqualTo(Registration.NotShown);
        assertThat(directory.showsDeactivation(microsoft.cloud())).isFalse();
        clock.advance(Duration.ofMinutes(10));
        assertThat(registration(read(TENANT))).isEqualTo(Registration.Deactivated);
        assertThat(directory.showsDeactivation(microsoft.cloud())).isTrue();
        assertThat(registration(read(OTHER_TENANT))).isEqualTo(Registration.Deactivated);
    }

    /** A deactivated application before a Graph that dislikes the property as often as is said. */
    private void refuseIf(BooleanSupplier refuses) {
        microsoft.answer(request -> request.path().endsWith("/token")
                ? Answer.token("a token", 3600)
                : responses(request.body(), url -> {
                    if (!url.contains("appId%20in")) {
                        return item(200, "{\"value\":[]}");
                    }
                    var wanted = url.contains("isDisabled");
                    asked += wanted ? 1 : 0;
                    return wanted && refuses.getAsBoolean()
                            ? refusal()
                            : item(
                                    200,
                                    "{\"value\":[{\"id\":\"%s\",\"appId\":\"%s\",\"displayName\":\"Agent\",\"accountEnabled\":true%s}]}"
                                            .formatted(OBJECT, APPLICATION, wanted ? ",\"isDisabled\":true" : ""));
                }));
    }

    private JsonObject refusal() {
        return item(400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"%s\"}}".formatted(message));
    }

    private static Answer responses(String batch, Function<String, JsonObject> items) {
        var responses = new JsonArray();
        for (JsonElement item : JsonParser.parseString(batch).getAsJsonObject().getAsJsonArray("requests")) {
            var response = items.apply(item.getAsJsonObject().get("url").getAsString());
            response.add("id", item.getAsJsonObject().get("id"));
            responses.add(response);
        }
        var envelope = new JsonObject();
        envelope.add("responses", responses);
        return Answer.json(envelope.toString());
    }

    private static JsonObject item(int status, String body) {
        var item = new JsonObject();
        item.addProperty("status", status);
        item.add("body", JsonParser.parseString(body));
        return item;
    }

    private static Registration registration(TenantObservation seen) {
        return seen.applications()
                .ifComplete()
                .orElseThrow()
                .get(APPLICATION)
                .servicePrincipal()
                .map(ServicePrincipal::registration)
                .orElseThrow();
    }

    private TenantObservation read(String tenantId) {
        return directory.read(new TenantQuery(
                microsoft.cloud(),
                tenantId,
                new Verifier(Laboratory.VERIFIER, new Credential.ClientSecret("1", "s3cret")),
                List.of(new ApplicationQuery(APPLICATION, Optional.of(OBJECT))),
                Set.of(),
                false));
    }
}

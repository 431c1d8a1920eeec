package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.OrganizationName;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant is asked for its name once a day, and what it says is shortened and cleaned. */
class OrganizationNamesTest {

    private static final String TENANT = "3c1f6d0e-0000-4000-8000-000000000001";
    private static final String VERIFIER = "bbbbbbbb-0000-4000-8000-000000000001";
    private static final String OTHER_VERIFIER = "bbbbbbbb-0000-4000-8000-000000000002";
    private static final Reading<JsonBody> ANSWERED = body("{}");
    private static final Reading<JsonBody> REFUSED =
            Reading.failed(Failure.of(Reason.VerifierPermissionsMissing, "Not for you.", "Consent."));

    private Duration now = Duration.ZERO;
    private final OrganizationNames names = new OrganizationNames(() -> now.toNanos(), () -> 0.5);

    @Test
    void nobodyIsAskedForWhatNobodyWants() {
        assertThat(names.isDue(query(VERIFIER, OrganizationName.NotWanted))).isFalse();
    }

    @Test
    void aTenantIsAskedOnceADay() {
        var query = query(VERIFIER, OrganizationName.Unknown);
        assertThat(names.isDue(query)).isTrue();
        names.answered(query, ANSWERED, named("Contoso"));
        assertThat(names.known(query)).contains("Contoso");
        now = Duration.ofHours(23);
        assertThat(names.isDue(query)).isFalse();
        assertThat(names.isDue(query(OTHER_VERIFIER, OrganizationName.Unknown))).isFalse();
        now = Duration.ofHours(24);
        assertThat(names.isDue(query)).isTrue();
        names.answered(query, ANSWERED, REFUSED);
        assertThat(names.known(query)).contains("Contoso");
    }

    @Test
    void oneThatMayNotReadItAsksADayLaterAndAnotherAtOnce() {
        var query = query(VERIFIER, OrganizationName.Unknown);
        assertThat(names.isDue(query)).isTrue();
        names.answered(query, ANSWERED, REFUSED);
        assertThat(names.isDue(query)).isFalse();
        assertThat(names.isDue(query(OTHER_VERIFIER, OrganizationName.Unknown))).isTrue();
        assertThat(names.isDue(query(OTHER_VERIFIER, OrganizationName.Unknown))).isFalse();
        now = Duration.ofHours(24);
        assertThat(names.isDue(query)).isTrue();
    }

    @Test
    void whatIsKnownAfterARestartIsAskedSomeTimeOfTheDay() {
        var query = query(VERIFIER, OrganizationName.Known);
        assertThat(names.isDue(query)).isFalse();
        now = Duration.ofHours(11);
        assertThat(names.isDue(query)).isFalse();
        now = Duration.ofHours(12);
        assertThat(names.isDue(query)).isTrue();
    }

    @Test
    void aReadingThatWasLostAltogetherIsNotRepeatedWithTheNextCheck() {
        var query = query(VERIFIER, OrganizationName.Unknown);
        assertThat(names.isDue(query)).isTrue();
        names.answered(query, REFUSED, REFUSED);
        assertThat(names.isDue(query)).isFalse();
        now = Duration.ofHours(1);
        assertThat(names.isDue(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"value\": 7}",
                "{\"value\": []}",
                "{\"value\": [7]}",
                "{\"value\": [{\"displayName\": \"Contoso\"}]}",
                "{\"value\": [{\"id\": \"3c1f6d0e-0000-4000-8000-000000000001\", \"displayName\": [1]}]}",
                "{\"value\": [{\"id\": \"3c1f6d0e-0000-4000-8000-000000000001\", \"displayName\": null}]}",
                "{\"value\": [{\"id\": \"3c1f6d0e-0000-4000-8000-000000000001\", \"displayName\": \" \"}]}",
                "{\"value\": [{\"id\": \"3c1f6d0e-0000-4000-8000-000000000002\", \"displayName\": \"Fabrikam\"}]}"
            })
    void anythingElseIsNoName(String answer) {
        var query = query(VERIFIER, OrganizationName.Unknown);
        assertThat(names.isDue(query)).isTrue();
        names.answered(query, ANSWERED, body(answer));
        assertThat(names.known(query)).isEmpty();
    }

    @Test
    void aNameIsShortAndOfPrintableCharacters() {
        var query = query(VERIFIER, OrganizationName.Unknown);
        assertThat(names.isDue(query)).isTrue();
        names.answered(query, ANSWERED, named("\\u001b[31mCon\\u202etoso" + "!".repeat(1_000_000)));
        assertThat(names.known(query))
                .hasValueSatisfying(
                        it -> assertThat(it).startsWith("[31mCon toso!").hasSizeLessThanOrEqualTo(120));
    }

    private static Reading<JsonBody> named(String name) {
        return body("{\"value\": [{\"id\": \"" + TENANT + "\", \"displayName\": \"" + name + "\"}]}");
    }

    private static Reading<JsonBody> body(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return Reading.of(new JsonBody(bytes, 0, bytes.length));
    }

    private static TenantQuery query(String verifier, OrganizationName name) {
        return new TenantQuery(
                        CloudEndpoints.of(Cloud.Global).orElseThrow(),
                        TENANT,
                        new Verifier(verifier, new Credential.FederatedToken(Optional.empty())),
                        List.of(),
                        Set.of(),
                        false)
                .with(name);
    }
}

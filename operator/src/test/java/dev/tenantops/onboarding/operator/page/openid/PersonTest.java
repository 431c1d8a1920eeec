package dev.tenantops.onboarding.operator.page.openid;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonTest {

    private static final SignInSettings SETTINGS = new SignInSettings(
            URI.create("https://login.example.com"),
            "a client",
            Path.of("secret"),
            List.of(),
            "groups",
            URI.create("https://onboarding.example.com"),
            Optional.empty());

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            {"groups": ["a", "b"]}                                     | groups             | a,b
            {"groups": "a"}                                            | groups             | a
            {"groups": ["a", 1, null, {"b": "c"}]}                     | groups             | a
            {"groups": {"a": "b"}}                                     | groups             | -
            {"groups": true}                                           | groups             | -
            {"sub": "x"}                                               | groups             | -
            {"realm_access": {"roles": ["a"]}}                         | realm_access/roles | a
            {"realm_access": ["roles"]}                                | realm_access/roles | -
            {"https://vendor.example/groups": ["a"]}                   | https://vendor.example/groups | a
            """)
    void theGroupsAreTheTextsOfTheClaim(String claims, String claim, String expected) {
        assertThat(person(claims, claim).groups())
                .containsExactly(expected == null ? new String[0] : expected.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sub": "1", "name": "Ada", "email": "ada@vendor.example"}  | Ada
            {"sub": "1", "name": " ", "preferred_username": "ada"}      | ada
            {"sub": "1"}                                                | 1
            """)
    void aPersonIsCalledAsTheProviderCallsThem(String claims, String name) {
        assertThat(person(claims, "groups").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sub": "1", "_claim_names": {"groups": "src1"}} | true
            {"sub": "1", "_claim_names": {"other": "src1"}}  | false
            {"sub": "1", "hasgroups": true}                  | true
            {"sub": "1"}                                     | false
            """)
    void aProviderSaysThatItLeavesGroupsOut(String claims, boolean expected) {
        assertThat(person(claims, "groups").groupsLeftOut()).isEqualTo(expected);
    }

    @Test
    void nobodyIsNobody() {
        assertThat(Person.of(
                        QuarkusSecurityIdentity.builder().setAnonymous(true).build(), "groups"))
                .isEmpty();
    }

    @Test
    void aSessionEndsAtTheProviderWhereItHasAPlaceForThat() {
        assertThat(Session.endAtProvider(
                        leaving(Optional.of(URI.create("https://login.example.com/end?p=1"))), SETTINGS))
                .contains(URI.create("https://login.example.com/end?p=1&id_token_hint=to.ke.n&client_id=a+client"
                        + "&post_logout_redirect_uri=https%3A%2F%2Fonboarding.example.com%2Fonboardings%2Fsigned-out"));
        assertThat(Session.endAtProvider(leaving(Optional.empty()), SETTINGS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/onboardings, true",
        "/onboardings/, true",
        "/onboardings/onboardings.csv, true",
        "/onboardings;a=b, true",
        "/onboardings2, false",
        "/onboarding/token, false",
        "/, false"
    })
    void onlyWhatIsBelowTheRootAsksWhoSomebodyIs(String path, boolean expected) {
        assertThat(SignInSettings.asks(path)).isEqualTo(expected);
    }

    @Test
    void theKeysOfCookiesFollowFromTheSecretAndDoNotTellIt() {
        var secret = new ClientSecret("short\n");
        assertThat(secret.value()).isEqualTo("short");
        assertThat(secret.derived("session"))
                .isEqualTo(new ClientSecret("short").derived("session"))
                .isNotEqualTo(secret.derived("state"))
                .isNotEqualTo(new ClientSecret("another").derived("session"))
                .hasSizeGreaterThanOrEqualTo(32);
        assertThat(secret).hasToString("a client's secret");
    }

    private static Person leaving(Optional<URI> end) {
        return new Person("Ada", List.of(), false, end, Optional.empty(), "to.ke.n");
    }

    private static Person person(String claims, String claim) {
        var token = "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
        return Person.of(
                        QuarkusSecurityIdentity.builder()
                                .setPrincipal(new Token(token))
                                .build(),
                        claim)
                .orElseThrow();
    }

    private record Token(String text) implements JsonWebToken {
        @Override
        public String getName() {
            return "somebody";
        }

        @Override
        public Set<String> getClaimNames() {
            return Set.of(Claims.raw_token.name());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return name.equals(Claims.raw_token.name()) ? (T) text : null;
        }
    }
}

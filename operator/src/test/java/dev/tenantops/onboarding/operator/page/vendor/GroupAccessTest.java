package dev.tenantops.onboarding.operator.page.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupAccessTest {

    private static final GroupAccess GROUPS =
            GroupAccess.parse("{\"onboarding-managers\": [\"customer-a\", \"team-*\"], \"/admins, all\": [\"*\"]}");

    @Test
    void aMemberSeesTheNamespacesOfTheGroup() {
        var access = GROUPS.of(List.of("sales", "onboarding-managers"));
        assertThat(access.sees("customer-a")).isTrue();
        assertThat(access.sees("team-x")).isTrue();
        assertThat(access.sees("customer-b")).isFalse();
        assertThat(access.sees("kube-system")).isFalse();
    }

    @Test
    void aMemberOfSeveralSeesThoseOfAll() {
        assertThat(GROUPS.of(List.of("onboarding-managers", "/admins, all")).sees("anything"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Onboarding-Managers", "onboarding-managers ", "*", "onboarding"})
    void whoIsInNoGroupSeesNothing(String group) {
        assertThat(GROUPS.of(List.of(group))).isEqualTo(new Access.Nothing(Access.Cause.NoGroup));
        assertThat(GROUPS.of(List.of())).isEqualTo(new Access.Nothing(Access.Cause.NoGroup));
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "team-*, team-, true",
        "team-*, teams, false",
        "*-prod, a-prod, true",
        "*-prod, a-prod-b, false",
        "a*b*c, abc, true",
        "a*b*c, a-b-c, true",
        "a*b*c, ac, false",
        "a*a, a, false",
        "a*a, aa, true",
        "a*bc*c, abc, false",
        "customer, customer-a, false",
        "**, x, true"
    })
    void aStarStandsForAnyCharacters(String pattern, String namespace, boolean expected) {
        assertThat(new NamespacePattern(pattern).matches(namespace)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"a\": []}",
                "{\"a\": null}",
                "{\"a\": [null]}",
                "{\"a\": \"customer-a\"}",
                "{\"a\": [\"Customer\"]}",
                "{\"a\": [\"\"]}",
                "{\"a\": [\"a\"], \"a\": [\"*\"]}",
                "onboarding-managers=customer-a"
            })
    void whatMakesNoSenseIsRefused(String groups) {
        assertThatIllegalArgumentException().isThrownBy(() -> GroupAccess.parse(groups));
    }
}

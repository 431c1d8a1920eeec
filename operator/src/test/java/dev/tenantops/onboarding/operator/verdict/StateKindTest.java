package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateKindTest {

    @ParameterizedTest
    @EnumSource
    void everyKindIsThatOfAState(StateKind kind) {
        assertThat(Stream.of(ApplicationState.values()).map(StateKind::of)).contains(kind);
    }

    @ParameterizedTest
    @EnumSource
    void whatCountsIsGrantedOrOpen(StateKind kind) {
        assertThat(kind.open() || kind.closed()).isEqualTo(kind != StateKind.Surplus);
        assertThat(kind.counts()).isEqualTo(kind != StateKind.NotVerifiable && kind != StateKind.Surplus);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsKnownOrOnItsWayClaimsSomething(StateKind kind) {
        assertThat(kind.claims()).isEqualTo(kind.counts() && (kind.known() || kind == StateKind.Passing));
    }

    @Test
    void onlyWhatWaitsForTimeOrAsksAnewDoesNotRest() {
        assertThat(Stream.of(ApplicationState.values())
                        .filter(it -> !StateKind.of(it).rests()))
                .containsExactlyInAnyOrder(ApplicationState.Propagating, ApplicationState.UnknownPermission);
    }
}

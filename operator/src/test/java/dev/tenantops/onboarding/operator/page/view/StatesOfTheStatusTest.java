package dev.tenantops.onboarding.operator.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the operator writes into a status has words on the page. */
class StatesOfTheStatusTest {

    @ParameterizedTest
    @EnumSource
    void whyATenantCannotBeReadIsAStateOfTheVerifier(Failure.Reason reason) {
        assertThat(VerifierState.of(reason.name(), true).name()).isEqualTo(reason.name());
    }

    @ParameterizedTest
    @EnumSource
    void whyAnEndpointIsNotReachedIsAStateOfIt(ProbeResult.Reason reason) {
        assertThat(EndpointState.of(reason.name(), true).name()).isEqualTo(reason.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = Summary.class,
            names = {"NotProbed", "UpgradeNotProven", "Probing", "ProbeFailed", "InvalidUrl", "SecretNotReadable"})
    void whatIsSaidOfAnEndpointWithoutAProbeIsAStateOfItToo(Summary summary) {
        assertThat(EndpointState.of(summary.name(), true).name()).isEqualTo(summary.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Brand new", "NotVerified"})
    void whatALaterOperatorSaysIsNotVerified(String state) {
        assertThat(VerifierState.of(state, true)).isEqualTo(VerifierState.NotVerified);
        assertThat(EndpointState.of(state, true)).isEqualTo(EndpointState.NotVerified);
    }

    @Test
    void nothingIsReachableOrAuthorizedOnceTheEvidenceHasEnded() {
        assertThat(Stream.of(
                        EndpointState.of("Reachable", false).mark(),
                        VerifierState.of("Authorized", false).mark()))
                .doesNotContain(Mark.Done);
    }
}

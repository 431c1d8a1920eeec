package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0,",
        "9, 0, 0, 0,",
        "9, 0, 1, 0, CredentialsPropagating",
        "9, 1, 0, 0, CredentialsPropagating",
        "0, 1, 0, 0, CredentialsPropagating",
        "0, 5, 0, 0, CredentialsPropagating",
        "1, 0, 1, 0, CredentialsPropagating",
        "0, 0, 1, 0, CredentialsInvalid",
        "4, 0, 5, 0, CredentialsInvalid",
        "9, 0, 0, 1, CredentialsExpired"
    })
    void whatOthersTakeIsNotCondemnedByTheFew(int accepted, int doubtful, int refused, int ended, Reason against) {
        assertThat(new SignIns(accepted, doubtful, refused, ended).against()).isEqualTo(Optional.ofNullable(against));
    }

    @Test
    void whoeverReadTheTenantOrWasDeniedItHadSignedIn() {
        assertThat(SignIns.of(List.of(
                        "Authorized",
                        "VerifierPermissionsMissing",
                        "VerifierConsentRequired",
                        "GraphUnavailable",
                        "Suspended",
                        "CredentialsInvalid",
                        "CredentialsPropagating",
                        "CredentialsPropagating",
                        "NotYetKnown")))
                .isEqualTo(new SignIns(2, 2, 1, 0));
    }
}

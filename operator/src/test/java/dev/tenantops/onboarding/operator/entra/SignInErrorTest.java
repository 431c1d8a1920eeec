package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Remedy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which AADSTS code is whose business. */
class SignInErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "VerifierConsentRequired : 7000229 700016 700011 7000112 70001 1000031 501051 500011 500014 650052 65001",
                "VerifierConsentRequired : 50001 50105 90099 50194 65005 650054 650056 650057",
                "CredentialsInvalid : 7000215 7000218 7000216 700027 700024 700021 700023 700025 700030 50012",
                "CredentialsInvalid : 70002 500133 50006 50013 50027 50048 700229 900384",
                "CredentialsInvalid : 70021 700211 700212 700213 50166",
                "CredentialsExpired : 7000222",
                "TenantNotFound : 90002 900023 900021 5000224 50059 90019 9001023",
                "WrongCloud : 90038 900382 900432 1000104 90043 90051",
                "ConditionalAccessBlocked : 53003 53011 530031 530032 530035 50131 53000 53001 530034 500213",
                "TenantRestricted : 50002 500021 500022 5000211 500212",
                "Throttled : 90055",
                "GraphUnavailable : 90036 90092 50196 90033 90006 90012 90024 90090 90091 50033 50000",
                "GraphUnavailable : 70011 28002 28003 700022 1002012 900144 90004 90013 90014 90023 90100 9002313",
            })
    void everyListedCodeHasItsReason(Reason reason, String codes) {
        assertThat(Arrays.stream(codes.split(" ")).map(Integer::valueOf))
                .allSatisfy(code -> assertThat(SignInError.of(code))
                        .hasValueSatisfying(error -> assertThat(error.reason()).isEqualTo(reason)));
    }

    @ParameterizedTest
    @ValueSource(ints = {50020, 65004, 1, 70002290, 0})
    void aCodeThatIsNotListedHasNone(int code) {
        assertThat(SignInError.of(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AADSTS7000229: The client application is missing. | 7000229",
                "AADSTS90002: No tenant x. See also AADSTS1. | 90002",
                "invalid_client: AADSTS53003 | 53003",
            })
    void theFirstCodeOfADescriptionCounts(String description, int code) {
        assertThat(SignInError.codeIn(description)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AADSTS", "aadsts7000229", "7000229", "AADSTSx"})
    void aDescriptionMayHaveNoCode(String description) {
        assertThat(SignInError.codeIn(description)).isEmpty();
    }

    @Test
    void aNumberOfAnyLengthIsNoAccident() {
        assertThat(SignInError.codeIn("AADSTS99999999999999999999").flatMap(SignInError::of))
                .isEmpty();
        assertThat(SignInError.codeIn(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {7000215, 70002, 700027, 70021, 700211, 700212, 700213})
    void aRightCredentialThatHasNotArrivedIsRefusedLikeAWrongOne(int code) {
        assertThat(SignInError.of(code))
                .hasValueSatisfying(it -> assertThat(it.spreads()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {7000222, 7000218, 700024, 7000229, 53003, 5000211})
    void whatSaysMoreThanThatACredentialIsNotKnownIsNoMatterOfTime(int code) {
        assertThat(SignInError.of(code))
                .hasValueSatisfying(it -> assertThat(it.spreads()).isFalse());
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorSaysWhatHappenedAndWhatToDo(SignInError error) {
        assertThat(error.what()).isNotBlank().doesNotEndWith(".");
        var next = next(error);
        assertThat(next).endsWith(".").matches("[A-Z].*");
        assertThat(error.what().length() + next.length()).isLessThan(400);
        if (error.reason() == Reason.CredentialsInvalid || error.reason() == Reason.CredentialsExpired) {
            assertThat(next).startsWith("The vendor has to");
        }
        if (error.reason() == Reason.VerifierConsentRequired) {
            assertThat(next).startsWith("A customer administrator has to");
        }
    }

    @Test
    void anAssertionThatIsRefusedIsLookedForWhereverItsKindIsKept() {
        assertThat(next(SignInError.AssertionRefused))
                .contains("spec.verifier.credentialsRef", "AZURE_FEDERATED_TOKEN_FILE");
    }

    private static String next(SignInError error) {
        return switch (error.remedy()) {
            case Remedy.Consent(String note) -> ("A customer administrator has to consent. " + note).strip();
            case Remedy.Instruction(String text) -> text;
        };
    }
}

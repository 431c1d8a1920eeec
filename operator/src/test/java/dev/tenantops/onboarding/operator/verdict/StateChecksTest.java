package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The states of a fully read, licensed application, each told by a check of its own. */
class StateChecksTest {

    /** These are not told from a reading: it failed, or no licence brings the application. */
    private static final EnumSet<ApplicationState> UNTOLD =
            EnumSet.of(ApplicationState.NotVerified, ApplicationState.NoLongerLicensed);

    @Test
    void everyStateThatAReadingCanProveHasItsCheck() {
        assertThat(StateChecks.IN_ORDER.stream().map(StateChecks.StateCheck::state))
                .containsAll(EnumSet.complementOf(UNTOLD))
                .doesNotContainAnyElementsOf(UNTOLD);
    }

    @Test
    void theOrderOfStatesTellsWhichIsWorse() {
        assertThat(List.of(
                        ApplicationState.ConsentRevoked,
                        ApplicationState.ApplicationDeleted,
                        ApplicationState.ApplicationDisabled,
                        ApplicationState.ApplicationDeactivated,
                        ApplicationState.PermissionsMissing,
                        ApplicationState.ConsentRequired,
                        ApplicationState.NotVerified,
                        ApplicationState.Propagating,
                        ApplicationState.Granted))
                .isSorted();
    }
}

package dev.tenantops.onboarding.operator.page.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.status.ConditionReason;
import dev.tenantops.onboarding.operator.status.ConditionReason.Mistake;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unreached;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unread;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverviewReasonTest {

    /** Those of catalogs, and those that hold back nothing. */
    private static final Set<Summary> OF_NO_ONBOARDING = Set.of(
            Summary.Authorized,
            Summary.AllGranted,
            Summary.AllReachable,
            Summary.NotProbed,
            Summary.UpgradeNotProven,
            Summary.Attested,
            Summary.AttestationExpired,
            Summary.AttestationInvalid,
            Summary.Usable,
            Summary.CloudNotConfigured,
            Summary.CredentialsFound,
            Summary.ExpiresSoon,
            Summary.DeactivationNotShown,
            Summary.RegistrationsFound,
            Summary.RegistrationsNotRead,
            Summary.RegistrationNotFound,
            Summary.PermissionNotRequested,
            Summary.ReplyUrlMissing,
            Summary.RetirementAnnounced);

    @Test
    void everyReasonThatReadyOfAnOnboardingCanHaveHasWordsAndAnActor() {
        assertThat(ConditionReason.all())
                .filteredOn(it -> switch (it) {
                    case Summary summary -> !OF_NO_ONBOARDING.contains(summary);
                    case Mistake _, Unread _, Open _, Unreached _ -> true;
                })
                .extracting(ConditionReason::name)
                .allSatisfy(it -> assertThat(OverviewReason.of(it)).as(it).isPresent());
    }

    @Test
    void thereAreWordsForNothingThatIsNoReason() {
        assertThat(OverviewReason.values())
                .extracting(Enum::name)
                .isSubsetOf(ConditionReason.all().stream()
                        .map(ConditionReason::name)
                        .toList());
    }
}

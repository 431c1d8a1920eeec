package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.delivery.StatusWriter;
import dev.tenantops.onboarding.operator.status.Withdrawal;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What came of a check. It may wait to be written for so long that it has come to its end.
 *
 * @param judged the onboarding that was checked
 * @param status the status that the check gives it
 * @param anew the status that the same readings give an onboarding that has changed since
 * @param again has an onboarding looked at once more
 */
record CheckVerdict(
        TenantOnboarding judged,
        TenantOnboardingStatus status,
        Function<TenantOnboarding, Optional<TenantOnboardingStatus>> anew,
        Consumer<ObjectKey> again,
        Clock clock)
        implements StatusWriter.Verdict<TenantOnboarding, TenantOnboardingStatus> {

    static CheckVerdict of(TenantOnboarding judged, CheckResult result, Consumer<ObjectKey> again, Clock clock) {
        return new CheckVerdict(judged, result.status(), result.anew(), again, clock);
    }

    @Override
    public Optional<TenantOnboardingStatus> status(TenantOnboarding current) {
        var of = current == judged ? Optional.of(status) : anew.apply(current);
        return of.map(it -> Withdrawal.asOf(it, clock.instant()));
    }

    /** Without the readings. An onboarding that changes while this one waits is looked at once more. */
    @Override
    public CheckVerdict lean() {
        return new CheckVerdict(
                judged,
                status,
                current -> {
                    again.accept(ObjectKey.of(current));
                    return Optional.empty();
                },
                again,
                clock);
    }
}

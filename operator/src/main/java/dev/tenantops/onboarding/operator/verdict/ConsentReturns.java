package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ConsentReturn;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Takes the hint that a browser returned from a consent page.
 *
 * <p>Anyone can forge it, and it holds back the verdict that a consent is missing for a short time. So it is believed
 * once in a while only, whatever arrives meanwhile, and only while it is so young that it may excuse something.
 */
public final class ConsentReturns {

    private static final int WINDOWS_BETWEEN = 10;

    private final Duration propagation;

    /** @param propagation how long after a consent its grants may not show yet */
    public ConsentReturns(Duration propagation) {
        this.propagation = propagation;
    }

    /**
     * What is remembered of an application, with the return that its onboarding shows where that is believed.
     *
     * @param application its name as the annotation has it
     */
    public Memory remembered(TenantOnboarding onboarding, String application, Memory before, Instant now) {
        var memory = before.believed(now);
        var returned = onboarding
                .consentReturn()
                .filter(it -> it.application().equals(application))
                .map(ConsentReturns::seconds)
                .filter(it -> new Past(now).within(propagation, it));
        var earliest = memory.consentReturned().map(it -> it.plus(propagation.multipliedBy(WINDOWS_BETWEEN)));
        return returned.filter(it -> earliest.isEmpty() || it.isAfter(earliest.get()))
                .filter(it -> memory.lastGranted().isEmpty()
                        || it.isAfter(memory.lastGranted().get()))
                .map(memory::withConsentReturned)
                .orElse(memory);
    }

    /** Whether no return that an onboarding shows may excuse anything any more. */
    public boolean isOver(TenantOnboarding onboarding, Instant now) {
        return onboarding
                .consentReturn()
                .map(ConsentReturns::seconds)
                .filter(it -> Duration.between(it, now).compareTo(propagation) <= 0)
                .isEmpty();
    }

    /** As much of the time as a status keeps. */
    private static Instant seconds(ConsentReturn returned) {
        return returned.at().truncatedTo(ChronoUnit.SECONDS);
    }
}

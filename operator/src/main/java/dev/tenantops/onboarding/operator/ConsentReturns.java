package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Takes the hint that a browser returned from a consent page.
 *
 * <p>Anyone can forge it, and it holds back the verdict that a consent is missing for a short time. So it is believed
 * once in a while only, whatever arrives meanwhile, and only while it is so young that it may excuse something.
 */
public final class ConsentReturns {

    private static final int WINDOWS_BETWEEN = 10;

    private final Duration propagation;

    /**
     * @param propagation how long after a consent its grants may not show yet
     */
    public ConsentReturns(Duration propagation) {
        this.propagation = propagation;
    }

    Memory remembered(TenantOnboarding onboarding, String application, Memory before, Instant now) {
        var memory = before.believed(now);
        var returned = Optional.ofNullable(onboarding.getMetadata().getAnnotations())
                .map(it -> it.get(TenantOnboarding.CONSENT_RETURNED))
                .flatMap(it -> returned(it, application))
                .filter(it -> new Past(now).within(propagation, it));
        var earliest = memory.consentReturned().map(it -> it.plus(propagation.multipliedBy(WINDOWS_BETWEEN)));
        return returned.filter(it -> earliest.isEmpty() || it.isAfter(earliest.get()))
                .filter(it -> memory.lastGranted().isEmpty()
                        || it.isAfter(memory.lastGranted().get()))
                .map(memory::withConsentReturned)
                .orElse(memory);
    }

    /** Whether no return that an onboarding shows may excuse anything any more. */
    boolean isOver(TenantOnboarding onboarding, Instant now) {
        return Optional.ofNullable(onboarding.getMetadata().getAnnotations())
                .map(it -> it.get(TenantOnboarding.CONSENT_RETURNED))
                .flatMap(it -> returned(it, it.substring(0, Math.max(0, it.indexOf('/')))))
                .filter(it -> Duration.between(it, now).compareTo(propagation) <= 0)
                .isEmpty();
    }

    private static Optional<Instant> returned(String value, String application) {
        var separator = value.indexOf('/');
        if (separator < 0 || !value.substring(0, separator).equals(application)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(value.substring(separator + 1)).truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

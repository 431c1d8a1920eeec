package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Verification;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The time between two checks, as a spec writes it: hours, minutes and seconds in any order, such as {@code 1h30m}. */
public final class Intervals {

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}[hms])+");

    private Intervals() {}

    /** The interval of a spec; empty when it leaves that to the operator, or says what no definition lets through. */
    public static Optional<Duration> of(TenantOnboardingSpec spec) {
        return Optional.ofNullable(spec.verification())
                .map(Verification::interval)
                .filter(it -> FORM.matcher(it).matches())
                .map(Intervals::parse)
                .filter(it -> it.compareTo(SHORTEST) >= 0 && it.compareTo(LONGEST) <= 0);
    }

    static Duration parse(String text) {
        try {
            return io.fabric8.kubernetes.api.model.Duration.parse(text).getDuration();
        } catch (ParseException e) {
            throw new IllegalArgumentException(text + " is no duration", e);
        }
    }
}

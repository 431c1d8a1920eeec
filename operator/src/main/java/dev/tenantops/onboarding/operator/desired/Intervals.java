package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Verification;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The time between two checks, as a spec writes it: hours, minutes and seconds in any order, such as {@code 1h30m}. */
public final class Intervals {

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,6}[hms])+");
    private static final Pattern PART = Pattern.compile("([0-9]+)([hms])");

    private Intervals() {}

    /** The interval of a spec; empty when it leaves that to the operator, or says what no definition lets through. */
    public static Optional<Duration> of(TenantOnboardingSpec spec) {
        return Optional.ofNullable(spec.verification())
                .map(Verification::interval)
                .filter(it -> WHOLE.matcher(it).matches())
                .map(Intervals::parse)
                .filter(it -> it.compareTo(SHORTEST) >= 0 && it.compareTo(LONGEST) <= 0);
    }

    static Duration parse(String text) {
        var matcher = PART.matcher(text);
        var sum = Duration.ZERO;
        while (matcher.find()) {
            var amount = Long.parseLong(matcher.group(1));
            sum = sum.plus(
                    switch (matcher.group(2)) {
                        case "h" -> Duration.ofHours(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofSeconds(amount);
                    });
        }
        return sum;
    }
}

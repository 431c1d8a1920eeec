package dev.tenantops.onboarding.operator.page.vendor;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One onboarding, as the overview shows it.
 *
 * @param tenantName empty where it was not read
 * @param reason the one word of the condition, also where no words are known for it
 * @param since when {@code ready} became what it is
 * @param granted such as 3/5; empty where nothing is known
 * @param nextAction what to do, in the operator's own words
 * @param page the link of the customer's page
 */
public record OverviewRow(
        String namespace,
        String name,
        String tenantId,
        Optional<String> tenantName,
        Ready ready,
        String reason,
        Optional<Instant> since,
        NextActor actor,
        String granted,
        String nextAction,
        Optional<URI> page) {

    /** What has to be looked at first. */
    public static final Comparator<OverviewRow> ORDER = Comparator.comparing(OverviewRow::ready)
            .thenComparing(it -> it.tenantName().orElse("").toLowerCase(Locale.ROOT))
            .thenComparing(OverviewRow::namespace)
            .thenComparing(OverviewRow::name);

    /**
     * Shows nothing as done that the status does not prove now: not what speaks of an older spec, and not what has ended.
     *
     * @param now what {@code status.validUntil} is compared with
     */
    public static OverviewRow of(TenantOnboarding onboarding, Instant now) {
        var metadata = onboarding.getMetadata();
        var status = onboarding.known();
        var condition = status.condition(ConditionType.READY);
        var generation = Optional.ofNullable(metadata.getGeneration()).orElse(0L);
        var ended = instant(status.validUntil()).filter(it -> !it.isAfter(now));
        var current = condition
                .filter(it -> status.observedGeneration() >= generation)
                .filter(it -> it.status() != Condition.Status.True || ended.isEmpty());
        var reason = current.map(Condition::reason).orElse(OverviewReason.NotVerified.name());
        return new OverviewRow(
                metadata.getNamespace(),
                metadata.getName(),
                onboarding.getSpec().tenantId(),
                Optional.ofNullable(status.tenantName()),
                current.map(it -> Ready.valueOf(it.status().name())).orElse(Ready.Unknown),
                reason,
                current.flatMap(it -> instant(it.lastTransitionTime())).or(() -> condition.flatMap(_ -> ended)),
                // What this version has no word for needs somebody who reads the status.
                OverviewReason.of(reason).map(OverviewReason::actor).orElse(NextActor.Platform),
                Optional.ofNullable(status.granted()).orElse(""),
                Optional.ofNullable(status.nextAction()).orElse(""),
                page(status));
    }

    /** The words for the reason, where this version has some. */
    public Optional<OverviewReason> known() {
        return OverviewReason.of(reason);
    }

    /** Whether a text occurs in what a person may know the customer by; capitals do not matter. */
    boolean mentions(String text) {
        var sought = text.toLowerCase(Locale.ROOT);
        return Stream.of(namespace, name, tenantId, tenantName.orElse(""), reason)
                .anyMatch(it -> it.toLowerCase(Locale.ROOT).contains(sought));
    }

    private static Optional<URI> page(TenantOnboardingStatus status) {
        try {
            return Optional.ofNullable(status.pageUrl())
                    .map(String::strip)
                    .filter(it -> !it.isEmpty())
                    .map(it -> {
                        try {
                            return new URI(it);
                        } catch (URISyntaxException _) {
                            return null;
                        }
                    })
                    // Whoever may write a status could have put anything there.
                    .filter(it -> "https".equalsIgnoreCase(it.getScheme()) || "http".equalsIgnoreCase(it.getScheme()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String time) {
        try {
            return Optional.ofNullable(time).map(Instant::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}

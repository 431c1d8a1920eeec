package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened before a publication: what disturbed the operator, and what it had published. */
final class OracleMemory {

    private final Map<String, Instant> returns = new HashMap<>();
    private final Map<String, Published> applications = new HashMap<>();
    private Optional<Instant> disturbed = Optional.empty();
    private Optional<Instant> undisturbed = Optional.empty();
    private Instant readableSince = Instant.EPOCH;
    private Instant leftAloneUntil = Instant.EPOCH;

    /**
     * What was published of an application before.
     *
     * @param lastGranted when it was called granted by the last reading that nothing disturbed, failing that by the
     *     first one; null if it never was
     */
    record Published(boolean grantedOnce, boolean heldOnce, boolean attestedOnce, Instant lastGranted) {

        private static final Published NOTHING = new Published(false, false, false, null);

        private Published and(Instant now, boolean good, ApplicationStatus status) {
            var granted = status.state() == ApplicationState.Granted;
            return new Published(
                    grantedOnce || granted,
                    heldOnce || !status.granted().isEmpty(),
                    attestedOnce || !status.attested().isEmpty(),
                    granted && (good || lastGranted == null) ? now : lastGranted);
        }
    }

    void consentReturned(String application, Instant at) {
        returns.put(application, at);
    }

    /** The operator was told to leave the tenant alone. */
    void askedToWait(Instant until) {
        leftAloneUntil = until.isAfter(leftAloneUntil) ? until : leftAloneUntil;
    }

    boolean leftAlone(Instant now) {
        return now.isBefore(leftAloneUntil);
    }

    void disturbed(Instant now) {
        disturbed = Optional.of(now);
    }

    void undisturbed(Instant now) {
        if (disturbed.isPresent()
                && undisturbed.filter(it -> it.isAfter(disturbed.get())).isEmpty()) {
            readableSince = now;
        }
        undisturbed = Optional.of(now);
    }

    /** When a reading met nothing that keeps it from the whole truth, the last time. */
    Optional<Instant> lastUndisturbed() {
        return undisturbed;
    }

    /** The first reading that nothing disturbed after the last that something did. */
    Instant readableSince() {
        return readableSince;
    }

    /** Whether nothing disturbed the operator and nobody came back from a consent since then. */
    boolean quietSince(Instant from) {
        return disturbed.filter(it -> it.isAfter(from)).isEmpty()
                && returns.values().stream().noneMatch(it -> it.isAfter(from));
    }

    boolean returnedSince(String application, Instant from) {
        return Optional.ofNullable(returns.get(application))
                .filter(it -> it.isAfter(from))
                .isPresent();
    }

    /** Whether somebody vouched for a part of it. */
    boolean everAttested(String application) {
        return of(application).attestedOnce();
    }

    Published of(String application) {
        return applications.getOrDefault(application, Published.NOTHING);
    }

    void remember(Instant now, boolean good, String name, ApplicationStatus status) {
        applications.put(name, of(name).and(now, good, status));
    }

    /** What is not shown any more starts anew when it comes back. */
    void forgetAllBut(List<String> shown) {
        applications.keySet().retainAll(shown);
    }
}

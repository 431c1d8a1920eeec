package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a reading changes in what is remembered of one application's permissions.
 *
 * <p>Replicas of a directory may disagree, so a loss counts when a reading that is late enough confirms it; until then
 * what was lost is remembered as granted, or the second reading would find nothing lost.
 *
 * @param remembered the granted permissions, with those whose loss is not confirmed
 * @param vanished since when a loss waits to be confirmed
 * @param lost the missing permissions that had been granted, once confirmed
 * @param firstMissing when the last of these losses was first read
 * @param appeared when permissions last came while others that had been asked for with them did not
 */
record Changes(
        List<Permission> remembered,
        Optional<Instant> vanished,
        List<Permission> lost,
        Optional<Instant> firstMissing,
        Optional<Instant> appeared) {

    static Changes between(Memory memory, PermissionFindings findings, Duration confirmation, Instant now) {
        var lost = findings.missing().stream()
                .filter(it -> wasGranted(memory, it) && !findings.undefined(it))
                .toList();
        var since = lost.isEmpty() ? Optional.<Instant>empty() : Optional.of(vanished(memory, lost, now));
        var confirmed = since.filter(it -> Duration.between(it, now).compareTo(confirmation) >= 0);
        var waiting = confirmed.isPresent() ? Optional.<Instant>empty() : since;
        var remembered = new TreeSet<>(findings.held());
        memory.granted().stream()
                .filter(it -> findings.unread(it) || findings.undefined(it))
                .forEach(remembered::add);
        if (waiting.isPresent()) {
            remembered.addAll(lost);
        }
        var allLost = new TreeSet<>(stillLost(memory, findings));
        if (confirmed.isPresent()) {
            allLost.addAll(lost);
        }
        return new Changes(
                List.copyOf(remembered),
                waiting,
                List.copyOf(allLost),
                allLost.isEmpty()
                        ? Optional.empty()
                        : confirmed.or(memory::firstMissing).or(() -> Optional.of(now)),
                appeared(memory, findings, now));
    }

    /** What was lost before and is not back; what cannot be read may be. */
    private static List<Permission> stillLost(Memory memory, PermissionFindings findings) {
        return Stream.concat(memory.lost().stream(), lostUnlicensed(memory, findings).stream())
                .filter(it -> findings.missing().contains(it) || findings.unread(it))
                .toList();
    }

    /**
     * What was granted when its licence was dropped, and was gone before it was licensed again. The last reading without
     * the licence has confirmed it.
     */
    private static List<Permission> lostUnlicensed(Memory memory, PermissionFindings findings) {
        var gone = memory.state().equals(Optional.of(ApplicationState.NoLongerLicensed))
                && memory.lastGranted().isPresent()
                && findings.held().isEmpty();
        return gone
                ? findings.missing().stream()
                        .filter(it -> !findings.undefined(it) && !wasGranted(memory, it))
                        .toList()
                : List.of();
    }

    /** Each loss takes two readings: one that the first did not show begins to wait anew. */
    private static Instant vanished(Memory memory, List<Permission> lost, Instant now) {
        return memory.vanished()
                .filter(it -> !memory.complete() || memory.missing().containsAll(lost))
                .orElse(now);
    }

    /** Where the status had no room for all that was granted, what was not missing was granted. */
    private static boolean wasGranted(Memory memory, Permission permission) {
        return memory.granted().contains(permission)
                || (!memory.complete() && !memory.missing().contains(permission));
    }

    /** What the catalog asks for since cannot have come with an earlier consent, which therefore proves nothing of it. */
    private static Optional<Instant> appeared(Memory memory, PermissionFindings findings, Instant now) {
        if (findings.held().stream().anyMatch(memory.missing()::contains)) {
            return Optional.of(now);
        }
        var known = memory.state()
                .filter(it -> it != ApplicationState.NotVerified && it != ApplicationState.NotVerifiable)
                .isPresent();
        var added = known
                && findings.missing().stream()
                        .anyMatch(it -> !memory.missing().contains(it) && !wasGranted(memory, it));
        return added ? Optional.empty() : memory.appeared();
    }
}

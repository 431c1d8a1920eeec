package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a reading changes in what is remembered of one application's permissions.
 *
 * <p>Replicas of a directory may disagree, so a loss counts when a reading that is late enough confirms it; until then
 * what was lost is remembered as granted, or the second reading would find nothing lost.
 *
 * @param remembered the granted permissions, with those whose loss is not confirmed
 * @param awaited those whose loss is not confirmed
 * @param vanished since when they are awaited
 * @param lost the missing permissions that had been granted, once confirmed
 * @param firstMissing when the last of these losses was first read
 * @param appeared when permissions last came while others that had been asked for with them did not
 */
record Changes(
        List<Permission> remembered,
        List<Permission> awaited,
        Optional<Instant> vanished,
        List<Permission> lost,
        Optional<Instant> firstMissing,
        Optional<Instant> appeared) {

    static Changes between(Memory memory, PermissionFindings findings, Duration confirmation, Instant now) {
        var lost = findings.missing().stream()
                .filter(it -> wasGranted(memory, it) && !findings.undefined(it))
                .toList();
        var remembered = new TreeSet<>(findings.held());
        memory.granted().stream()
                .filter(it -> findings.unread(it) || findings.undefined(it))
                .forEach(remembered::add);
        // What was lost before and is not back; what cannot be read may be.
        var stillLost = memory.lost().stream()
                .filter(it -> findings.missing().contains(it) || findings.unread(it))
                .toList();
        return between(memory, remembered, lost, stillLost, confirmation, now, appeared(memory, findings, now));
    }

    /**
     * The same while no licence brings the application. What it does not hold any more is lost, so that it is not asked
     * for as if it had never been there once it is licensed again.
     *
     * @param grants what it holds
     */
    static Changes unlicensed(Memory memory, List<Permission> grants, Duration confirmation, Instant now) {
        var held = grants.stream().map(Changes::key).collect(Collectors.toSet());
        return between(
                memory,
                new TreeSet<>(grants),
                memory.granted().stream().filter(it -> !held.contains(key(it))).toList(),
                memory.lost().stream().filter(it -> !held.contains(key(it))).toList(),
                confirmation,
                now,
                Optional.empty());
    }

    private static Changes between(
            Memory memory,
            TreeSet<Permission> remembered,
            List<Permission> lost,
            List<Permission> stillLost,
            Duration confirmation,
            Instant now,
            Optional<Instant> appeared) {
        var since = lost.isEmpty() ? Optional.<Instant>empty() : Optional.of(vanished(memory, lost, now));
        var confirmed = since.filter(it -> Duration.between(it, now).compareTo(confirmation) >= 0);
        var waiting = confirmed.isPresent() ? Optional.<Instant>empty() : since;
        var allLost = new TreeSet<>(stillLost);
        if (waiting.isPresent()) {
            remembered.addAll(lost);
        }
        if (confirmed.isPresent()) {
            allLost.addAll(lost);
        }
        return new Changes(
                List.copyOf(remembered),
                waiting.isPresent() ? List.copyOf(lost) : List.of(),
                waiting,
                List.copyOf(allLost),
                allLost.isEmpty()
                        ? Optional.empty()
                        : confirmed.or(memory::firstMissing).or(() -> Optional.of(now)),
                appeared);
    }

    /** Catalogs and tenants may write a value differently. */
    private static String key(Permission permission) {
        return permission.toString().toLowerCase(Locale.ROOT);
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

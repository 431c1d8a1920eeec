package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.Permission;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What neither the tenant nor its directory knows: what the catalog says of the end of permissions and of what nobody can
 * see, and what somebody vouches for.
 *
 * @param retirements by application, from when on a permission does not work
 * @param prerequisites the applications that need something which has to be attested
 * @param attestations what stands in the spec, whether it counts or not
 */
record Terms(Map<String, Map<Permission, Instant>> retirements, Set<String> prerequisites, List<Word> attestations) {

    static final Terms NONE = new Terms(Map.of(), Set.of(), List.of());

    private static final int MOST = 50;

    /** What the attestation of an application's prerequisite is about. */
    static final String PREREQUISITE = "allowed";

    /**
     * Somebody's word.
     *
     * @param about {@link #PREREQUISITE}, or a permission
     */
    record Word(String application, Object about, Instant until) {}

    Terms retiring(String application, Permission permission, Instant from) {
        var all = new HashMap<>(retirements.getOrDefault(application, Map.of()));
        all.put(permission, from);
        return with(application, all);
    }

    Terms notRetiring(String application) {
        return with(application, Map.of());
    }

    Terms asking(String application, boolean asked) {
        var asking = new HashSet<>(prerequisites);
        asking.remove(application);
        if (asked) {
            asking.add(application);
        }
        return new Terms(retirements, Set.copyOf(asking), attestations);
    }

    /** With one more word; a spec has room for so many. */
    Terms with(Word word) {
        return new Terms(
                retirements,
                prerequisites,
                Stream.concat(attestations.stream().skip(Math.max(0, attestations.size() - MOST + 1)), Stream.of(word))
                        .toList());
    }

    private Terms with(String application, Map<Permission, Instant> ends) {
        var all = new HashMap<>(retirements);
        all.put(application, Map.copyOf(ends));
        return new Terms(Map.copyOf(all), prerequisites, attestations);
    }

    /** The same retirements, at other times. */
    Terms ending(UnaryOperator<Instant> end) {
        return new Terms(
                retirements.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                it -> it.getValue().entrySet().stream()
                                        .collect(Collectors.toMap(
                                                Map.Entry::getKey, from -> end.apply(from.getValue()))))),
                prerequisites,
                attestations);
    }

    /** Whether the customer is said to do without a permission, and the catalog lets it. */
    boolean waived(String application, Permission permission, Instant now) {
        return WorldCatalog.isWaivable(permission) && vouched(application, permission, now);
    }

    /** Whether somebody has to vouch for a prerequisite of an application and does not. */
    boolean unattested(String application, Instant now) {
        return prerequisites.contains(application) && !vouched(application, PREREQUISITE, now);
    }

    /** Which of these do not work any more, and are needed. */
    Set<Permission> retired(String application, Set<Permission> required, Instant now) {
        return retirements.getOrDefault(application, Map.of()).entrySet().stream()
                .filter(it -> required.contains(it.getKey()) && !now.isBefore(it.getValue()))
                .map(Map.Entry::getKey)
                .filter(it -> !waived(application, it, now))
                .collect(Collectors.toSet());
    }

    /** Whether a permission does not work any more. */
    boolean isOver(String application, Permission permission, Instant now) {
        return Optional.ofNullable(
                        retirements.getOrDefault(application, Map.of()).get(permission))
                .filter(it -> !now.isBefore(it))
                .isPresent();
    }

    /** Those of these that nobody does without. */
    Set<Permission> needed(String application, Set<Permission> required, Instant now) {
        return required.stream().filter(it -> !waived(application, it, now)).collect(Collectors.toSet());
    }

    /** Whether something ended in between, the beginning excluded. */
    boolean turned(Instant from, Instant to) {
        return ends().anyMatch(it -> it.isAfter(from) && !it.isAfter(to));
    }

    /** When something ends of what is true of these applications. */
    Stream<Instant> ends() {
        return Stream.concat(
                retirements.values().stream().flatMap(it -> it.values().stream()),
                attestations.stream().map(Word::until));
    }

    /** When something ends that an application needs, later than now. */
    Stream<Instant> endsOf(String application, Set<Permission> required, Instant now) {
        return Stream.concat(
                        retirements.getOrDefault(application, Map.of()).entrySet().stream()
                                .filter(it -> required.contains(it.getKey()))
                                .map(Map.Entry::getValue),
                        attestations.stream()
                                .filter(it -> it.application().equals(application))
                                .filter(it -> it.about() instanceof Permission permission
                                        ? required.contains(permission) && WorldCatalog.isWaivable(permission)
                                        : prerequisites.contains(application))
                                .map(Word::until))
                .filter(it -> it.isAfter(now));
    }

    private boolean vouched(String application, Object about, Instant now) {
        return attestations.stream()
                .anyMatch(it ->
                        it.application().equals(application) && it.about().equals(about) && now.isBefore(it.until()));
    }
}

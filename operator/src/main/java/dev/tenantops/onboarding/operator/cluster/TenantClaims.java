package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.desired.NamespacePermission;
import dev.tenantops.onboarding.operator.desired.TenantClaim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who holds each claim: of the onboardings whose namespaces may use the catalog the oldest, and of those that the API server
 * made in the same second the one whose uid comes first. A suspended one holds its claims as well. One that is being deleted
 * gives way to all others.
 *
 * <p>An index, so that a check costs the same however many onboardings there are. It follows from the objects alone, so that
 * every replica, and the next process, comes to the same.
 */
final class TenantClaims {

    private static final Comparator<ObjectKey> BY_NAMESPACE =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    private static final Comparator<Entry> AGE = Comparator.<Entry, Boolean>comparing(
                    it -> it.claimant().leaving())
            .thenComparing(it -> it.claimant().created())
            .thenComparing(TenantClaims::uid)
            .thenComparing(Entry::key, BY_NAMESPACE);

    private final Clouds clouds;
    private final Function<String, Optional<ApplicationCatalogSpec>> catalogs;
    private final Function<String, Optional<Map<String, String>>> namespaceLabels;
    private final Consumer<ObjectKey> moved;

    private final TreeMap<ObjectKey, Entry> entries = new TreeMap<>(BY_NAMESPACE);

    /** Of each claim those that want it, the oldest first. */
    private final Map<TenantClaim, List<Entry>> contenders = new HashMap<>();

    private boolean open;

    /**
     * An onboarding as far as claims depend on it.
     *
     * @param created as the API server writes it, to the second and in UTC, so that texts are in the order of times
     * @param leaving whether it is being deleted
     */
    private record Claimant(String uid, String created, boolean leaving, String tenantId, List<License> licenses) {

        static Claimant of(TenantOnboarding onboarding) {
            var metadata = onboarding.getMetadata();
            return new Claimant(
                    Objects.requireNonNullElse(metadata.getUid(), ""),
                    Objects.requireNonNullElse(metadata.getCreationTimestamp(), ""),
                    metadata.getDeletionTimestamp() != null,
                    onboarding.getSpec().tenantId(),
                    onboarding.getSpec().licenses());
        }
    }

    /** @param claims each with whether it is certain that the namespace may use the catalog */
    private record Entry(ObjectKey key, Claimant claimant, Map<TenantClaim, Boolean> claims) {}

    /**
     * @param catalogs finds a catalog by name
     * @param namespaceLabels finds the labels of a namespace; empty while it is not known
     * @param moved is told of each onboarding that got or lost a claim
     */
    TenantClaims(
            Clouds clouds,
            Function<String, Optional<ApplicationCatalogSpec>> catalogs,
            Function<String, Optional<Map<String, String>>> namespaceLabels,
            Consumer<ObjectKey> moved) {
        this.clouds = clouds;
        this.catalogs = catalogs;
        this.namespaceLabels = namespaceLabels;
        this.moved = moved;
    }

    /**
     * The caches of catalogs and of namespaces have been filled. Before, onboardings are only taken note of: the operator SDK
     * begins with them, and cannot be asked for the others yet.
     */
    void open() {
        synchronized (entries) {
            if (!open) {
                open = true;
                again(List.copyOf(entries.values()));
            }
        }
    }

    /** An onboarding came or changed. */
    void put(TenantOnboarding onboarding) {
        var key = ObjectKey.of(onboarding);
        var claimant = Claimant.of(onboarding);
        tell(() -> Optional.ofNullable(entries.get(key))
                        .filter(it -> it.claimant().equals(claimant))
                        .isPresent()
                ? Set.of()
                : replace(key, Optional.of(claimant)));
    }

    /** An onboarding is gone. */
    void remove(ObjectKey key) {
        tell(() -> replace(key, Optional.empty()));
    }

    /** A catalog came, changed or went. */
    void catalogChanged(String name) {
        tell(() -> again(entries.values().stream()
                .filter(it -> it.claimant().licenses().stream()
                        .anyMatch(license -> license.catalog().equals(name)))
                .toList()));
    }

    /** A namespace came, went, or has other labels. */
    void namespaceChanged(String name) {
        tell(() -> again(entries.tailMap(new ObjectKey(name, "")).values().stream()
                .takeWhile(it -> it.key().namespace().equals(name))
                .toList()));
    }

    /**
     * The catalogs with whose verifiers the tenant of an onboarding is another one's to verify; empty while that is not
     * known, as before the index is open.
     */
    Optional<Set<String>> elsewhere(TenantOnboarding onboarding) {
        synchronized (entries) {
            var own = entries.get(ObjectKey.of(onboarding));
            if (!open
                    || own == null
                    || !own.claimant().uid().equals(onboarding.getMetadata().getUid())) {
                return Optional.empty();
            }
            var elsewhere = new HashSet<String>();
            for (String catalog : catalogs(onboarding)) {
                var claim = claim(own.claimant(), catalog);
                if (claim.isPresent()) {
                    if (isBehind(own, onboarding, catalog, claim.get())) {
                        return Optional.empty();
                    }
                    var holder = holder(claim.get());
                    if (holder.filter(it -> !it.claims().get(claim.get())).isPresent()) {
                        return Optional.empty();
                    }
                    if (holder.filter(it -> it != own).isPresent()) {
                        elsewhere.add(catalog);
                    }
                }
            }
            return Optional.of(elsewhere);
        }
    }

    /** Those that are licensed, and those of which the tenant may still have something. */
    private static Set<String> catalogs(TenantOnboarding onboarding) {
        var catalogs = new LinkedHashSet<String>();
        onboarding.getSpec().licenses().forEach(it -> catalogs.add(it.catalog()));
        for (ApplicationStatus application : onboarding.known().applications()) {
            catalogs.add(application.catalog());
        }
        return catalogs;
    }

    /** Whether a change of the onboarding or of a catalog is known, and what follows of it for this claim is not. */
    private boolean isBehind(Entry own, TenantOnboarding onboarding, String catalog, TenantClaim claim) {
        return !own.claims().containsKey(claim)
                && onboarding.getSpec().licenses().stream()
                        .anyMatch(it -> it.catalog().equals(catalog))
                && permission(own.key(), catalog) != NamespacePermission.Denied;
    }

    private Optional<Entry> holder(TenantClaim claim) {
        return Optional.ofNullable(contenders.get(claim)).map(List::getFirst);
    }

    /** Changes something, and tells afterwards of what moved: whoever is told may have locks of its own. */
    private void tell(Change change) {
        Set<ObjectKey> told;
        synchronized (entries) {
            told = change.moved();
        }
        told.forEach(moved);
    }

    /** A change of the index. */
    private interface Change {

        /** Makes it, and says which onboardings got or lost a claim. */
        Set<ObjectKey> moved();
    }

    private Set<ObjectKey> again(List<Entry> changed) {
        var moved = new LinkedHashSet<ObjectKey>();
        changed.forEach(it -> moved.addAll(replace(it.key(), Optional.of(it.claimant()))));
        return moved;
    }

    private Set<ObjectKey> replace(ObjectKey key, Optional<Claimant> claimant) {
        var before = new LinkedHashMap<TenantClaim, Optional<Entry>>();
        Optional.ofNullable(entries.remove(key))
                .ifPresent(old -> old.claims().keySet().forEach(claim -> {
                    before.put(claim, holder(claim));
                    withdraw(claim, old);
                }));
        claimant.map(it -> new Entry(key, it, claims(key, it))).ifPresent(entry -> {
            entries.put(key, entry);
            entry.claims().keySet().forEach(claim -> {
                before.putIfAbsent(claim, holder(claim));
                place(claim, entry);
            });
        });
        var moved = new LinkedHashSet<ObjectKey>();
        before.forEach((claim, holder) -> {
            var now = holder(claim);
            if (!now.map(TenantClaims::uid).equals(holder.map(TenantClaims::uid))) {
                Stream.of(holder, now).flatMap(Optional::stream).map(Entry::key).forEach(moved::add);
            }
        });
        return moved;
    }

    private static String uid(Entry entry) {
        return entry.claimant().uid();
    }

    private void place(TenantClaim claim, Entry entry) {
        var list = contenders.computeIfAbsent(claim, _ -> new ArrayList<>(1));
        list.add(-1 - Collections.binarySearch(list, entry, AGE), entry);
    }

    private void withdraw(TenantClaim claim, Entry entry) {
        contenders.computeIfPresent(claim, (_, list) -> {
            list.remove(Collections.binarySearch(list, entry, AGE));
            return list.isEmpty() ? null : list;
        });
    }

    private Map<TenantClaim, Boolean> claims(ObjectKey key, Claimant claimant) {
        if (!open) {
            return Map.of();
        }
        var claims = new HashMap<TenantClaim, Boolean>();
        for (License license : claimant.licenses()) {
            claimed(claimant, license.catalog()).ifPresent(claim -> {
                var permission = permission(key, license.catalog());
                if (permission != NamespacePermission.Denied) {
                    claims.merge(claim, permission == NamespacePermission.Allowed, Boolean::logicalOr);
                }
            });
        }
        return Map.copyOf(claims);
    }

    /** What fails here fails in every check as well, which says so; a watch must not end of it. */
    private Optional<TenantClaim> claimed(Claimant claimant, String catalog) {
        try {
            return claim(claimant, catalog);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<TenantClaim> claim(Claimant claimant, String catalog) {
        return catalogs.apply(catalog).flatMap(it -> TenantClaim.of(claimant.tenantId(), it, clouds));
    }

    /** A catalog that is not there denies itself to everybody. */
    private NamespacePermission permission(ObjectKey key, String catalog) {
        return catalogs.apply(catalog)
                .map(it -> NamespacePermission.of(it.allowedNamespaces(), namespaceLabels.apply(key.namespace())))
                .orElse(NamespacePermission.Denied);
    }
}

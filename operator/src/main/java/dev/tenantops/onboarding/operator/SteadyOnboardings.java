package dev.tenantops.onboarding.operator;

import com.github.benmanes.caffeine.cache.Interner;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.desired.WithdrawnRegistrations;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.status.Constancy;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The onboardings whose last check left everything as it was, but for the times of the evidence, and waits for nothing:
 * while the object, its namespace's labels, its catalogs
 * and whose the tenant is stay the same, the same answers give the same status. So the next check has only to see that the
 * answers are the same. Half of the evidence's time later everything is judged again, whatever came.
 *
 * <p>A cache: what is lost is found out by one more check. What onboardings have in common is kept once.
 */
final class SteadyOnboardings {

    private final ConcurrentMap<ObjectKey, Entry> entries = new ConcurrentHashMap<>();
    private final Interner<Resolution> resolutions = Interner.newWeakInterner();

    /**
     * What is needed of a tenant, and what that was resolved from beside the onboarding.
     *
     * @param catalogs every one that was looked for
     */
    record Resolution(
            Map<String, String> namespaceLabels,
            Map<String, Optional<Catalog>> catalogs,
            Set<String> claimedElsewhere,
            DesiredOnboarding desired) {

        /** What is resolved from a catalog. */
        record Catalog(ApplicationCatalogSpec spec, WithdrawnRegistrations withdrawn) {

            static Catalog of(ApplicationCatalog catalog) {
                return new Catalog(catalog.getSpec(), WithdrawnRegistrations.of(catalog));
            }
        }

        private boolean holds(Surroundings now) {
            return namespaceLabels.equals(now.namespaceLabels())
                    && claimedElsewhere.equals(now.claimedElsewhere())
                    && catalogs.entrySet().stream()
                            .allMatch(it -> it.getValue()
                                    .equals(now.catalogs().apply(it.getKey()).map(Catalog::of)));
        }
    }

    /** Which onboarding something is known of. */
    private sealed interface Subject {
        boolean is(TenantOnboarding onboarding);
    }

    /** The very object that was judged. */
    private record Version(String uid, String version) implements Subject {

        static Optional<Subject> of(TenantOnboarding onboarding) {
            return Optional.ofNullable(onboarding.getMetadata().getUid())
                    .flatMap(uid -> Optional.ofNullable(onboarding.getMetadata().getResourceVersion())
                            .map(version -> new Version(uid, version)));
        }

        @Override
        public boolean is(TenantOnboarding onboarding) {
            return uid.equals(onboarding.getMetadata().getUid())
                    && version.equals(onboarding.getMetadata().getResourceVersion());
        }
    }

    /** The object that was judged, once it has the status that it was given: nobody knows its version yet. */
    private record Renewed(
            String uid, Long generation, Optional<String> requested, Optional<String> returned, Fingerprint status)
            implements Subject {

        static Renewed of(TenantOnboarding onboarding, TenantOnboardingStatus status) {
            return new Renewed(
                    onboarding.getMetadata().getUid(),
                    onboarding.getMetadata().getGeneration(),
                    onboarding.requestedAt(),
                    onboarding.annotation(TenantOnboarding.CONSENT_RETURNED),
                    Constancy.fingerprint(status));
        }

        @Override
        public boolean is(TenantOnboarding onboarding) {
            return equals(of(onboarding, onboarding.known()));
        }
    }

    /**
     * What the status of an onboarding was last judged by.
     *
     * @param tenant by catalog, the fingerprint of what its verifier read
     * @param endpoints what was known about the endpoints
     * @param from when that was judged; before, there is a clock that somebody has set back
     * @param until for how long the same answers give the same status, if nothing ends before
     * @param deadline when something ends, so that they give another one
     */
    record Steady(
            Resolution resolution,
            Map<String, Fingerprint> tenant,
            List<EndpointVerdict> endpoints,
            Instant from,
            Instant until,
            Optional<Instant> deadline) {

        boolean holdsAt(Instant now) {
            return !now.isBefore(from)
                    && now.isBefore(until)
                    && deadline.filter(it -> !now.isBefore(it)).isEmpty();
        }
    }

    private record Entry(Subject subject, Steady steady) {}

    /** What is known of an onboarding, and is to be remembered anew by the check that asks. */
    Optional<Steady> take(TenantOnboarding onboarding, Surroundings surroundings, Instant now) {
        return Optional.ofNullable(entries.remove(ObjectKey.of(onboarding)))
                .filter(it -> it.steady().holdsAt(now))
                .filter(it -> it.subject().is(onboarding))
                .map(Entry::steady)
                .filter(it -> it.resolution().holds(surroundings));
    }

    /** Remembers of an onboarding what is known of it as it is. */
    void remember(TenantOnboarding onboarding, Steady steady) {
        Version.of(onboarding).ifPresent(it -> entries.put(ObjectKey.of(onboarding), new Entry(it, steady)));
    }

    /** The same of an onboarding as it will be once it has this status. */
    void remember(TenantOnboarding onboarding, TenantOnboardingStatus status, Steady steady) {
        var shared = new Steady(
                resolutions.intern(steady.resolution()),
                steady.tenant(),
                steady.endpoints(),
                steady.from(),
                steady.until(),
                steady.deadline());
        if (status.equals(onboarding.getStatus())) {
            remember(onboarding, shared);
        } else if (Version.of(onboarding).isPresent()) {
            entries.put(ObjectKey.of(onboarding), new Entry(Renewed.of(onboarding, status), shared));
        }
    }

    /** Forgets all but these. */
    void retain(Set<ObjectKey> known) {
        entries.keySet().retainAll(known);
    }
}

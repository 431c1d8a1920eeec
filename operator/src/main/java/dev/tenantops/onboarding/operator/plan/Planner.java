package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredResolver;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedApplication;
import dev.tenantops.onboarding.operator.status.Evidence;
import dev.tenantops.onboarding.operator.status.Memories;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells what catalogs would mean before they are applied. What is needed is resolved, and what a tenant lacks is judged, by
 * the operator's own code: from what the statuses remember as granted, and without asking any tenant.
 */
public final class Planner {

    private final Snapshot snapshot;
    private final OperatorView operator;
    private final DesiredResolver resolver;
    private final Map<String, ApplicationCatalog> before;
    private final Map<String, ApplicationCatalog> after;
    private final Set<String> changed;

    private Planner(Snapshot snapshot, List<ApplicationCatalog> proposed) {
        this.snapshot = snapshot;
        this.operator = OperatorView.of(snapshot);
        this.resolver = new DesiredResolver(operator);
        this.before = byName(snapshot.catalogs());
        this.after = new HashMap<>(before);
        this.changed = new TreeSet<>();
        for (ApplicationCatalog it : proposed) {
            var name = it.getMetadata().getName();
            if (Optional.ofNullable(before.get(name))
                    .filter(current -> current.getSpec().equals(it.getSpec()))
                    .isEmpty()) {
                after.put(name, withStatus(it, before.get(name)));
                changed.add(name);
            }
        }
    }

    /**
     * Plans a change.
     *
     * @param proposed catalogs as they would be; those that are not among them stay as they are
     */
    public static CatalogPlan plan(Snapshot snapshot, List<ApplicationCatalog> proposed) {
        return new Planner(snapshot, proposed).plan();
    }

    private CatalogPlan plan() {
        var concerned =
                snapshot.onboardings().stream().filter(this::isConcerned).toList();
        return new CatalogPlan(
                snapshot.takenAt(),
                List.copyOf(changed),
                concerned.size(),
                concerned.parallelStream()
                        .map(this::planned)
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(PlannedOnboarding::namespace)
                                .thenComparing(PlannedOnboarding::name))
                        .toList());
    }

    private boolean isConcerned(TenantOnboarding onboarding) {
        return onboarding.getSpec().licenses().stream().anyMatch(it -> changed.contains(it.catalog()))
                || onboarding.known().applications().stream().anyMatch(it -> changed.contains(it.catalog()));
    }

    private Optional<PlannedOnboarding> planned(TenantOnboarding onboarding) {
        var now = resolve(onboarding, before);
        var then = resolve(onboarding, after);
        var tenant = onboarding.getSpec().tenantId().toLowerCase(Locale.ROOT);
        var uid = Optional.ofNullable(onboarding.getMetadata().getUid()).orElse("");
        var change = new CatalogChange(
                onboarding,
                doubt(onboarding),
                now,
                then,
                operator.links().of(then, tenant, uid),
                it -> Optional.ofNullable(after.get(it))
                        .filter(catalog -> operator.showsLinks(catalog.getSpec()))
                        .isPresent(),
                isReady(onboarding.known()),
                snapshot.takenAt());
        var verifiers =
                changed.stream().flatMap(it -> change.verifier(it).stream()).toList();
        var applications = changed.stream()
                .flatMap(it -> change.applications(it).stream())
                .filter(PlannedApplication::changes)
                .toList();
        var known = now.problems().stream().map(it -> it.message()).collect(Collectors.toSet());
        var problems = then.problems().stream()
                .map(it -> it.message())
                .filter(it -> !known.contains(it))
                .distinct()
                .toList();
        var emptied = bringsNothing(then) && !bringsNothing(now);
        if (emptied && problems.isEmpty()) {
            problems = List.of("The licences would bring no application whose consent the directory can show, so Ready"
                    + " cannot be proven. License one that needs admin consent.");
        }
        if (verifiers.isEmpty() && applications.isEmpty() && problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PlannedOnboarding(
                onboarding.getMetadata().getNamespace(),
                onboarding.getMetadata().getName(),
                onboarding.getSpec().tenantId(),
                Optional.ofNullable(onboarding.known().tenantName()),
                verifiers,
                applications,
                problems,
                isReady(onboarding.known())
                        && (!problems.isEmpty()
                                || bringsNothing(then)
                                || applications.stream().anyMatch(PlannedApplication::losesReady))));
    }

    /** Then nothing is proven. */
    private static boolean bringsNothing(DesiredOnboarding desired) {
        return desired.applications().stream()
                .noneMatch(it -> !it.optional()
                        && it.verifiable()
                        && it.needed().findAny().isPresent());
    }

    private DesiredOnboarding resolve(TenantOnboarding onboarding, Map<String, ApplicationCatalog> catalogs) {
        var namespace = onboarding.getMetadata().getNamespace();
        return resolver.resolve(
                onboarding.getSpec(),
                namespace,
                new Surroundings(
                        snapshot.namespaces().map(it -> it.get(namespace)).orElse(Map.of()),
                        it -> Optional.ofNullable(catalogs.get(it))),
                Memories.seen(onboarding.known()));
    }

    /** Why nothing of a status is known. */
    private Optional<Doubt> doubt(TenantOnboarding onboarding) {
        var status = onboarding.known();
        if (onboarding.getSpec().suspend()) {
            return Optional.of(Doubt.Suspended);
        }
        if (status.lastVerified() == null && status.validUntil() == null) {
            return Optional.of(Doubt.NeverRead);
        }
        var generation = onboarding.getMetadata().getGeneration();
        if (generation != null && generation != status.observedGeneration()) {
            return Optional.of(Doubt.SpecChanged);
        }
        if (Evidence.of(status).endsIn(snapshot.takenAt()).isEmpty()) {
            return Optional.of(Doubt.Outdated);
        }
        return status.leftOut() == null ? Optional.empty() : Optional.of(Doubt.Truncated);
    }

    private boolean isReady(TenantOnboardingStatus status) {
        return Evidence.of(status).endsIn(snapshot.takenAt()).isPresent()
                && status.condition(ConditionType.READY)
                        .filter(it -> it.status() == Condition.Status.True)
                        .isPresent();
    }

    private static Map<String, ApplicationCatalog> byName(List<ApplicationCatalog> catalogs) {
        return catalogs.stream()
                .collect(Collectors.toMap(
                        it -> it.getMetadata().getName(), Function.identity(), (_, last) -> last, HashMap::new));
    }

    /** What the publisher's tenant showed of its registrations stays known. */
    private static ApplicationCatalog withStatus(ApplicationCatalog proposed, ApplicationCatalog current) {
        if (current == null) {
            return proposed;
        }
        var catalog = new ApplicationCatalog();
        catalog.setMetadata(proposed.getMetadata());
        catalog.setSpec(proposed.getSpec());
        catalog.setStatus(current.getStatus());
        return catalog;
    }
}

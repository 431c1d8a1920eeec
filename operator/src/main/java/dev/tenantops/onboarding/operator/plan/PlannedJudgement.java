package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.status.Memories;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.CatalogJudge;
import dev.tenantops.onboarding.operator.verdict.CatalogReading;
import dev.tenantops.onboarding.operator.verdict.CatalogVerdict;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator's judgement of a catalog as it would be, on a tenant that has the least of what its status shows, and on
 * one that has the most. What both say is so.
 */
final class PlannedJudgement {

    /** Nothing is waited for: what a plan tells is what stays. */
    private static final CatalogJudge JUDGE = new CatalogJudge(new Propagation(Duration.ZERO, Duration.ZERO));

    private final TenantOnboardingStatus status;
    private final Instant readAt;
    private final boolean delegatedReadable;
    private final Map<String, Holdings> holdings = new HashMap<>();
    private final CatalogVerdict least;
    private final CatalogVerdict most;

    /** What has to be granted: for sure, and unless it is held. */
    record Lacks(List<Permission> certain, List<Permission> possible) {}

    /**
     * @param before the catalog as it is, where it can be resolved
     * @param after the catalog as it would be
     * @param doubt why nothing of this catalog is known
     */
    PlannedJudgement(
            TenantOnboardingStatus status,
            Optional<DesiredCatalog> before,
            DesiredCatalog after,
            Instant now,
            Optional<Doubt> doubt,
            boolean delegatedReadable) {
        this.status = status;
        this.readAt = now;
        this.delegatedReadable = delegatedReadable;
        var tenant = new RememberedTenant(now, delegatedReadable);
        for (String clientId : after.clientIds()) {
            holdings.put(
                    clientId, doubt.map(Holdings::unknown).orElseGet(() -> holdings(clientId, before, after, now)));
        }
        before.ifPresent(it -> confirm(it, tenant));
        this.least = judged(tenant, after, Holdings::least);
        this.most = isExact() ? least : judged(tenant, after, Holdings::most);
    }

    /** What a tenant would have to grant, of what the status does not know as missing. */
    Lacks lacks(DesiredApplication application) {
        if (!application.verifiable()) {
            return new Lacks(List.of(), List.of());
        }
        var all = application
                .needed()
                .filter(it -> it.attested().until(readAt).isEmpty())
                .map(DesiredPermission::permission)
                .sorted()
                .toList();
        if (doubt(application).isPresent()) {
            return new Lacks(List.of(), all);
        }
        var certain = missing(most, application).orElse(List.of());
        var unread = application
                .needed()
                .map(DesiredPermission::permission)
                .filter(it -> !delegatedReadable && it.type() == PermissionType.Delegated && all.contains(it));
        return new Lacks(
                certain,
                Stream.concat(missing(least, application).orElse(all).stream(), unread)
                        .filter(it -> !certain.contains(it))
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** Whether what it needs would not work any more, for sure. */
    boolean retired(DesiredApplication application) {
        return application.isRetired(readAt)
                || Stream.of(least, most)
                        .allMatch(it -> doubt(application).isEmpty()
                                && proven(it, application)
                                        .filter(proven -> proven.state() == ApplicationState.PermissionRetired)
                                        .isPresent());
    }

    /** What it would hold and nobody asks for, for sure. */
    List<Permission> surplus(DesiredApplication application) {
        return doubt(application).isPresent()
                ? List.of()
                : proven(least, application).map(Proven::surplus).orElse(List.of());
    }

    /** What is left of it in the tenant, for sure. */
    List<Permission> surplus(FormerApplication application) {
        return doubt(application).isPresent() ? List.of() : grants(least, application);
    }

    Optional<Doubt> doubt(DesiredApplication application) {
        return application
                .clientId()
                .filter(_ -> application.verifiable())
                .flatMap(this::doubt)
                .or(() -> application.verifiable() && proven(least, application).isEmpty()
                        ? Optional.of(Doubt.DelegatedUnreadable)
                        : Optional.empty());
    }

    Optional<Doubt> doubt(FormerApplication application) {
        return doubt(application.clientId());
    }

    private Optional<Doubt> doubt(String clientId) {
        return Optional.ofNullable(holdings.get(clientId)).flatMap(Holdings::doubt);
    }

    private Holdings holdings(String clientId, Optional<DesiredCatalog> before, DesiredCatalog after, Instant now) {
        return status.applications().stream()
                .filter(it -> it.catalog().equals(after.name()) && clientId.equals(it.clientId()))
                .findFirst()
                .map(it -> Holdings.of(it, named(before, it), named(Optional.of(after), it), now))
                .orElse(Holdings.unknown(Doubt.NeverRead));
    }

    private static Optional<DesiredApplication> named(Optional<DesiredCatalog> catalog, ApplicationStatus application) {
        return catalog.stream()
                .flatMap(it -> it.applications().stream())
                .filter(it -> it.name().equals(application.name()))
                .findFirst();
    }

    /**
     * What is remembered of a tenant has to give, by the catalog as it is, what the status says: whatever else hides there
     * shows by that.
     */
    private void confirm(DesiredCatalog before, RememberedTenant tenant) {
        List<Function<Holdings, Set<Permission>>> extents =
                isExact() ? List.of(Holdings::least) : List.of(Holdings::least, Holdings::most);
        for (Function<Holdings, Set<Permission>> extent : extents) {
            var verdict = judged(tenant, before, extent);
            for (DesiredApplication it : before.applications()) {
                it.clientId().filter(id -> contradicts(verdict, it)).ifPresent(this::contradictory);
            }
            for (FormerApplication it : before.former()) {
                var shown = status.application(it.catalog(), it.name());
                if (shown.filter(old -> !old.surplus().equals(grants(verdict, it)))
                        .isPresent()) {
                    contradictory(it.clientId());
                }
            }
        }
    }

    /** Whether the status shows all that there is, so that the least and the most are the same tenant. */
    private boolean isExact() {
        return holdings.values().stream().allMatch(it -> it.least().equals(it.most()));
    }

    private void contradictory(String clientId) {
        holdings.computeIfPresent(
                clientId, (_, it) -> it.doubt().isPresent() ? it : Holdings.unknown(Doubt.Contradictory));
    }

    private boolean contradicts(CatalogVerdict verdict, DesiredApplication application) {
        var shown = status.application(application.catalog(), application.name())
                .filter(it -> Optional.ofNullable(it.clientId()).equals(application.clientId()))
                .filter(it -> it.state() != ApplicationState.NoLongerLicensed);
        if (shown.isEmpty() || !application.verifiable()) {
            return false;
        }
        return proven(verdict, application)
                .filter(it -> missing(it).equals(shown.get().missing())
                        && Set.copyOf(it.surplus())
                                .equals(Set.copyOf(shown.get().surplus())))
                .isEmpty();
    }

    private CatalogVerdict judged(
            RememberedTenant tenant, DesiredCatalog catalog, Function<Holdings, Set<Permission>> extent) {
        var held = holdings.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> extent.apply(it.getValue())));
        return JUDGE.judge(
                catalog,
                CatalogReading.once(tenant.observed(catalog, held), Optional.empty()),
                Memories.of(TenantOnboardingStatus.initial(), catalog));
    }

    private static Optional<List<Permission>> missing(CatalogVerdict verdict, DesiredApplication application) {
        return proven(verdict, application).map(PlannedJudgement::missing);
    }

    private static List<Permission> missing(Proven proven) {
        return List.copyOf(Stream.concat(proven.missing().stream(), proven.awaited().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Optional<Proven> proven(CatalogVerdict verdict, DesiredApplication application) {
        return verdict.applications().stream()
                .filter(it -> it.application().name().equals(application.name()))
                .flatMap(it -> it instanceof Proven proven ? Stream.of(proven) : Stream.<Proven>empty())
                .findFirst();
    }

    private static List<Permission> grants(CatalogVerdict verdict, FormerApplication application) {
        return verdict.former().stream()
                .filter(it -> it.application().name().equals(application.name()))
                .flatMap(it -> it instanceof FormerVerdict.Present present
                        ? present.grants().stream()
                        : Stream.<Permission>empty())
                .toList();
    }
}

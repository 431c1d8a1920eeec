package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Attestations;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.api.StatusLimit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The permissions of an application, with at most so many in each list. Values come from the tenant as well. */
final class PermissionLists {

    private final ApplicationStatus full;
    private final int limit;
    private final List<Permission> granted;
    private final List<SatisfiedPermission> satisfied;
    private final List<Permission> missing;
    private final List<Permission> awaited;
    private final List<Permission> lost;
    private final List<Permission> surplus;
    private final List<Permission> notVerifiable;
    private final List<Permission> attested;
    private final List<PrerequisiteStatus> prerequisites;

    PermissionLists(ApplicationStatus full, int limit) {
        this.full = full;
        this.limit = limit;
        satisfied = full.satisfied().stream()
                .map(it -> new SatisfiedPermission(fitted(it.permission()), fitted(it.by(), StatusLimit.VALUE)))
                .limit(limit)
                .toList();
        // A grant that only a larger one stands for must not be remembered without it.
        var unexplained = full.satisfied().stream()
                .skip(limit)
                .map(it -> fitted(it.permission()))
                .collect(Collectors.toSet());
        granted = fitted(full.granted()).stream()
                .filter(it -> !unexplained.contains(it))
                .toList();
        missing = fitted(full.missing());
        awaited = fitted(full.awaited());
        lost = fitted(full.lost());
        surplus = fitted(full.surplus());
        notVerifiable = fitted(full.notVerifiable());
        attested = fitted(full.attested());
        prerequisites = full.prerequisites().stream()
                .map(it -> new PrerequisiteStatus(
                        fitted(it.name(), StatusLimit.NAME),
                        it.state(),
                        Timestamps.parse(it.until()).isPresent() ? it.until() : null))
                .limit(Math.min(limit, StatusLimit.PREREQUISITES))
                .toList();
    }

    /** How many entries are not shown. */
    int leftOut() {
        return count(
                        full.granted(),
                        full.satisfied(),
                        full.missing(),
                        full.awaited(),
                        full.lost(),
                        full.surplus(),
                        full.notVerifiable(),
                        full.attested(),
                        full.prerequisites())
                - count(granted, satisfied, missing, awaited, lost, surplus, notVerifiable, attested, prerequisites);
    }

    /** The application with these lists. One that was cut has its length beside it. */
    ApplicationStatus application() {
        return new ApplicationStatus(
                full.identity(),
                full.state(),
                full.optional(),
                full.link(),
                full.message(),
                new Permissions(
                        listed(full.permissions().granted(), granted),
                        satisfied,
                        listed(full.permissions().missing(), missing),
                        listed(full.permissions().awaited(), awaited),
                        lost,
                        listed(full.permissions().surplus(), surplus),
                        notVerifiable),
                new Attestations(attested, prerequisites),
                full.times());
    }

    private List<Permission> fitted(List<Permission> permissions) {
        return permissions.stream()
                .map(PermissionLists::fitted)
                .distinct()
                .limit(limit)
                .toList();
    }

    private static Permission fitted(Permission permission) {
        return new Permission(
                fitted(permission.resource(), StatusLimit.RESOURCE),
                permission.type(),
                fitted(permission.value(), StatusLimit.VALUE));
    }

    private static String fitted(String text, int limit) {
        return Optional.ofNullable(Text.cut(text, limit)).orElse("");
    }

    private static Listed listed(Listed full, List<Permission> shown) {
        return new Listed(shown, shown.size() < full.shown().size() ? Integer.valueOf(full.count()) : full.total());
    }

    private static int count(List<?>... lists) {
        var count = 0;
        for (List<?> list : lists) {
            count += list.size();
        }
        return count;
    }
}

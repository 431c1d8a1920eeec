package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an application holds tenant-wide, as its status shows it. A status does not show everything: a larger permission
 * that would do as well is shown as surplus nowhere.
 *
 * @param least what it holds for sure
 * @param most what it may hold; it holds nothing beside
 * @param doubt why neither is known; they say nothing then
 */
record Holdings(Set<Permission> least, Set<Permission> most, Optional<Doubt> doubt) {

    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    static Holdings unknown(Doubt doubt) {
        return new Holdings(Set.of(), Set.of(), Optional.of(doubt));
    }

    /**
     * Reads them from a status.
     *
     * @param before what the catalog asked for when the status was written; empty where no licence brought it
     * @param after what a catalog would ask for
     */
    static Holdings of(
            ApplicationStatus status,
            Optional<DesiredApplication> before,
            Optional<DesiredApplication> after,
            Instant now) {
        var doubt = doubt(status);
        if (doubt.isPresent()) {
            return unknown(doubt.get());
        }
        var least = new HashSet<>(status.granted());
        status.satisfied().stream().map(SatisfiedPermission::permission).forEach(least::remove);
        least.removeAll(status.missing());
        status.satisfied().stream()
                .map(it -> new Permission(
                        it.permission().resource(), it.permission().type(), it.by()))
                .forEach(least::add);
        least.addAll(status.surplus());
        if (after.filter(it -> mayBeUnnamed(least, it)).isPresent()) {
            return unknown(Doubt.Unnamed);
        }
        var most = new HashSet<>(least);
        before.ifPresent(it -> most.addAll(hidden(status, it, now)));
        return new Holdings(Set.copyOf(least), Set.copyOf(most), Optional.empty());
    }

    private static Optional<Doubt> doubt(ApplicationStatus status) {
        if (status.state() == ApplicationState.NotVerified) {
            return Optional.of(Doubt.Outdated);
        }
        if (status.state() == ApplicationState.NotVerifiable && status.servicePrincipalId() == null) {
            return Optional.of(Doubt.NeverRead);
        }
        if (status.state() == ApplicationState.Propagating
                || !status.awaited().isEmpty()
                || status.vanishedTime() != null) {
            return Optional.of(Doubt.InMotion);
        }
        var lists = status.permissions();
        return Stream.of(lists.granted(), lists.missing(), lists.surplus()).anyMatch(it -> it.unlisted() > 0)
                ? Optional.of(Doubt.Truncated)
                : Optional.empty();
    }

    /** Larger permissions beside those that they stand for are not shown, nor is what they stand for once it is retired. */
    private static Set<Permission> hidden(ApplicationStatus status, DesiredApplication before, Instant now) {
        var asked =
                before.permissions().stream().map(it -> key(it.permission())).collect(Collectors.toSet());
        var missing = before.permissions().stream()
                .filter(it -> status.missing().contains(it.permission()))
                .flatMap(Holdings::larger)
                .map(Holdings::key)
                .collect(Collectors.toSet());
        var held = before.permissions().stream()
                .filter(it -> status.granted().contains(it.permission()))
                .toList();
        var larger = held.stream()
                .flatMap(Holdings::larger)
                .filter(it -> !asked.contains(key(it)) && !missing.contains(key(it)));
        var retired = held.stream()
                .filter(it -> it.isRetired(it.permission().value(), now))
                .map(DesiredPermission::permission);
        return Stream.concat(larger, retired).collect(Collectors.toSet());
    }

    private static Stream<Permission> larger(DesiredPermission permission) {
        return permission.satisfiedBy().stream()
                .map(it -> new Permission(
                        permission.permission().resource(),
                        permission.permission().type(),
                        it));
    }

    /** What a tenant shows by an id alone may be what is asked for by name. */
    private static boolean mayBeUnnamed(Set<Permission> held, DesiredApplication after) {
        var keys = held.stream().map(Holdings::key).collect(Collectors.toSet());
        return after.permissions().stream()
                .filter(it -> !keys.contains(key(it.permission())))
                .anyMatch(it -> held.stream().anyMatch(unclear -> mayBe(unclear, it.permission(), keysOf(after))));
    }

    private static boolean mayBe(Permission unclear, Permission wanted, Set<String> resources) {
        if (unclear.type() != wanted.type()) {
            return false;
        }
        var resource = WellKnownResource.appIdOf(unclear.resource());
        var sameResource = resource.equals(WellKnownResource.appIdOf(wanted.resource()));
        var unclearResource = ID.matcher(unclear.resource()).matches() && !resources.contains(resource);
        var unclearValue = wanted.type() == PermissionType.Application
                && ID.matcher(unclear.value()).matches();
        return (sameResource && unclearValue)
                || (unclearResource && (unclearValue || unclear.value().equalsIgnoreCase(wanted.value())));
    }

    private static Set<String> keysOf(DesiredApplication application) {
        return application.permissions().stream()
                .map(DesiredPermission::resourceAppId)
                .collect(Collectors.toSet());
    }

    /** Catalogs and tenants may write a value differently. */
    static String key(Permission permission) {
        return WellKnownResource.appIdOf(permission.resource()) + " " + permission.type() + " "
                + permission.value().toLowerCase(Locale.ROOT);
    }

    /** Those of one kind on one API. */
    static List<Permission> of(Set<Permission> all, String resourceAppId, PermissionType type) {
        return all.stream()
                .filter(it -> it.type() == type
                        && WellKnownResource.appIdOf(it.resource()).equals(resourceAppId))
                .sorted()
                .toList();
    }

    /** Whether a directory shows it by its id alone. */
    static boolean isUnnamed(Permission permission) {
        return permission.type() == PermissionType.Application
                && ID.matcher(permission.value()).matches();
    }
}

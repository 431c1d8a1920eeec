package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.Retirement;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an observation proves about the permissions of one application.
 *
 * @param byPermission the verifiable ones, in the catalog's order
 */
record PermissionFindings(Map<DesiredPermission, PermissionFinding> byPermission) {

    /** Declared permissions that are granted tenant-wide, also without effect, sorted. */
    List<Permission> held() {
        return permissions(byPermission.entrySet().stream()
                .filter(it -> it.getValue().directory() instanceof PermissionFinding.Granted
                        || it.getValue().directory() instanceof PermissionFinding.Ineffective));
    }

    /** Needed permissions that are proven not to be granted, sorted. */
    List<Permission> missing() {
        return permissions(required().filter(it -> switch (it.getValue().directory()) {
            case PermissionFinding.NotGranted _, PermissionFinding.ResourceMissing _, PermissionFinding.Undefined _ ->
                true;
            case PermissionFinding.Granted _,
                    PermissionFinding.Ineffective _,
                    PermissionFinding.Unreadable _,
                    PermissionFinding.Retired _,
                    PermissionFinding.Attested _ -> false;
        }));
    }

    /** Permissions that are granted through a larger one. */
    List<SatisfiedPermission> supersets() {
        return byPermission.entrySet().stream()
                .flatMap(it -> it.getValue().directory() instanceof PermissionFinding.Granted(Optional<String> superset)
                        ? superset.stream()
                                .map(by -> new SatisfiedPermission(it.getKey().permission(), by))
                        : Stream.empty())
                .toList();
    }

    /** Needed permissions that somebody vouches for, sorted. */
    List<Permission> attested() {
        return permissions(required().filter(it -> it.getValue() instanceof PermissionFinding.Attested));
    }

    /** The ends of needed permissions that do not work any more, in the catalog's order. */
    List<Map.Entry<Permission, Retirement>> retired() {
        return required()
                .flatMap(it -> it.getValue() instanceof PermissionFinding.Retired(Retirement end, PermissionFinding _)
                        ? Stream.of(Map.entry(it.getKey().permission(), end))
                        : Stream.empty())
                .toList();
    }

    boolean needNothing() {
        return required().findAny().isEmpty();
    }

    /** Whether a needed permission is found to be so. */
    boolean any(Predicate<PermissionFinding> wanted) {
        return required().map(Map.Entry::getValue).anyMatch(wanted);
    }

    /** Why a needed permission could not be read. */
    Optional<Failure> failure() {
        return required()
                .flatMap(it -> it.getValue() instanceof PermissionFinding.Unreadable(Failure failure)
                        ? Stream.of(failure)
                        : Stream.empty())
                .findFirst();
    }

    boolean unread(Permission permission) {
        return is(permission, PermissionFinding.Unreadable.class);
    }

    boolean undefined(Permission permission) {
        return is(permission, PermissionFinding.Undefined.class);
    }

    private boolean is(Permission permission, Class<? extends PermissionFinding> kind) {
        return byPermission.entrySet().stream()
                .anyMatch(it -> it.getKey().permission().equals(permission)
                        && kind.isInstance(it.getValue().directory()));
    }

    private Stream<Map.Entry<DesiredPermission, PermissionFinding>> required() {
        return byPermission.entrySet().stream().filter(it -> it.getKey().required());
    }

    private static List<Permission> permissions(Stream<Map.Entry<DesiredPermission, PermissionFinding>> findings) {
        return findings.map(it -> it.getKey().permission()).sorted().toList();
    }
}

package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.Retirement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of permissions that they end, or have. */
final class Retirements {

    private static final int NAMED = 2;

    private Retirements() {}

    /** What ended of an application, whatever the tenant has granted. */
    static String over(DesiredApplication application, Instant now) {
        return application
                .needed()
                .filter(it -> it.isRetired(now))
                .flatMap(
                        permission -> permission
                                .retirementOf(permission.permission().value())
                                .map(it -> it.over(permission.permission()))
                                .stream())
                .limit(NAMED)
                .collect(Collectors.joining(" "));
    }

    /** A sentence on what is going to end of what readiness needs; empty where nothing is. */
    static Optional<String> ahead(StatusInput input, List<ApplicationStatus> licensed) {
        var all = licensed.stream()
                .flatMap(status -> input.verdict().applications().stream()
                        .map(it -> it.application())
                        .filter(it -> !it.optional()
                                && it.catalog().equals(status.catalog())
                                && it.name().equals(status.name()))
                        .flatMap(it -> ahead(it, status, input.judgedAt())))
                .sorted(Comparator.comparing((Ahead it) -> it.retirement().date()))
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var more = all.size() > NAMED ? " " + (all.size() - NAMED) + " more permissions end later." : "";
        return Optional.of(all.stream().limit(NAMED).map(Ahead::told).collect(Collectors.joining(" ")) + more);
    }

    private record Ahead(String application, Permission permission, Retirement retirement) {

        String told() {
            return "From " + retirement.date() + " on, " + application + " stops working, since " + permission
                    + " is retired then." + retirement.more();
        }
    }

    private static Stream<Ahead> ahead(DesiredApplication application, ApplicationStatus status, Instant now) {
        return application
                .needed()
                .flatMap(permission -> through(permission, status).stream()
                        .flatMap(it -> permission.retirementOf(it).stream())
                        .filter(it -> !it.isOver(now)
                                && permission.attested().until(it.from()).isEmpty())
                        .map(it -> new Ahead(
                                application.displayName(),
                                new Permission(
                                        permission.permission().resource(),
                                        permission.permission().type(),
                                        it.value()),
                                it)));
    }

    /** What the permission is granted through, or would be. */
    private static Optional<String> through(DesiredPermission permission, ApplicationStatus status) {
        return status.satisfied().stream()
                .filter(it -> it.permission().equals(permission.permission()))
                .map(SatisfiedPermission::by)
                .findFirst()
                .or(() -> Optional.of(permission.permission().value()));
    }
}

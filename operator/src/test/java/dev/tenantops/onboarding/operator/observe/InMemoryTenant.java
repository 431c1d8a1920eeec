package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DeletedServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.OrganizationName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tenant of the {@link InMemoryTenantDirectory}, and what reading it finds. */
final class InMemoryTenant {

    final Map<String, ServicePrincipal> principals = new HashMap<>();
    final List<Deleted> recycleBin = new ArrayList<>();
    final List<AppRoleAssignment> assignments = new ArrayList<>();
    final List<UserGrant> grants = new ArrayList<>();
    Optional<String> name = Optional.empty();
    Optional<Failure> failure = Optional.empty();
    boolean credentialRefused;
    Optional<Failure> rolesFailure = Optional.empty();
    Optional<Failure> grantsFailure = Optional.empty();

    record Deleted(ServicePrincipal principal, Instant at) {}

    /** @param user who granted it for himself; empty if it is for the whole tenant */
    record UserGrant(Optional<String> user, DelegatedPermissionGrant grant) {}

    /** As delegated grants it takes the higher tier. */
    Optional<String> name(OrganizationName wanted) {
        return name.filter(_ -> wanted != OrganizationName.NotWanted && grantsFailure.isEmpty());
    }

    ApplicationObservation read(ApplicationQuery query) {
        ServicePrincipal principal = principals.get(query.clientId());
        if (principal == null) {
            return ApplicationObservation.absent(deleted(query));
        }
        return new ApplicationObservation(
                Optional.of(principal),
                rolesFailure
                        .<Reading<List<AppRoleAssignment>>>map(Reading::failed)
                        .orElseGet(() -> Reading.of(assignments.stream()
                                .filter(it -> it.principalId().equals(principal.id()) && isLive(it.resourceId()))
                                .toList())),
                grantsFailure
                        .<Reading<List<DelegatedPermissionGrant>>>map(Reading::failed)
                        .orElseGet(() -> Reading.of(grants.stream()
                                .map(UserGrant::grant)
                                .filter(it -> it.clientId().equals(principal.id()) && isLive(it.resourceId()))
                                .toList())),
                Optional.empty());
    }

    /** Whoever was never seen is not looked for there. */
    private Optional<DeletedServicePrincipal> deleted(ApplicationQuery query) {
        return query.lastServicePrincipalId()
                .flatMap(_ -> recycleBin.reversed().stream()
                        .filter(it -> it.principal().appId().equals(query.clientId()))
                        .map(it -> new DeletedServicePrincipal(it.principal().id(), it.at()))
                        .findFirst());
    }

    private boolean isLive(String servicePrincipalId) {
        return principals.values().stream().anyMatch(it -> it.id().equals(servicePrincipalId));
    }
}

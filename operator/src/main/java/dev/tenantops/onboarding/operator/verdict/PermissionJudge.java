package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.Retirement;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Attested;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Granted;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Ineffective;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.NotGranted;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.ResourceMissing;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Retired;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Undefined;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges single permissions of one application.
 *
 * <p>A permission is identified by its resource's appId, its type and its id. The resource is found through the
 * tenant's own service principals, never by display name, since names are for anyone to choose. Only grants to the
 * application's own service principal count, and of the delegated ones only those for the whole organization.
 */
final class PermissionJudge {

    private final ApplicationObservation observation;
    private final Map<String, ResourceServicePrincipal> resources;

    private final Instant now;

    /** @param now when it was read */
    PermissionJudge(ApplicationObservation observation, Map<String, ResourceServicePrincipal> resources, Instant now) {
        this.observation = observation;
        this.resources = resources;
        this.now = now;
    }

    /** What is proven to work need not be vouched for; and a mistake in the catalog is one, whoever vouches. */
    PermissionFinding judge(DesiredPermission desired) {
        var shown = shown(desired);
        var found = retirement(desired, shown)
                .<PermissionFinding>map(it -> new Retired(it, shown))
                .orElse(shown);
        return found instanceof Granted || found instanceof Undefined
                ? found
                : desired.attested()
                        .until(now)
                        .<PermissionFinding>map(Attested::new)
                        .orElse(found);
    }

    /** The end of what the permission is granted through, or would be. */
    private Optional<Retirement> retirement(DesiredPermission desired, PermissionFinding shown) {
        var through = shown instanceof Granted(Optional<String> superset)
                ? superset.orElse(desired.permission().value())
                : desired.permission().value();
        return desired.retirementOf(through).filter(it -> it.isOver(now));
    }

    private PermissionFinding shown(DesiredPermission desired) {
        var resource = resources.get(desired.resourceAppId());
        if (resource == null) {
            return new ResourceMissing();
        }
        return switch (resource.definitions()) {
            case Reading.Complete<PermissionDefinitions>(var definitions) -> judge(resource, definitions, desired);
            // Whatever the API defines, an application that is not there has none of it.
            case Reading.Failed<PermissionDefinitions>(Failure failure) ->
                observation.servicePrincipal().isPresent() ? new Unreadable(failure) : new NotGranted(false);
        };
    }

    private PermissionFinding judge(
            ResourceServicePrincipal resource, PermissionDefinitions definitions, DesiredPermission desired) {
        var definition = definition(definitions, desired, desired.permission().value());
        if (definition.isEmpty()) {
            return new Undefined();
        }
        var exact = granted(resource, desired, definition.get());
        if (exact instanceof Granted && !desired.isRetired(desired.permission().value(), now)) {
            return exact;
        }
        if (exact instanceof Granted || exact instanceof NotGranted) {
            var larger = desired.satisfiedBy().stream()
                    .filter(it -> definition(definitions, desired, it)
                            .filter(defined -> granted(resource, desired, defined) instanceof Granted)
                            .isPresent())
                    .toList();
            // One that still works, if there is one.
            return larger.stream()
                    .filter(it -> !desired.isRetired(it, now))
                    .findFirst()
                    .or(() -> larger.stream()
                            .filter(_ -> exact instanceof NotGranted)
                            .findFirst())
                    .<PermissionFinding>map(it -> new Granted(Optional.of(it)))
                    .orElse(exact);
        }
        return exact;
    }

    private static Optional<PermissionDefinition> definition(
            PermissionDefinitions definitions, DesiredPermission desired, String value) {
        return desired.permission().type() == PermissionType.Application
                ? definitions.appRole(value)
                : definitions.scope(value);
    }

    private PermissionFinding granted(
            ResourceServicePrincipal resource, DesiredPermission desired, PermissionDefinition definition) {
        if (observation.servicePrincipal().isEmpty()) {
            return new NotGranted(false);
        }
        var client = observation.servicePrincipal().get();
        var found = desired.permission().type() == PermissionType.Application
                ? appRole(client, resource, definition)
                : scope(client, resource, definition);
        if (found instanceof Granted && !resource.enabled()) {
            return new Ineffective(Ineffective.Cause.ResourceDisabled);
        }
        if (found instanceof Granted && !definition.enabled()) {
            return new Ineffective(Ineffective.Cause.PermissionWithdrawn);
        }
        return found;
    }

    private PermissionFinding appRole(
            ServicePrincipal client, ResourceServicePrincipal resource, PermissionDefinition definition) {
        return switch (observation.appRoleAssignments()) {
            case Reading.Failed<List<AppRoleAssignment>>(Failure failure) -> new Unreadable(failure);
            case Reading.Complete<List<AppRoleAssignment>>(List<AppRoleAssignment> assignments) -> {
                var assigned = assignments.stream()
                        .anyMatch(it -> it.principalId().equalsIgnoreCase(client.id())
                                && it.principalType().equalsIgnoreCase("ServicePrincipal")
                                && it.resourceId().equalsIgnoreCase(resource.id())
                                && it.appRoleId().equalsIgnoreCase(definition.id()));
                yield assigned ? new Granted(Optional.empty()) : new NotGranted(false);
            }
        };
    }

    private PermissionFinding scope(
            ServicePrincipal client, ResourceServicePrincipal resource, PermissionDefinition definition) {
        return switch (observation.delegatedGrants()) {
            case Reading.Failed<List<DelegatedPermissionGrant>>(Failure failure) -> new Unreadable(failure);
            case Reading.Complete<List<DelegatedPermissionGrant>>(List<DelegatedPermissionGrant> grants) -> {
                var matching = grants.stream()
                        .filter(it -> it.clientId().equalsIgnoreCase(client.id())
                                && it.resourceId().equalsIgnoreCase(resource.id())
                                && it.scopes().stream().anyMatch(definition.value()::equalsIgnoreCase))
                        .toList();
                yield matching.stream().anyMatch(DelegatedPermissionGrant::tenantWide)
                        ? new Granted(Optional.empty())
                        : new NotGranted(!matching.isEmpty());
            }
        };
    }
}

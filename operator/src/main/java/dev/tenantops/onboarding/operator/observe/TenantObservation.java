package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What was read of a tenant.
 *
 * @param readAt when the reading began, so that it is never newer than the evidence
 * @param applications by client id (lower case); complete, it has an entry for every application asked for
 * @param resources the resource APIs by appId (lower case); complete, an API without an entry has no service principal
 *     in the tenant
 * @param otherResources APIs that were not asked for and that something is granted on, by the object id (lower case) of
 *     their service principal; one without an entry could not be looked up, which is no failure
 * @param delegatedGrantsUnreadable why delegated permission grants cannot be read at all, where the tenant has none of
 *     the applications whose grants would show it
 * @param organizationName what the customer calls its organization, where that was wanted and could be read some time
 */
public record TenantObservation(
        Instant readAt,
        Reading<Map<String, ApplicationObservation>> applications,
        Reading<Map<String, ResourceServicePrincipal>> resources,
        Map<String, OtherResource> otherResources,
        Optional<Failure> delegatedGrantsUnreadable,
        Optional<String> organizationName) {

    public TenantObservation {
        otherResources = Map.copyOf(otherResources);
    }

    /** An observation without other resources, of a tenant whose delegated permission grants can be read. */
    public TenantObservation(
            Instant readAt,
            Reading<Map<String, ApplicationObservation>> applications,
            Reading<Map<String, ResourceServicePrincipal>> resources) {
        this(readAt, applications, resources, Map.of(), Optional.empty(), Optional.empty());
    }

    /** Nothing could be read. */
    public static TenantObservation failed(Instant readAt, Failure failure) {
        return new TenantObservation(readAt, Reading.failed(failure), Reading.failed(failure));
    }

    /** The same with other resources. */
    public TenantObservation with(Map<String, OtherResource> others) {
        return new TenantObservation(
                readAt, applications, resources, others, delegatedGrantsUnreadable, organizationName);
    }

    /** The same of an organization of this name. */
    public TenantObservation named(Optional<String> name) {
        return new TenantObservation(readAt, applications, resources, otherResources, delegatedGrantsUnreadable, name);
    }

    /** Why it is not known what an API defines that the tenant has. */
    public Stream<Failure> definitionsUnreadable() {
        return resources.ifComplete().stream()
                .flatMap(it -> it.values().stream())
                .flatMap(it -> it.definitions().ifFailed().stream());
    }

    /**
     * Where permissions are granted tenant-wide beside the resources asked for: by the object id of the API, the app
     * roles granted on it, which are none where only delegated permissions are. Empty where applications or resources
     * could not be read.
     */
    public Map<String, Set<String>> grantedElsewhere() {
        var granted = new TreeMap<String, Set<String>>();
        resources.ifComplete().ifPresent(known -> {
            applications.ifComplete().ifPresent(all -> all.values().forEach(it -> collect(it, granted)));
            known.values().forEach(it -> granted.remove(it.id()));
        });
        return granted;
    }

    private static void collect(ApplicationObservation application, Map<String, Set<String>> granted) {
        application.appRoleAssignments().ifComplete().orElse(List.of()).stream()
                .filter(AppRoleAssignment::carriesPermission)
                .forEach(it -> granted.computeIfAbsent(it.resourceId(), id -> new TreeSet<>())
                        .add(it.appRoleId()));
        application.delegatedGrants().ifComplete().orElse(List.of()).stream()
                .filter(it -> it.tenantWide() && !it.scopes().isEmpty())
                .forEach(it -> granted.computeIfAbsent(it.resourceId(), id -> new TreeSet<>()));
    }
}

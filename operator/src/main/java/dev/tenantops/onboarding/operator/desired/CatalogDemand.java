package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Endpoint;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Plan;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.ResourcePermissions;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Superset;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.SpecProblem.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one licence demands of one catalog. */
final class CatalogDemand {

    private final String name;
    private final ApplicationCatalogSpec spec;
    private final License license;

    CatalogDemand(ApplicationCatalogSpec spec, License license) {
        this.name = license.catalog();
        this.spec = spec;
        this.license = license;
    }

    /** Resolves the licence as far as the catalog knows its names, and adds to the problems what it does not know. */
    DesiredCatalog resolve(CloudEndpoints cloud, List<SpecProblem> problems) {
        var names = new LinkedHashSet<String>();
        for (String plan : license.plans()) {
            spec.plans().stream()
                    .filter(it -> it.name().equals(plan))
                    .findFirst()
                    .ifPresentOrElse(it -> names.addAll(it.applications()), () -> problems.add(unknownPlan(plan)));
        }
        names.addAll(license.applications());
        for (String application : names) {
            if (spec.applications().stream().noneMatch(it -> it.name().equals(application))) {
                problems.add(unknownApplication(application));
            }
        }
        foreign(names).forEach(problems::add);
        var applications = spec.applications().stream()
                .filter(it -> names.contains(it.name()))
                .map(this::application)
                .toList();
        var endpoints = spec.endpoints().stream()
                .filter(it -> it.plans().isEmpty() || it.plans().stream().anyMatch(license.plans()::contains))
                .map(this::endpoint)
                .toList();
        return new DesiredCatalog(
                name,
                spec.publisher(),
                cloud,
                spec.verifier(),
                Optional.ofNullable(spec.redirectUri()),
                applications,
                List.of(),
                endpoints);
    }

    private DesiredApplication application(Application application) {
        return new DesiredApplication(
                name,
                application.name(),
                Optional.ofNullable(application.displayName()).orElse(application.name()),
                Optional.ofNullable(application.clientId()).map(it -> it.toLowerCase(Locale.ROOT)),
                application.optional(),
                Optional.ofNullable(application.action()),
                permissions(application),
                application.prerequisites().stream()
                        .map(it -> new DesiredPrerequisite(
                                it.name(),
                                it.description(),
                                it.required(),
                                Optional.ofNullable(it.url()),
                                AttestationTimes.NONE))
                        .toList(),
                Optional.empty());
    }

    /** What an application asks for. */
    static List<DesiredPermission> permissions(Application application) {
        // A permission that stands under two spellings of one resource, or as required and as optional, counts once
        // and as required.
        var permissions = new LinkedHashMap<String, DesiredPermission>();
        for (ResourcePermissions resource : application.permissions()) {
            add(permissions, application, resource, PermissionType.Application, resource.application(), true);
            add(permissions, application, resource, PermissionType.Delegated, resource.delegated(), true);
        }
        for (ResourcePermissions resource : application.permissions()) {
            if (resource.optional() != null) {
                add(
                        permissions,
                        application,
                        resource,
                        PermissionType.Application,
                        resource.optional().application(),
                        false);
                add(
                        permissions,
                        application,
                        resource,
                        PermissionType.Delegated,
                        resource.optional().delegated(),
                        false);
            }
        }
        return List.copyOf(permissions.values());
    }

    private static void add(
            LinkedHashMap<String, DesiredPermission> permissions,
            Application application,
            ResourcePermissions resource,
            PermissionType type,
            List<String> values,
            boolean required) {
        var appId = WellKnownResource.appIdOf(resource.resource());
        for (String value : values) {
            var satisfiedBy = resource.satisfiedBy().stream()
                    .filter(it -> it.type() == type && it.value().equalsIgnoreCase(value))
                    .map(Superset::by)
                    .flatMap(List::stream)
                    .toList();
            permissions.putIfAbsent(
                    appId + type + value.toLowerCase(Locale.ROOT),
                    new DesiredPermission(
                            new Permission(WellKnownResource.nameOf(appId), type, value),
                            appId,
                            required,
                            satisfiedBy,
                            retirements(application, appId, type, value, satisfiedBy),
                            isWaivable(application, appId, type, value),
                            AttestationTimes.NONE));
        }
    }

    /** Under whatever spelling of the resource they stand. */
    private static List<Retirement> retirements(
            Application application, String appId, PermissionType type, String value, List<String> satisfiedBy) {
        return of(application, appId)
                .flatMap(it -> it.retirements().stream())
                .filter(it -> it.type() == type)
                .filter(it -> it.value().equalsIgnoreCase(value)
                        || satisfiedBy.stream().anyMatch(it.value()::equalsIgnoreCase))
                .flatMap(it -> Retirement.of(it).stream())
                .toList();
    }

    private static boolean isWaivable(Application application, String appId, PermissionType type, String value) {
        return of(application, appId)
                .flatMap(it -> it.waivable().stream())
                .anyMatch(it -> it.type() == type && it.value().equalsIgnoreCase(value));
    }

    private static Stream<ResourcePermissions> of(Application application, String appId) {
        return application.permissions().stream()
                .filter(it -> WellKnownResource.appIdOf(it.resource()).equals(appId));
    }

    private DesiredEndpoint endpoint(Endpoint endpoint) {
        return new DesiredEndpoint(
                name + "/" + endpoint.name(), endpoint.url(), DialledUrl.of(endpoint), DialledUrl.mistake(endpoint));
    }

    /** What this version does not know of the plans and applications that the licence names. */
    private Stream<SpecProblem> foreign(Set<String> applications) {
        return Stream.concat(
                        pointers("/applications", spec.applications(), Application::name, applications),
                        pointers("/plans", spec.plans(), Plan::name, Set.copyOf(license.plans())))
                .flatMap(it -> CatalogMistakes.foreign(spec, it))
                .map(it -> SpecProblem.unresolved(Reason.InvalidSpec, name, "The catalog " + name + ": " + it));
    }

    private static <T> Stream<String> pointers(
            String list, List<T> entries, Function<T, String> name, Set<String> licensed) {
        return IntStream.range(0, entries.size())
                .filter(it -> licensed.contains(name.apply(entries.get(it))))
                .mapToObj(it -> list + "/" + it);
    }

    private SpecProblem unknownPlan(String plan) {
        return SpecProblem.unresolved(
                Reason.UnknownPlan,
                name,
                "The catalog " + name + " has no plan " + plan + ". "
                        + known("plans", spec.plans().stream().map(Plan::name).toList()));
    }

    private SpecProblem unknownApplication(String application) {
        return SpecProblem.unresolved(
                Reason.UnknownApplication,
                name,
                "The catalog " + name + " has no application " + application + ". "
                        + known(
                                "applications",
                                spec.applications().stream()
                                        .map(Application::name)
                                        .toList()));
    }

    private String known(String what, List<String> names) {
        var shown = new ArrayList<>(names.subList(0, Math.min(names.size(), 10)));
        if (names.size() > shown.size()) {
            shown.add("…");
        }
        return "It has the " + what + " " + shown.stream().collect(Collectors.joining(", "))
                + ". Correct spec.licenses or add it to the catalog.";
    }
}

package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.ResourcePermissions;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Superset;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a catalog says of permissions that it does not ask for. To compare all names is too much for the definition. */
final class RetirementMistakes {

    private RetirementMistakes() {}

    static Stream<String> of(Application application) {
        return application.permissions().stream().flatMap(it -> of(application, it));
    }

    private static Stream<String> of(Application application, ResourcePermissions resource) {
        var where = "spec.applications, " + application.name() + ": ";
        var retired = resource.retirements().stream()
                .filter(it -> it.type() != null)
                .flatMap(it -> Stream.of(
                                Optional.of(it)
                                        .filter(retirement ->
                                                Retirement.of(retirement).isEmpty())
                                        .map(_ -> "the retirement of " + it.value() + " has the date " + it.date()
                                                + ", which is no day. Write one such as 2027-04-01."),
                                unasked(application, resource, "a retirement", it.type(), it.value(), true))
                        .flatMap(Optional::stream));
        var waivable = resource.waivable().stream()
                .filter(it -> it.type() != null)
                .flatMap(it -> unasked(application, resource, "waivable", it.type(), it.value(), false).stream());
        return Stream.concat(retired, waivable).map(it -> where + it);
    }

    private static Optional<String> unasked(
            Application application,
            ResourcePermissions resource,
            String what,
            PermissionType type,
            String value,
            boolean larger) {
        var appId = WellKnownResource.appIdOf(resource.resource());
        return application.permissions().stream()
                        .filter(it -> WellKnownResource.appIdOf(it.resource()).equals(appId))
                        .flatMap(it -> asked(it, type, larger))
                        .anyMatch(value::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of(what + " names the " + type + " permission " + value + " of " + resource.resource()
                        + ", which the application does not ask for. Correct the type or the value.");
    }

    private static Stream<String> asked(ResourcePermissions resource, PermissionType type, boolean larger) {
        var delegated = type == PermissionType.Delegated;
        var optional = Optional.ofNullable(resource.optional());
        return Stream.of(
                        delegated ? resource.delegated() : resource.application(),
                        optional.map(it -> delegated ? it.delegated() : it.application())
                                .orElse(List.of()),
                        larger
                                ? resource.satisfiedBy().stream()
                                        .filter(it -> it.type() == type)
                                        .map(Superset::by)
                                        .flatMap(List::stream)
                                        .toList()
                                : List.<String>of())
                .flatMap(List::stream);
    }
}

package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.ResourcePermissions;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.page.view.PageView.PermissionGroup;
import dev.tenantops.onboarding.operator.page.view.PageView.PermissionLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The permissions that an application asks for, as the catalog has them, and what the status knows of each. */
final class Permissions {

    private static final String OIDC = WellKnownResource.MicrosoftGraph.name();

    private final ApplicationStatus status;
    private final ApplicationState believed;

    /** @param believed the state as far as the evidence goes */
    Permissions(ApplicationStatus status, ApplicationState believed) {
        this.status = status;
        this.believed = believed;
    }

    List<PermissionGroup> of(ApplicationCatalogSpec.Application application) {
        var lines = new LinkedHashMap<String, PermissionLine>();
        application.permissions().forEach(it -> add(lines, it, it.application(), it.delegated(), false));
        application.permissions().stream()
                .filter(it -> it.optional() != null)
                .forEach(it -> add(
                        lines, it, it.optional().application(), it.optional().delegated(), true));
        return grouped(lines.values());
    }

    /** What the status lists, where the catalog says nothing. */
    List<PermissionGroup> listed() {
        return grouped(Stream.of(status.missing(), status.awaited(), status.granted(), status.attested())
                .flatMap(List::stream)
                .distinct()
                .map(it -> line(it, false, Optional.empty()))
                .toList());
    }

    private void add(
            Map<String, PermissionLine> lines,
            ResourcePermissions resource,
            List<String> application,
            List<String> delegated,
            boolean optional) {
        var name = WellKnownResource.nameOf(WellKnownResource.appIdOf(resource.resource()));
        Stream.concat(
                        application.stream().map(it -> new Permission(name, PermissionType.Application, it)),
                        delegated.stream().map(it -> new Permission(name, PermissionType.Delegated, it)))
                .forEach(it -> lines.putIfAbsent(key(it), line(it, optional, retirement(resource, it))));
    }

    private static Optional<ApplicationCatalogSpec.Retirement> retirement(
            ResourcePermissions resource, Permission permission) {
        return resource.retirements().stream()
                .filter(it -> it.type() == permission.type() && it.value().equalsIgnoreCase(permission.value()))
                .findFirst();
    }

    private PermissionLine line(
            Permission permission, boolean optional, Optional<ApplicationCatalogSpec.Retirement> retirement) {
        var by = status.satisfied().stream()
                .filter(it -> key(it.permission()).equals(key(permission)))
                .map(SatisfiedPermission::by)
                .findFirst();
        return new PermissionLine(
                permission,
                grant(permission, optional, by.isPresent()),
                optional,
                by,
                retirement.map(it -> it.date()),
                retirement.flatMap(it -> Links.https(it.url())));
    }

    private Grant grant(Permission permission, boolean optional, boolean satisfied) {
        if (has(status.notVerifiable(), permission) || isOidcScope(permission)) {
            return Grant.NotVerifiable;
        }
        if (believed == ApplicationState.NotVerified) {
            return Grant.Unknown;
        }
        if (has(status.missing(), permission)) {
            return Grant.Missing;
        }
        if (has(status.awaited(), permission)) {
            return Grant.Awaited;
        }
        if (has(status.attested(), permission)) {
            return Grant.Attested;
        }
        if (satisfied) {
            return Grant.Satisfied;
        }
        if (has(status.granted(), permission)) {
            return Grant.Granted;
        }
        return optional ? Grant.NotNeeded : unlisted();
    }

    /** Of a permission that no list names: lists are cut, and absent where the state says it all. */
    private Grant unlisted() {
        return switch (believed) {
            case Granted -> Grant.Granted;
            case ConsentRequired, ConsentRevoked, UserConsentOnly, ResourceServicePrincipalMissing -> Grant.Missing;
            case ApplicationDeleted,
                    ApplicationDisabled,
                    ApplicationDeactivated,
                    DisabledByMicrosoft,
                    RegistrationDeleted,
                    RegistrationSingleTenant,
                    ResourceDisabled,
                    PermissionWithdrawn,
                    PermissionRetired,
                    UnknownPermission,
                    PermissionsMissing,
                    ReconsentRequired,
                    NotRequestedByApplication,
                    NotVerified,
                    Propagating,
                    Attested,
                    NotVerifiable,
                    NoLongerLicensed -> Grant.Unknown;
        };
    }

    /** No grant of Microsoft Graph's shows them, whatever a status lists: https://openid.net/specs/openid-connect-core-1_0.html */
    private static boolean isOidcScope(Permission permission) {
        return permission.type() == PermissionType.Delegated
                && permission.resource().equals(OIDC)
                && List.of("openid", "profile", "email", "offline_access").contains(permission.value());
    }

    private static List<PermissionGroup> grouped(Collection<PermissionLine> lines) {
        var groups = new LinkedHashMap<String, List<PermissionLine>>();
        lines.forEach(it -> groups.computeIfAbsent(
                        it.permission().resource() + "/" + it.permission().type(), _ -> new ArrayList<>())
                .add(it));
        return groups.values().stream().map(Permissions::group).toList();
    }

    private static PermissionGroup group(List<PermissionLine> lines) {
        var permission = lines.getFirst().permission();
        var name = switch (permission.resource()) {
            case "MicrosoftGraph" -> "Microsoft Graph";
            case "AzureCommunicationServices" -> "Azure Communication Services";
            case "ExchangeOnline" -> "Exchange Online";
            default -> permission.resource();
        };
        return new PermissionGroup(name, !name.equals(permission.resource()), permission.type(), List.copyOf(lines));
    }

    private static boolean has(List<Permission> permissions, Permission permission) {
        return permissions.stream().anyMatch(it -> key(it).equals(key(permission)));
    }

    private static String key(Permission permission) {
        return WellKnownResource.appIdOf(permission.resource())
                + "/"
                + permission.type()
                + "/"
                + permission.value().toLowerCase(Locale.ROOT);
    }
}

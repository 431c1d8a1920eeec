package dev.tenantops.onboarding.sandbox.microsoft.control;

import dev.tenantops.onboarding.sandbox.microsoft.directory.AppRoleAssignment;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour;
import dev.tenantops.onboarding.sandbox.microsoft.directory.DelegatedGrant;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApi;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Tenant;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantState;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The directory as a person wants to read it: permissions by name, no secrets. */
final class DirectoryView {

    private final SimulatedDirectory directory;

    DirectoryView(SimulatedDirectory directory) {
        this.directory = directory;
    }

    List<Map<String, Object>> tenants() {
        return directory.tenants().all().stream()
                .sorted(Comparator.comparing(Tenant::id))
                .map(DirectoryView::names)
                .toList();
    }

    Map<String, Object> tenant(String idOrDomain) {
        Tenant tenant = directory.tenants().require(idOrDomain);
        TenantState state = tenant.state();
        Map<String, Object> view = names(tenant);
        view.put(
                "resources",
                state.live().values().stream()
                        .filter(principal -> isResource(principal))
                        .map(principal -> principal.displayName() + " " + principal.appId())
                        .toList());
        view.put(
                "applications",
                state.live().values().stream()
                        .filter(principal -> !isResource(principal))
                        .map(principal -> application(state, principal))
                        .toList());
        view.put(
                "deleted",
                state.deleted().stream()
                        .map(principal ->
                                principal.displayName() + " " + principal.appId() + " at " + principal.deleted())
                        .toList());
        return view;
    }

    List<Map<String, Object>> registrations() {
        return directory.registrations().all().stream()
                .sorted(Comparator.comparing(ApplicationRegistration::clientId))
                .map(registration -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    view.put("clientId", registration.clientId());
                    view.put("displayName", registration.displayName());
                    view.put("publisherTenantId", registration.publisherTenantId());
                    view.put(
                            "permissions",
                            registration.permissions().stream()
                                    .map(permission -> apiName(permission.resourceAppId()) + " " + permission.type()
                                            + " " + permission.value())
                                    .toList());
                    view.put("redirectUris", registration.redirectUris());
                    return view;
                })
                .toList();
    }

    Map<String, Object> behaviour() {
        Behaviour behaviour = directory.behaviour();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("tokenLifetimeSeconds", behaviour.tokenLifetime().toSeconds());
        view.put("pageSize", behaviour.pageSize());
        view.put(
                "replicaLagSeconds",
                behaviour.replicaLags().stream().map(Duration::toSeconds).toList());
        view.put(
                "credentialLagSeconds",
                behaviour.credentialLags().stream().map(Duration::toSeconds).toList());
        view.put("riskyApplications", behaviour.riskyApplications());
        return view;
    }

    Map<String, Object> requests(RequestLog log) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("answers", log.counters());
        view.put("resourceUnits", log.resourceUnits());
        return view;
    }

    private Map<String, Object> application(TenantState state, ServicePrincipal principal) {
        List<String> granted = new ArrayList<>();
        for (AppRoleAssignment role : state.rolesOf(principal)) {
            String api = state.findById(role.resourceId()).orElseThrow().appId();
            granted.add(apiName(api) + " Application "
                    + directory
                            .apis()
                            .find(api)
                            .map(found -> found.roleValue(role.appRoleId()))
                            .orElse(role.appRoleId()));
        }
        for (DelegatedGrant grant : state.grantsOf(principal)) {
            String api =
                    apiName(state.findById(grant.resourceId()).orElseThrow().appId());
            grant.scopes()
                    .forEach(scope -> granted.add(
                            api + " Delegated " + scope + (grant.tenantWide() ? "" : " for user " + grant.userId())));
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("clientId", principal.appId());
        view.put("displayName", principal.displayName());
        view.put("servicePrincipalId", principal.id());
        view.put("status", principal.status());
        view.put("granted", granted.stream().sorted().toList());
        return view;
    }

    private boolean isResource(ServicePrincipal principal) {
        return directory.apis().find(principal.appId()).isPresent();
    }

    private String apiName(String appId) {
        return directory.apis().find(appId).map(ResourceApi::displayName).orElse(appId);
    }

    private static Map<String, Object> names(Tenant tenant) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("tenantId", tenant.id());
        view.put("displayName", tenant.displayName());
        view.put("domain", tenant.domain());
        return view;
    }
}

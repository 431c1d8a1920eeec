package dev.tenantops.onboarding.sandbox.microsoft.consent;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.consent.ConsentRequest.Version;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApi;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Tenant;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import dev.tenantops.onboarding.sandbox.microsoft.login.TenantLookup;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a consent URL as Entra ID does. Its errors are shown on the page: none of them may reach the redirect URI. */
final class ConsentRequestParser {

    private static final Set<String> OIDC_SCOPES = Set.of("openid", "profile", "offline_access", "email");

    private final SimulatedDirectory directory;
    private final TenantLookup tenants;

    ConsentRequestParser(SimulatedDirectory directory) {
        this.directory = directory;
        this.tenants = new TenantLookup(directory);
    }

    Result<ConsentRequest, EntraError> parse(
            Version version, String tenantSegment, Map<String, String> parameters, String origin) {
        Result<Optional<Tenant>, EntraError> tenant = TenantLookup.namesNoTenant(tenantSegment)
                ? Result.success(Optional.empty())
                : tenants.find(tenantSegment).then(found -> Result.success(Optional.of(found)));
        return tenant.then(found -> application(parameters.get("client_id"), found)
                .then(application -> parse(version, found.orElse(null), application, parameters, origin)));
    }

    private Result<ConsentRequest, EntraError> parse(
            Version version,
            Tenant tenant,
            ApplicationRegistration application,
            Map<String, String> parameters,
            String origin) {
        String redirectUri = parameters.get("redirect_uri");
        if (redirectUri == null && version == Version.V2) {
            return Result.failure(missing("redirect_uri"));
        }
        if (redirectUri != null && !application.redirectUris().contains(redirectUri)) {
            return Result.failure(EntraErrors.of(
                    50011,
                    "The redirect URI '" + redirectUri + "' specified in the request does not match the redirect URIs"
                            + " configured for the application '" + application.clientId()
                            + "'. Make sure the redirect URI sent in the request matches one added to your application"
                            + " in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more"
                            + " about how to fix this."));
        }
        Result<Map<String, Set<String>>, EntraError> scopes = version == Version.V1
                ? Result.success(Map.of())
                : namedScopes(application, parameters.get("scope"), origin);
        return scopes.then(named -> Result.success(
                new ConsentRequest(version, tenant, application, redirectUri, parameters.get("state"), named)));
    }

    private Result<ApplicationRegistration, EntraError> application(String clientId, Optional<Tenant> tenant) {
        if (clientId == null || clientId.isBlank()) {
            return Result.failure(missing("client_id"));
        }
        Optional<ApplicationRegistration> found = directory.registrations().find(clientId);
        if (found.isEmpty()) {
            return Result.failure(EntraErrors.of(
                    700016,
                    "Application with identifier '" + clientId + "' was not found in the directory '"
                            + tenant.map(Tenant::displayName).orElse("organizations")
                            + "'. This can happen if the application has not been installed by the administrator of"
                            + " the tenant or consented to by any user in the tenant. You may have sent your"
                            + " authentication request to the wrong tenant."));
        }
        boolean closed = !found.get().multiTenant()
                && tenant.filter(home -> home.id().equals(found.get().publisherTenantId()))
                        .isEmpty();
        return closed
                ? Result.failure(EntraErrors.of(
                        50194,
                        "Application '" + clientId + "'(" + found.get().displayName()
                                + ") is not configured as a multi-tenant application."))
                : Result.success(found.get());
    }

    private Result<Map<String, Set<String>>, EntraError> namedScopes(
            ApplicationRegistration application, String scope, String origin) {
        if (scope == null || scope.isBlank()) {
            return Result.failure(missing("scope"));
        }
        List<String> scopes = Arrays.asList(scope.trim().split("\\s+"));
        List<String> resourceScopes =
                scopes.stream().filter(value -> !OIDC_SCOPES.contains(value)).toList();
        long defaults =
                resourceScopes.stream().filter(ConsentRequestParser::isDefault).count();
        if (defaults == resourceScopes.size() && defaults == 1) {
            return resource(resourceScopes.getFirst(), origin).then(api -> Result.success(Map.of()));
        }
        if (defaults > 0) {
            return Result.failure(EntraErrors.of(
                    70011,
                    "The provided request must include a 'scope' input parameter. The provided value for the input"
                            + " parameter 'scope' is not valid. The scope " + scope
                            + " is not valid. .default scope can't be combined with resource-specific scopes."));
        }
        Map<String, Set<String>> named = new LinkedHashMap<>();
        for (String value : scopes) {
            Result<PermissionOfApi, EntraError> permission =
                    resource(value, origin).then(api -> permission(application, api, value));
            if (permission instanceof Result.Failure<PermissionOfApi, EntraError>(EntraError error)) {
                return Result.failure(error);
            }
            if (permission instanceof Result.Success<PermissionOfApi, EntraError>(PermissionOfApi found)) {
                named.computeIfAbsent(found.appId(), key -> new LinkedHashSet<>())
                        .add(found.value());
            }
        }
        return Result.success(named);
    }

    private record PermissionOfApi(String appId, String value) {}

    private static Result<PermissionOfApi, EntraError> permission(
            ApplicationRegistration application, ResourceApi api, String scope) {
        String value = scope.substring(scope.lastIndexOf('/') + 1);
        return api.find(PermissionType.Delegated, value)
                .map(found ->
                        Result.<PermissionOfApi, EntraError>success(new PermissionOfApi(api.appId(), found.value())))
                .orElseGet(() -> Result.failure(EntraErrors.of(
                        650053,
                        "The application '" + application.displayName() + "' asked for scope '" + value
                                + "' that doesn't exist on the resource '" + api.appId()
                                + "'. Contact the app vendor.")));
    }

    /** The API of a scope: what stands before its last slash, and Microsoft Graph where nothing does. */
    private Result<ResourceApi, EntraError> resource(String scope, String origin) {
        int slash = scope.lastIndexOf('/');
        String name = slash < 0 ? WellKnownResources.MICROSOFT_GRAPH : scope.substring(0, slash);
        return directory
                .apis()
                .named(name, origin)
                .map(Result::<ResourceApi, EntraError>success)
                .orElseGet(() -> Result.failure(EntraErrors.of(
                        500011, "The resource principal named " + name + " was not found in the tenant.")));
    }

    private static boolean isDefault(String scope) {
        return scope.equals(".default") || scope.endsWith("/.default");
    }

    private static EntraError missing(String parameter) {
        return EntraErrors.of(900144, "The request body must contain the following parameter: '" + parameter + "'.");
    }
}

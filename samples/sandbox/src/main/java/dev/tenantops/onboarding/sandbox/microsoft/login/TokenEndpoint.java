package dev.tenantops.onboarding.sandbox.microsoft.login;

import dev.tenantops.onboarding.sandbox.microsoft.directory.AppRoleAssignment;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour.MissingServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApi;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal.Status;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Tenant;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantState;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors.Trace;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.login.AccessTokens.AccessToken;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code POST /{tenant}/oauth2/v2.0/token} for client credentials. */
public final class TokenEndpoint {

    private static final Set<String> OIDC_SCOPES = Set.of("openid", "profile", "offline_access", "email");
    private static final String DEFAULT_SUFFIX = "/.default";
    private static final List<String> REQUIRED = List.of("client_id", "scope");
    /** A confidential client asked for a tenant that this cloud knows to be another's. */
    private static final int CROSS_CLOUD = 900382;

    private final SimulatedDirectory directory;
    private final TenantLookup tenants;
    private final AccessTokens tokens;

    public TokenEndpoint(SimulatedDirectory directory, AccessTokens tokens) {
        this.directory = directory;
        this.tenants = new TenantLookup(directory);
        this.tokens = tokens;
    }

    private record Resource(ResourceApi api, String audience) {}

    public WebResponse handle(String tenantSegment, WebRequest request) {
        Instant now = directory.now();
        Map<String, String> form = request.form();
        return tenants.find(tenantSegment)
                .then(tenant -> issue(tenant, tenantSegment, form, request, now))
                .fold(body -> success(body, request, now), error -> EntraErrors.respond(error, request, now));
    }

    private Result<byte[], EntraError> issue(
            Tenant tenant, String tenantSegment, Map<String, String> form, WebRequest request, Instant now) {
        Optional<EntraError> malformed = checkForm(form);
        if (malformed.isPresent()) {
            return Result.failure(malformed.get());
        }
        if (tenant.home().elsewhere().isPresent()) {
            return Result.failure(EntraErrors.of(CROSS_CLOUD));
        }
        String clientId = form.get("client_id");
        Optional<ApplicationRegistration> application = directory
                .registrations()
                .find(clientId)
                .filter(app -> app.multiTenant() || app.publisherTenantId().equals(tenant.id()));
        if (application.isEmpty()) {
            return Result.failure(unknownApplication(clientId, tenant));
        }
        Optional<EntraError> refused = ClientAuthentication.check(
                directory
                        .registrations()
                        .find(clientId, now.minus(directory.behaviour().nextCredentialLag()))
                        .orElse(application.get()),
                form,
                request.headers().getOrDefault("host", "localhost"),
                List.of(tenantSegment, tenant.id()),
                now);
        if (refused.isPresent()) {
            return Result.failure(refused.get());
        }
        return resource(form.get("scope"), request, tenant)
                .then(resource -> grant(tenant.state(), tenant, application.get(), resource, now));
    }

    private static Optional<EntraError> checkForm(Map<String, String> form) {
        String grantType = form.get("grant_type");
        if (grantType == null) {
            return Optional.of(missing("grant_type"));
        }
        if (!grantType.equals("client_credentials")) {
            return Optional.of(
                    EntraErrors.of(70003, "The app requested an unsupported grant type '" + grantType + "'."));
        }
        return REQUIRED.stream()
                .filter(name -> form.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(TokenEndpoint::missing);
    }

    /**
     * Besides the one {@code .default} scope, MSAL for Java sends OpenID Connect's; Entra ID ignores them here.
     */
    private Result<Resource, EntraError> resource(String scope, WebRequest request, Tenant tenant) {
        List<String> scopes = Arrays.stream(scope.trim().split("\\s+"))
                .filter(value -> !OIDC_SCOPES.contains(value))
                .toList();
        if (scopes.size() != 1 || !scopes.getFirst().endsWith(DEFAULT_SUFFIX)) {
            return Result.failure(EntraErrors.of(
                    70011,
                    "The provided request must include a 'scope' input parameter. The provided value for the input"
                            + " parameter 'scope' is not valid. The scope " + scope
                            + " is not valid: client credentials take one resource with the suffix /.default."));
        }
        String name = scopes.getFirst();
        String audience = name.substring(0, name.length() - DEFAULT_SUFFIX.length());
        return directory
                .apis()
                .named(audience, request.origin())
                .map(found -> Result.<Resource, EntraError>success(new Resource(found, audience)))
                .orElseGet(() -> Result.failure(resourceNotFound(audience, tenant)));
    }

    private Result<byte[], EntraError> grant(
            TenantState state, Tenant tenant, ApplicationRegistration application, Resource resource, Instant now) {
        Optional<ServicePrincipal> resourcePrincipal = state.find(resource.api().appId());
        if (resourcePrincipal.isEmpty()) {
            return Result.failure(resourceNotFound(resource.audience(), tenant));
        }
        if (!resourcePrincipal.get().enabled()) {
            return Result.failure(EntraErrors.of(
                    500014,
                    "The service principal for resource '" + resource.audience()
                            + "' is disabled. This indicate that a subscription within the tenant has lapsed, or that"
                            + " the administrator for this tenant has disabled the application, preventing tokens from"
                            + " being issued for it."));
        }
        Optional<ServicePrincipal> client = state.find(application.clientId());
        if (client.isEmpty()) {
            return withoutServicePrincipal(tenant, application, resource, now);
        }
        if (!client.get().enabled() || directory.registrations().status(application.clientId()) != Status.ENABLED) {
            return Result.failure(EntraErrors.of(
                    7000112,
                    "Application '" + application.clientId() + "'(" + application.displayName() + ") is disabled."));
        }
        SortedSet<String> roles = roles(state, client.get(), resourcePrincipal.get(), resource.api());
        if (roles.isEmpty() && resourcePrincipal.get().assignmentRequired()) {
            return Result.failure(EntraErrors.of(
                    501051,
                    "Application '" + application.clientId() + "'(" + application.displayName()
                            + ") is not assigned to a role for the application '" + resource.audience() + "'("
                            + resource.api().displayName() + ")."));
        }
        return Result.success(token(tenant, application, client.get().id(), resource, roles, now));
    }

    private Result<byte[], EntraError> withoutServicePrincipal(
            Tenant tenant, ApplicationRegistration application, Resource resource, Instant now) {
        MissingServicePrincipal answer = directory.behaviour().missingServicePrincipal();
        return switch (answer) {
            case REFUSE ->
                Result.failure(EntraErrors.of(
                        7000229,
                        "The client application " + application.clientId()
                                + " is missing service principal in the tenant " + tenant.id()
                                + ". See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119"));
            case REFUSE_AS_UNKNOWN_APPLICATION -> Result.failure(unknownApplication(application.clientId(), tenant));
            case ISSUE_TOKEN_WITHOUT_ROLES ->
                Result.success(token(tenant, application, null, resource, new TreeSet<>(), now));
        };
    }

    private static SortedSet<String> roles(
            TenantState state, ServicePrincipal client, ServicePrincipal resource, ResourceApi api) {
        SortedSet<String> roles = new TreeSet<>();
        for (AppRoleAssignment assignment : state.rolesOf(client)) {
            if (assignment.resourceId().equals(resource.id())
                    && !assignment.appRoleId().equals(AppRoleAssignment.NO_ROLE)) {
                roles.add(api.roleValue(assignment.appRoleId()));
            }
        }
        return roles;
    }

    private byte[] token(
            Tenant tenant,
            ApplicationRegistration application,
            String servicePrincipalId,
            Resource resource,
            SortedSet<String> roles,
            Instant now) {
        long seconds = directory.behaviour().tokenLifetime().toSeconds();
        AccessToken token = new AccessToken(
                tenant.id(),
                application.clientId(),
                servicePrincipalId,
                resource.api().appId(),
                roles,
                now.plusSeconds(seconds));
        String text = tokens.issue(token, resource.audience(), now);
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("token_type", "Bearer");
            json.writeNumberField("expires_in", seconds);
            json.writeNumberField("ext_expires_in", seconds);
            json.writeStringField("access_token", text);
            json.writeEndObject();
        });
    }

    private static WebResponse success(byte[] body, WebRequest request, Instant now) {
        return EntraErrors.traced(WebResponse.json(200, body), Trace.of(request, now));
    }

    private static EntraError missing(String parameter) {
        return EntraErrors.of(900144, "The request body must contain the following parameter: '" + parameter + "'.");
    }

    private static EntraError unknownApplication(String clientId, Tenant tenant) {
        return EntraErrors.of(
                700016,
                "Application with identifier '" + clientId + "' was not found in the directory '"
                        + tenant.displayName()
                        + "'. This can happen if the application has not been installed by the administrator of the"
                        + " tenant or consented to by any user in the tenant. You may have sent your authentication"
                        + " request to the wrong tenant.");
    }

    private static EntraError resourceNotFound(String audience, Tenant tenant) {
        return EntraErrors.of(
                500011,
                "The resource principal named " + audience + " was not found in the tenant named "
                        + tenant.displayName()
                        + ". This can happen if the application has not been installed by the administrator of the"
                        + " tenant or consented to by any user in the tenant. You might have sent your authentication"
                        + " request to the wrong tenant.");
    }
}

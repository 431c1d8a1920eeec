package dev.tenantops.onboarding.sandbox.microsoft.consent;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.consent.ConsentRequest.Version;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApi;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantState;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors.Trace;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.login.TenantLookup;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The admin consent endpoints: GET shows the page and changes nothing, POST is what its buttons send. */
public final class AdminConsent {

    private final SimulatedDirectory directory;
    private final ConsentRequestParser parser;
    private final TenantLookup tenants;

    public AdminConsent(SimulatedDirectory directory) {
        this.directory = directory;
        this.parser = new ConsentRequestParser(directory);
        this.tenants = new TenantLookup(directory);
    }

    /** Who sits in front of the page. */
    enum Account {
        ADMINISTRATOR("administrator"),
        APPLICATION_ADMINISTRATOR("application-administrator"),
        USER("user"),
        OUTSIDER("outsider");

        private final String formValue;

        Account(String formValue) {
            this.formValue = formValue;
        }

        String formValue() {
            return formValue;
        }

        static Optional<Account> of(String formValue) {
            for (Account account : values()) {
                if (account.formValue.equals(formValue)) {
                    return Optional.of(account);
                }
            }
            return Optional.empty();
        }
    }

    public WebResponse handle(Version version, String tenantSegment, WebRequest request) {
        Trace trace = Trace.of(request, directory.now());
        return parser.parse(version, tenantSegment, request.queryParameters(), request.origin())
                .then(consent -> request.method().equals("POST")
                        ? decide(consent, request.form(), trace)
                        : show(consent, request))
                .fold(response -> response, error -> ConsentPages.error(error, trace));
    }

    private Result<WebResponse, EntraError> show(ConsentRequest consent, WebRequest request) {
        return consent.tenant() == null
                ? Result.success(ConsentPages.form(consent, directory.apis(), request))
                : refusedInTenant(consent)
                        .map(Result::<WebResponse, EntraError>failure)
                        .orElseGet(() -> Result.success(ConsentPages.form(consent, directory.apis(), request)));
    }

    private Result<WebResponse, EntraError> decide(ConsentRequest asked, Map<String, String> form, Trace trace) {
        if (asked.tenant() == null) {
            return tenants.find(form.getOrDefault("organization", "").trim())
                    .then(chosen -> decide(asked.inTenant(chosen), form, trace));
        }
        Optional<EntraError> refused = refusedInTenant(asked);
        if (refused.isPresent()) {
            return Result.failure(refused.get());
        }
        if ("cancel".equals(form.get("decision"))) {
            return Result.success(decline(asked, trace));
        }
        Optional<Account> account = Account.of(form.get("account"));
        if (account.isEmpty() || !"accept".equals(form.get("decision"))) {
            return Result.failure(EntraErrors.of(
                    900144, "The request body must contain the following parameters: 'account' and 'decision'."));
        }
        return Result.success(
                switch (account.get()) {
                    case ADMINISTRATOR -> accept(asked);
                    case APPLICATION_ADMINISTRATOR ->
                        asked.asksForGraphRoles(directory.apis())
                                ? ConsentPages.approvalRequired(asked)
                                : accept(asked);
                    case USER ->
                        directory.behaviour().riskyApplications()
                                ? refused(asked, EntraErrors.of(900941), trace)
                                : ConsentPages.approvalRequired(asked);
                    case OUTSIDER -> outsider(asked, trace);
                });
    }

    /** What depends on the tenant: its APIs, and what it did to the application before. */
    private Optional<EntraError> refusedInTenant(ConsentRequest consent) {
        TenantState state = consent.tenant().state();
        boolean disabled = state.find(consent.application().clientId())
                .filter(principal -> !principal.enabled())
                .isPresent();
        if (disabled) {
            return Optional.of(EntraErrors.of(
                    7000112,
                    "Application '" + consent.application().clientId() + "'("
                            + consent.application().displayName() + ") is disabled."));
        }
        return consent.permissions(directory.apis()).stream()
                .filter(permission -> state.find(permission.resourceAppId()).isEmpty())
                .findFirst()
                .map(permission -> lacksResource(consent, permission));
    }

    private EntraError lacksResource(ConsentRequest consent, RequestedPermission permission) {
        if (!consent.asksForEverythingRegistered() && permission.type() == PermissionType.Delegated) {
            return EntraErrors.of(
                    650053,
                    "The application '" + consent.application().displayName() + "' asked for scope '"
                            + permission.value() + "' that doesn't exist on the resource '"
                            + permission.resourceAppId() + "'. Contact the app vendor.");
        }
        ResourceApi api = directory.apis().require(permission.resourceAppId());
        return EntraErrors.of(
                650052,
                "The app is trying to access a service '" + api.appId() + "'(" + api.displayName()
                        + ") that your organization '" + consent.tenant().displayName()
                        + "' lacks a service principal for. Contact your IT Admin to review the configuration of your"
                        + " service subscriptions or consent to the application in order to create the required"
                        + " service principal.");
    }

    private WebResponse accept(ConsentRequest consent) {
        String tenantId = consent.tenant().id();
        String clientId = consent.application().clientId();
        if (consent.asksForEverythingRegistered()) {
            directory.consent(tenantId, clientId);
        } else {
            directory.consentToScopes(tenantId, clientId, consent.namedScopes());
        }
        if (consent.redirectUri() == null) {
            return ConsentPages.recorded(consent);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (consent.version() == Version.V2) {
            parameters.put("admin_consent", "True");
            parameters.put("tenant", tenantId);
            parameters.put("scope", consent.grantedScopes(directory.apis()));
            parameters.put("state", consent.state());
        } else {
            parameters.put("tenant", tenantId);
            parameters.put("state", consent.state());
            parameters.put("admin_consent", "True");
        }
        return redirect(consent.redirectUri(), parameters);
    }

    private WebResponse decline(ConsentRequest consent, Trace trace) {
        String description = EntraErrors.description(EntraErrors.of(65004), trace);
        boolean documented = directory.behaviour().decline() == Behaviour.Decline.DOCUMENTED;
        Map<String, String> parameters = new LinkedHashMap<>();
        if (consent.version() == Version.V2) {
            if (documented) {
                parameters.put("admin_consent", "True");
                parameters.put("error", "consent_required");
                parameters.put("error_description", description);
            } else {
                parameters.put("error", "access_denied");
                parameters.put("error_description", description);
                parameters.put("error_uri", "https://login.microsoftonline.com/error?code=65004");
                parameters.put("admin_consent", "True");
            }
        } else if (documented) {
            parameters.put("error", "permission_denied");
            parameters.put("error_description", "The admin canceled the request");
        } else {
            parameters.put("error", "access_denied");
            parameters.put("error_subcode", "cancel");
            parameters.put("error_description", description);
            parameters.put("admin_consent", "True");
        }
        parameters.put("state", consent.state());
        return back(consent, parameters, EntraErrors.of(65004), trace);
    }

    /** An administrator, but of another organization. */
    private static WebResponse outsider(ConsentRequest consent, Trace trace) {
        EntraError error = EntraErrors.of(
                50020,
                "User account 'admin@fabrikam.example' does not exist in tenant '"
                        + consent.tenant().displayName() + "' and cannot access the application '"
                        + consent.application().clientId() + "'("
                        + consent.application().displayName()
                        + ") in that tenant. The account needs to be added as an external user in the tenant first."
                        + " Sign out and sign in again with a different Azure Active Directory user account.");
        return refused(consent, error, trace);
    }

    private static WebResponse refused(ConsentRequest consent, EntraError error, Trace trace) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", "access_denied");
        parameters.put("error_description", EntraErrors.description(error, trace));
        parameters.put("error_uri", "https://login.microsoftonline.com/error?code=" + error.code());
        parameters.put("admin_consent", "True");
        parameters.put("state", consent.state());
        return back(consent, parameters, error, trace);
    }

    private static WebResponse back(
            ConsentRequest consent, Map<String, String> parameters, EntraError error, Trace trace) {
        return consent.redirectUri() == null
                ? ConsentPages.error(error, trace)
                : redirect(consent.redirectUri(), parameters);
    }

    private static WebResponse redirect(String redirectUri, Map<String, String> parameters) {
        StringBuilder location = new StringBuilder(redirectUri);
        char separator = redirectUri.contains("?") ? '&' : '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (parameter.getValue() != null) {
                location.append(separator)
                        .append(parameter.getKey())
                        .append('=')
                        .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
                separator = '&';
            }
        }
        return WebResponse.redirect(location.toString());
    }
}

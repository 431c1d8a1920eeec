package dev.tenantops.onboarding.sandbox.microsoft.consent;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.consent.AdminConsent.Account;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.PermissionDefinition;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApi;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApis;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors.Trace;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages that an administrator sees. Plain HTML: no script, nothing loaded from elsewhere. */
public final class ConsentPages {

    private static final String STYLE = resource("consent.css");

    private ConsentPages() {}

    static WebResponse form(ConsentRequest consent, ResourceApis apis, WebRequest request) {
        String organization = consent.tenant() == null
                ? "<label class=\"field\" for=\"organization\">Organization (domain or tenant id)"
                        + "<input id=\"organization\" name=\"organization\" required autocomplete=\"off\"></label>"
                : "";
        String body = "<h1 id=\"title\">Permissions requested</h1>\n"
                + "<p>Review for your organization"
                + (consent.tenant() == null
                        ? ""
                        : " <strong>" + escape(consent.tenant().displayName()) + "</strong>")
                + "</p>\n"
                + "<p class=\"app\">" + escape(consent.application().displayName()) + "</p>\n"
                + "<p class=\"quiet\">" + escape(consent.application().clientId()) + " · unverified</p>\n"
                + permissions(consent, apis)
                + "<p>If you accept, this app will get access to the specified resources for all users in your"
                + " organization. No one else will be prompted to review these permissions.</p>\n"
                + "<form id=\"consent\" method=\"post\" action=\"?" + escape(request.query()) + "\">\n"
                + organization + accounts()
                + "<div class=\"actions\">"
                + "<button id=\"accept\" class=\"primary\" type=\"submit\" name=\"decision\" value=\"accept\">Accept</button>"
                + "<button id=\"cancel\" type=\"submit\" name=\"decision\" value=\"cancel\" formnovalidate>Cancel"
                + "</button></div>\n</form>\n"
                + destination(consent);
        return page(200, "Permissions requested", body);
    }

    /** What an ordinary user sees, and an administrator whose role does not reach. */
    static WebResponse approvalRequired(ConsentRequest consent) {
        return page(
                403,
                "Need admin approval",
                "<h1 id=\"title\">Need admin approval</h1>\n<p class=\"app\">"
                        + escape(consent.application().displayName()) + "</p>\n<p id=\"approval-required\">"
                        + escape(consent.application().displayName())
                        + " needs permission to access resources in your organization that only an admin can grant."
                        + " Please ask an admin to grant permission to this app before you can use it.</p>\n"
                        + "<p class=\"quiet\">AADSTS90094</p>\n");
    }

    static WebResponse recorded(ConsentRequest consent) {
        return page(
                200,
                "Consent recorded",
                "<h1 id=\"title\">Consent recorded</h1>\n<p id=\"recorded\">"
                        + escape(consent.application().displayName()) + " now has the permissions that it asked for in "
                        + escape(consent.tenant().displayName()) + ". You can close this page.</p>\n");
    }

    public static WebResponse error(EntraError error, Trace trace) {
        return page(
                error.status(),
                "Sorry, but we’re having trouble signing you in",
                "<h1 id=\"title\">Sorry, but we’re having trouble signing you in</h1>\n<p id=\"error\" class=\"error\">"
                        + "AADSTS" + error.code() + ": " + escape(error.message())
                        + "</p>\n<p class=\"quiet\">Request Id: "
                        + escape(trace.traceId()) + "<br>Correlation Id: " + escape(trace.correlationId())
                        + "<br>Timestamp: " + escape(trace.timestamp()) + "</p>\n");
    }

    private static String permissions(ConsentRequest consent, ResourceApis apis) {
        Map<String, List<RequestedPermission>> byResource = new LinkedHashMap<>();
        for (RequestedPermission permission : consent.permissions(apis)) {
            byResource
                    .computeIfAbsent(permission.resourceAppId(), key -> new ArrayList<>())
                    .add(permission);
        }
        StringBuilder html = new StringBuilder("<h2>This app would like to:</h2>\n");
        if (byResource.isEmpty()) {
            html.append("<p id=\"no-permissions\">It asks for no permissions.</p>\n");
        }
        byResource.forEach((appId, wanted) -> {
            ResourceApi api = apis.require(appId);
            html.append("<table class=\"permissions\" data-resource=\"")
                    .append(escape(appId))
                    .append("\"><caption>")
                    .append(escape(api.displayName()))
                    .append("</caption><thead><tr><th scope=\"col\">Permission</th><th scope=\"col\">Type</th></tr>"
                            + "</thead><tbody>\n");
            wanted.forEach(permission -> html.append(row(api, permission)));
            html.append("</tbody></table>\n");
        });
        return html.toString();
    }

    private static String row(ResourceApi api, RequestedPermission permission) {
        PermissionDefinition definition =
                api.find(permission.type(), permission.value()).orElseThrow();
        String type = permission.type() == PermissionType.Application ? "Application" : "Delegated";
        return "<tr data-type=\"" + type + "\" data-value=\"" + escape(definition.value()) + "\"><td><code>"
                + escape(definition.value()) + "</code><span>" + escape(definition.displayName()) + "</span></td><td>"
                + type + "</td></tr>\n";
    }

    private static String accounts() {
        StringBuilder html = new StringBuilder("<fieldset><legend>Signed in as</legend>\n");
        for (Account account : Account.values()) {
            html.append("<label for=\"account-")
                    .append(account.formValue())
                    .append("\"><input type=\"radio\" id=\"account-")
                    .append(account.formValue())
                    .append("\" name=\"account\" value=\"")
                    .append(account.formValue())
                    .append(account == Account.ADMINISTRATOR ? "\" checked>" : "\">")
                    .append("<span>")
                    .append(label(account))
                    .append("</span></label>\n");
        }
        return html.append("</fieldset>\n").toString();
    }

    private static String label(Account account) {
        return switch (account) {
            case ADMINISTRATOR -> "A Global or Privileged Role Administrator of the organization";
            case APPLICATION_ADMINISTRATOR -> "A Cloud Application Administrator of the organization";
            case USER -> "An ordinary user of the organization";
            case OUTSIDER -> "An administrator of another organization";
        };
    }

    private static String destination(ConsentRequest consent) {
        return consent.redirectUri() == null
                ? ""
                : "<p class=\"quiet\">Afterwards you return to " + escape(consent.redirectUri()) + "</p>\n";
    }

    private static WebResponse page(int status, String title, String body) {
        return WebResponse.html(
                status,
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                        + escape(title) + "</title><style>\n" + STYLE + "</style></head><body><main>\n"
                        + "<p class=\"simulated\">Simulated sign-in. This is not Microsoft.</p>\n"
                        + body + "</main></body></html>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream file = ConsentPages.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

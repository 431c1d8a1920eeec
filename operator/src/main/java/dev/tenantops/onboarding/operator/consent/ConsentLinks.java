package dev.tenantops.onboarding.operator.consent;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.consent.OnboardingLinks.ApplicationName;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;

/**
 * Builds consent URLs. They are stable: the same onboarding always has the same, so that a forwarded link keeps working.
 *
 * <p>The tenant's GUID stands in the path, so that an administrator of another tenant cannot consent there by mistake.
 * The scope is {@code .default}: app roles cannot be named in a scope, and a name that is both an app role and a scope
 * silently becomes the scope. Source:
 * https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
public final class ConsentLinks {

    static final String GRAPH_APPLICATION_ROLES = "Privileged Role Administrator or Global Administrator";
    static final String OTHER_ROLES =
            "Cloud Application Administrator, Application Administrator, Privileged Role Administrator or Global"
                    + " Administrator";
    static final String TEAMS_ROLES = "Teams Administrator or Global Administrator";

    private final Optional<URI> callback;

    /**
     * @param callback where consent pages return to when a catalog names no reply URL
     */
    public ConsentLinks(Optional<URI> callback) {
        this.callback = callback;
    }

    /** All links of an onboarding. */
    public OnboardingLinks of(DesiredOnboarding desired, String tenantId, String onboardingUid) {
        var verifiers = new HashMap<String, ConsentLink>();
        var actions = new HashMap<ApplicationName, ConsentLink>();
        var applications = new HashMap<ApplicationName, ConsentLink>();
        for (DesiredCatalog catalog : desired.catalogs()) {
            verifiers.putIfAbsent(catalog.name(), verifier(catalog, tenantId, onboardingUid));
            for (DesiredApplication application : catalog.applications()) {
                var name = ApplicationName.of(application);
                application(catalog, application, tenantId, onboardingUid)
                        .ifPresent(it -> applications.putIfAbsent(name, it));
                action(catalog, application).ifPresent(it -> actions.putIfAbsent(name, it));
            }
        }
        return new OnboardingLinks(verifiers, applications, actions);
    }

    /** The first link of an onboarding: the verifier reads app roles, which only the higher roles can grant. */
    private ConsentLink verifier(DesiredCatalog catalog, String tenantId, String onboardingUid) {
        return new ConsentLink(
                adminConsent(
                        catalog.cloud(),
                        tenantId,
                        catalog.verifier().clientId(),
                        catalog.redirectUri(),
                        new ConsentState(onboardingUid, ConsentState.VERIFIER)),
                GRAPH_APPLICATION_ROLES);
    }

    /** The link for an application; empty where there is no page to send anybody to. */
    private Optional<ConsentLink> application(
            DesiredCatalog catalog, DesiredApplication application, String tenantId, String onboardingUid) {
        if (application.action().isPresent() && !application.verifiable()) {
            return action(catalog, application);
        }
        return application
                .clientId()
                .map(clientId -> new ConsentLink(
                        adminConsent(
                                catalog.cloud(),
                                tenantId,
                                clientId,
                                catalog.redirectUri(),
                                new ConsentState(onboardingUid, application.name())),
                        grantableBy(application)));
    }

    /** Where an action is done. Other clouds have admin centers of their own, whose addresses are not documented as stable. */
    private static Optional<ConsentLink> action(DesiredCatalog catalog, DesiredApplication application) {
        var elsewhere = catalog.cloud().cloud() == Cloud.China
                || catalog.cloud().cloud() == Cloud.USGovernment
                || catalog.cloud().cloud() == Cloud.USGovernmentDoD;
        return application
                .action()
                .filter(_ -> !elsewhere)
                .map(_ -> new ConsentLink(
                        URI.create("https://admin.teams.microsoft.com/policies/manage-apps"), TEAMS_ROLES));
    }

    private static String grantableBy(DesiredApplication application) {
        var graphRoles = application.permissions().stream()
                .anyMatch(it -> it.permission().type() == PermissionType.Application
                        && it.resourceAppId().equals(WellKnownResource.MicrosoftGraph.appId()));
        return graphRoles ? GRAPH_APPLICATION_ROLES : OTHER_ROLES;
    }

    private URI adminConsent(
            CloudEndpoints cloud, String tenantId, String clientId, Optional<String> redirectUri, ConsentState state) {
        var replyUrl = redirectUri.or(() -> callback.map(URI::toString));
        var base = cloud.login() + "/" + tenantId;
        // Without a reply URL only the v1 endpoint works, and it takes the client id alone.
        return URI.create(replyUrl.map(reply -> base + "/v2.0/adminconsent?client_id=" + encode(clientId) + "&scope="
                        + encode(cloud.graph() + "/.default") + "&redirect_uri=" + encode(reply) + "&state="
                        + encode(state.toString()))
                .orElseGet(() -> base + "/adminconsent?client_id=" + encode(clientId)));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

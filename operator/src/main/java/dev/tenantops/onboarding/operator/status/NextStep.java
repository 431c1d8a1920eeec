package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.consent.ConsentLink;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.verdict.VerifierVerdict;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says who has to do what. */
public final class NextStep {

    private static final int NAMED = 5;
    private static final String LEAST_ROLE = "Cloud Application Administrator";

    private NextStep() {}

    /** What to do about a licensed application; empty when nothing is to be done or only waiting helps. */
    public static Optional<String> of(ApplicationStatus application) {
        var name = application.displayName();
        return switch (application.state()) {
            case Granted, Attested, NotVerifiable, NotVerified, Propagating, NoLongerLicensed -> Optional.empty();
            case ConsentRequired -> Optional.of(consent(application, "grant admin consent to " + name));
            case ConsentRevoked ->
                Optional.of(consent(application, "grant admin consent to " + name + " again; it was removed"));
            case UserConsentOnly ->
                Optional.of(consent(
                        application,
                        "grant admin consent to " + name + " for the whole organization; so far only single users"
                                + " consented for themselves"));
            case PermissionsMissing ->
                Optional.of(consent(
                        application, "grant admin consent to " + name + " again, which lacks " + missing(application)));
            case ReconsentRequired ->
                Optional.of(consent(
                        application,
                        "grant admin consent to " + name + " once more, since it now also needs "
                                + missing(application)));
            case ApplicationDisabled ->
                Optional.of("Ask an administrator of the tenant to enable the enterprise application " + name
                        + " (Microsoft Entra admin center, Enterprise applications, Properties, Enabled for users to"
                        + " sign in: Yes).");
            case ApplicationDeactivated ->
                Optional.of("Ask the publisher of " + name + " to activate its registration (application id "
                        + application.clientId()
                        + ") again, which it deactivated for all tenants (Microsoft Entra admin"
                        + " center of the publisher, App registrations). There is nothing to do in the tenant.");
            case DisabledByMicrosoft ->
                Optional.of("Ask the publisher of " + name + " to open a case with Microsoft, which disabled its"
                        + " registration (application id " + application.clientId() + ") for all tenants. There is"
                        + " nothing to do in the tenant.");
            case RegistrationDeleted ->
                Optional.of("Ask the publisher of " + name + " to restore its registration (application id "
                        + application.clientId() + "; Microsoft Entra admin center of the publisher, App registrations,"
                        + " Deleted applications, for 30 days). One that is registered anew needs its new id in the"
                        + " ApplicationCatalog " + application.catalog()
                        + " and a new consent. There is nothing to do in"
                        + " the tenant.");
            case RegistrationSingleTenant ->
                Optional.of("Ask the publisher of " + name + " to open its registration (application id "
                        + application.clientId()
                        + ") to all organizations (Microsoft Entra admin center of the publisher,"
                        + " App registrations, Authentication, supported accounts: multiple Entra ID tenants). There is"
                        + " nothing to do in the tenant.");
            case ApplicationDeleted ->
                Optional.of("Ask an administrator of the tenant to restore the enterprise application " + name
                        + " (Microsoft Entra admin center, Enterprise applications, Deleted applications), or "
                        + decapitalized(consent(application, "grant admin consent to " + name + " anew")));
            case ResourceDisabled ->
                Optional.of("Ask an administrator of the tenant to enable what " + name + " needs: "
                        + application.message()
                        + " (Microsoft Entra admin center, Enterprise applications, Application type: Microsoft"
                        + " Applications, Properties, Enabled for users to sign in: Yes; a lapsed subscription has to be"
                        + " renewed.)");
            case PermissionWithdrawn ->
                Optional.of("Ask the publisher of " + name + " for a version that does without it, and correct the"
                        + " ApplicationCatalog " + application.catalog() + ": " + application.message());
            case PermissionRetired ->
                Optional.of("Ask the publisher of " + name + " what replaces what is retired, and license that in place"
                        + " of it. No consent helps: " + application.message());
            case ResourceServicePrincipalMissing ->
                Optional.of("Ask an administrator of the tenant to provision "
                        + application.missing().stream()
                                .map(Permission::resource)
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ", which " + name + " needs; then "
                        + decapitalized(consent(application, "grant admin consent to " + name)));
            case UnknownPermission ->
                Optional.of("Correct the permissions of " + application.name() + " in the ApplicationCatalog "
                        + application.catalog() + ".");
            case NotRequestedByApplication ->
                Optional.of("Ask the publisher of " + name + " to add " + missing(application)
                        + " to its registration, since a consent brought the rest without it; then "
                        + decapitalized(consent(application, "grant admin consent to " + name + " again")));
        };
    }

    /**
     * How to remove what the licences no longer bring. Source:
     * https://learn.microsoft.com/entra/identity/enterprise-apps/delete-application-portal
     */
    static String removal(FormerApplication application) {
        var name = application.displayName();
        return "To clean up, ask an administrator of the tenant (" + LEAST_ROLE + " suffices) to delete the enterprise"
                + " application " + name + " (application id " + application.clientId() + "), which the licences no"
                + " longer bring, unless another onboarding of the tenant needs it: Microsoft Entra admin center,"
                + " Enterprise applications, " + name + ", Properties, Delete. The operator itself never removes"
                + " anything.";
    }

    /** How to do beside the consent what the directory does not show; empty where nothing is to be done. */
    static Optional<String> action(DesiredApplication application, Optional<ConsentLink> link) {
        return application
                .action()
                .map(it ->
                        "Whether its Teams app " + it.teamsAppId() + " is published shows nowhere in the directory, and"
                                + " counts neither for nor against: "
                                + link.map(there -> "a " + there.grantableBy() + " publishes it at " + there.url())
                                        .orElse("an administrator publishes it in the Teams admin center")
                                + ".");
    }

    /**
     * How to remove single grants that the catalog does not ask for. Source:
     * https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions
     */
    static String revocation(DesiredApplication application, int surplus) {
        var name = application.displayName();
        return "The catalog does not ask for " + surplus + " of the granted permissions (see surplus). Where they are"
                + " left over, an administrator of the tenant (" + LEAST_ROLE + " suffices) can revoke them one by one:"
                + " Microsoft Entra admin center, Enterprise applications, " + name + ", Permissions, Admin consent,"
                + " Revoke permission. The next check sees it.";
    }

    /** What to do about a verifier that cannot read, for whoever reads nothing else. */
    static Optional<String> of(VerifierVerdict verifier, ConsentLink link) {
        return verifier.failure().map(it -> switch (it.remedy()) {
            case Remedy.Consent _ -> of(it, consent(verifier, link));
            case Remedy.Instruction(String text) -> named(verifier) + text;
        });
    }

    /** What happened to a verifier, and what to do about it. */
    static String told(VerifierVerdict verifier, Failure failure, ConsentLink link) {
        return named(verifier) + failure.message() + " " + of(failure, consent(verifier, link));
    }

    /** What happened, and what to do about it, where there is no room for a link. */
    static String told(Failure failure) {
        return failure.message() + " " + of(failure);
    }

    /** What to do about a failure, where there is no room for a link. */
    static String of(Failure failure) {
        return of(failure, "A customer administrator has to consent to the verifier.");
    }

    private static String of(Failure failure, String consent) {
        return switch (failure.remedy()) {
            case Remedy.Consent(String note) -> note.isEmpty() ? consent : consent + " " + note;
            case Remedy.Instruction(String text) -> text;
        };
    }

    private static String named(VerifierVerdict verifier) {
        return "Catalog " + verifier.catalog() + ": ";
    }

    private static String consent(VerifierVerdict verifier, ConsentLink link) {
        return "Ask a " + link.grantableBy() + " of the tenant to open " + link.url()
                + " in a private window and grant admin consent to the verifier of the catalog " + verifier.catalog()
                + ".";
    }

    private static String consent(ApplicationStatus application, String what) {
        return application.consentUrl() == null
                ? "Ask the tenant's administrator to " + what + "."
                : "Ask a " + application.grantableBy() + " of the tenant to open " + application.consentUrl()
                        + " in a private window and " + what + ".";
    }

    static String missing(ApplicationStatus application) {
        return named(application.permissions().missing());
    }

    /** The permissions of which it is not said yet that they are missing. */
    static String awaited(ApplicationStatus application) {
        return named(application.permissions().awaited());
    }

    private static String named(Listed permissions) {
        var shown = permissions.shown().stream()
                .limit(NAMED)
                .map(Permission::toString)
                .collect(Collectors.joining(", "));
        var more = permissions.count() - Math.min(NAMED, permissions.shown().size());
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String decapitalized(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}

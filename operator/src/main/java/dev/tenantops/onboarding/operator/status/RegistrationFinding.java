package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.status.CatalogUse.Withdrawn;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The condition {@code RegistrationsValid} of a catalog: what its publisher or Microsoft did to a registration befalls all
 * tenants alike, so it is told once and here, with how many it was seen in. Sources:
 * https://learn.microsoft.com/entra/identity/enterprise-apps/deactivate-application-portal and
 * https://learn.microsoft.com/entra/identity-platform/howto-convert-app-to-be-multi-tenant
 */
final class RegistrationFinding {

    private static final int NAMED = 5;

    /** The worst first: what serves nobody, then what new customers cannot consent to. */
    private static final List<ConditionReason> ORDER = List.of(
            new Open(ApplicationState.DisabledByMicrosoft),
            new Open(ApplicationState.ApplicationDeactivated),
            new Open(ApplicationState.RegistrationDeleted),
            new Open(ApplicationState.RegistrationSingleTenant),
            Summary.RegistrationNotFound,
            Summary.PermissionNotRequested,
            Summary.ReplyUrlMissing);

    private RegistrationFinding() {}

    private record Problem(ConditionReason reason, String message) {}

    /**
     * Empty where nobody reads the registrations, and nothing is known against them.
     *
     * @param registrations what the status says of them
     */
    static Optional<Finding> of(CatalogStatusBuilder.Input input, List<RegistrationStatus> registrations) {
        var problems = Stream.concat(
                        input.use().withdrawn().stream().flatMap(it -> seen(it, input.use())),
                        registrations.stream().flatMap(it -> problems(it, input)))
                .sorted(Comparator.comparing(it -> ORDER.indexOf(it.reason())))
                .toList();
        var unread = input.registrations() instanceof Registrations.Unread(Failure failure)
                ? Optional.of(unread(input, failure))
                : Optional.<String>empty();
        if (!problems.isEmpty()) {
            return Optional.of(new Finding(
                    Status.False,
                    problems.getFirst().reason(),
                    told(problems) + unread.map(it -> " " + it).orElse("")));
        }
        return unread.map(it -> new Finding(Status.Unknown, Summary.RegistrationsNotRead, it))
                .or(() -> input.use().deactivationNotShown() ? Optional.of(notShown()) : Optional.empty())
                .or(() -> input.registrations() instanceof Registrations.Read(var verdicts)
                        ? Optional.of(found(input, verdicts.size()))
                        : Optional.empty());
    }

    private static String told(List<Problem> problems) {
        var named = problems.stream().limit(NAMED).map(Problem::message).collect(Collectors.joining(" "));
        return problems.size() > NAMED ? named + " There are " + (problems.size() - NAMED) + " more problems." : named;
    }

    /** What customers' tenants show. What they say of the publisher's tenant comes from there. */
    private static Stream<Problem> seen(Withdrawn withdrawn, CatalogUse use) {
        var message = switch (withdrawn.state()) {
            case DisabledByMicrosoft ->
                Optional.of("Microsoft disabled the registration of " + withdrawn.application()
                        + ", so that no tenant gets tokens for it" + concerned(withdrawn, use)
                        + ". Open a case with Microsoft; customers can do nothing.");
            case ApplicationDeactivated ->
                Optional.of("The publisher deactivated the registration of " + withdrawn.application()
                        + ", so that no tenant gets tokens for it" + concerned(withdrawn, use)
                        + ". Activate it again in the publisher's Microsoft Entra admin center (App"
                        + " registrations), or take the application out of the catalog; customers can do nothing.");
            default -> Optional.<String>empty();
        };
        return message.map(it -> new Problem(new Open(withdrawn.state()), it)).stream();
    }

    private static String concerned(Withdrawn withdrawn, CatalogUse use) {
        return " (seen in the tenants of " + withdrawn.onboardings() + " of " + use.onboardings() + " onboardings)";
    }

    private static Stream<Problem> problems(RegistrationStatus registration, CatalogStatusBuilder.Input input) {
        var name = Optional.ofNullable(registration.application()).orElse("the verifier") + " ("
                + registration.clientId() + ")";
        var home = input.homeTenantId().orElse("");
        return switch (registration.state()) {
            case Deleted ->
                Stream.of(new Problem(
                        new Open(ApplicationState.RegistrationDeleted),
                        "The registration of " + name + " was deleted"
                                + Optional.ofNullable(registration.deletedTime())
                                        .map(it -> " at " + it)
                                        .orElse("")
                                + ", so that no tenant gets tokens for it" + licensed(registration, input)
                                + ". Restore it within 30 days (App registrations, Deleted applications), or register"
                                + " another and write its id into the catalog."));
            case SingleTenant ->
                Stream.of(new Problem(
                        new Open(ApplicationState.RegistrationSingleTenant),
                        "The registration of " + name
                                + " is for its own tenant only, so that no other gets tokens for it"
                                + licensed(registration, input)
                                + ". Open it to accounts of multiple organizations (App registrations,"
                                + " Authentication)."));
            case NotFound ->
                Stream.of(new Problem(
                        Summary.RegistrationNotFound,
                        "The tenant " + home + " has no registration of " + name
                                + ". Correct the client id or spec.verifier.homeTenantId."));
            case Registered ->
                Stream.concat(
                        Stream.of(registration.notRequested())
                                .filter(it -> !it.isEmpty())
                                .map(it -> new Problem(
                                        Summary.PermissionNotRequested,
                                        "The registration of " + name + " does not request " + named(it)
                                                + ", so that no consent brings it. Add it there (App registrations, API"
                                                + " permissions), then have customers consent again.")),
                        Optional.ofNullable(registration.missingReplyUrl())
                                .map(it -> new Problem(
                                        Summary.ReplyUrlMissing,
                                        "The registration of " + name + " lacks the reply URL " + it
                                                + ", so that consent ends in an error (AADSTS50011). Add it there (App"
                                                + " registrations, Authentication), or correct spec.redirectUri."))
                                .stream());
        };
    }

    /** How many customers it hits. */
    private static String licensed(RegistrationStatus registration, CatalogStatusBuilder.Input input) {
        return input.use().withdrawn().stream()
                .filter(it -> it.application().equals(registration.application()))
                .findFirst()
                .map(it -> ", which hits " + it.onboardings() + " of "
                        + input.use().onboardings() + " onboardings")
                .orElse("");
    }

    private static String named(List<Permission> permissions) {
        var named = permissions.stream().limit(NAMED).map(Permission::toString).collect(Collectors.joining(", "));
        return permissions.size() > NAMED ? named + " and " + (permissions.size() - NAMED) + " more" : named;
    }

    private static String unread(CatalogStatusBuilder.Input input, Failure failure) {
        return "The registrations could not be read in the tenant "
                + input.homeTenantId().orElse("")
                + ", so what was known of them stands. " + failure.message() + " "
                + switch (failure.remedy()) {
                    case Remedy.Consent(String note) ->
                        "Give the verifier the Microsoft Graph application permission Application.Read.All in that tenant,"
                                + " or take spec.verifier.homeTenantId away. " + note;
                    case Remedy.Instruction(String next) -> next;
                };
    }

    private static Finding notShown() {
        return new Finding(
                Status.Unknown,
                Summary.DeactivationNotShown,
                "Microsoft Graph in the cloud of this catalog refuses to tell whether a publisher deactivated an"
                        + " application (the property isDisabled). One that was stays Granted here although it gets no"
                        + " tokens. The operator asks again every ten minutes.");
    }

    private static Finding found(CatalogStatusBuilder.Input input, int count) {
        return new Finding(
                Status.True,
                Summary.RegistrationsFound,
                "All " + count + " registrations were found in the tenant "
                        + input.homeTenantId().orElse("") + ": open to all organizations, with the reply URL and the"
                        + " permissions that the catalog asks for.");
    }
}

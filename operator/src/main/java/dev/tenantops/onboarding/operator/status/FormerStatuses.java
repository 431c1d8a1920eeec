package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict;
import dev.tenantops.onboarding.operator.verdict.Memory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Renders what the licences no longer bring and the tenant still has. */
final class FormerStatuses {

    private static final String UNCERTAIN = "As far as the licences could be resolved they no longer bring it. Leave it"
            + " until what the condition Ready names is corrected, since it may be needed.";

    private static final String UNREAD =
            "The licences no longer bring it. The tenant could not be read, so this is what it"
                    + " had when it was last read. The operator tries again; nothing is to be done until then.";

    private static final String UNRESOLVED =
            "A licence of its catalog could not be resolved, so it is not checked: this is"
                    + " what it had when it was last read. Leave it until what the condition Ready names is corrected.";

    private final StatusInput input;

    FormerStatuses(StatusInput input) {
        this.input = input;
    }

    /** @param licensed how many licensed applications the status shows before these */
    List<ApplicationStatus> render(int licensed) {
        return input.verdict().former().stream()
                .flatMap(it -> render(it).stream())
                .limit(Math.max(0, StatusLimit.APPLICATIONS - licensed))
                .toList();
    }

    /** The next step once everything that is needed is there. */
    static Optional<String> removal(List<FormerVerdict> former) {
        return former.stream()
                .filter(FormerVerdict.Present.class::isInstance)
                .map(it -> NextStep.removal(it.application()))
                .findFirst();
    }

    private Optional<ApplicationStatus> render(FormerVerdict verdict) {
        return switch (verdict) {
            case FormerVerdict.Gone _ -> Optional.empty();
            case FormerVerdict.Present(var application, var servicePrincipalId, var grants, var unread, var memory) ->
                Optional.of(status(
                        application, servicePrincipalId, message(application, unread), Listed.of(grants), memory));
            case FormerVerdict.Unread(var application) ->
                input.previous()
                        .application(application.catalog(), application.name())
                        .map(it -> unread(application, it, UNREAD));
        };
    }

    /** What was no licence's before, once nobody can tell any more what the licences bring. */
    ApplicationStatus unresolved(ApplicationStatus previous) {
        return unread(
                new FormerApplication(previous.catalog(), previous.name(), previous.displayName(), previous.clientId()),
                previous,
                UNRESOLVED);
    }

    private ApplicationStatus unread(FormerApplication application, ApplicationStatus previous, String message) {
        var before = input.memory(previous);
        var remembered = new TreeSet<>(before.granted());
        remembered.addAll(previous.surplus());
        var memory = before.noLongerLicensed(List.copyOf(remembered));
        var grants = remembered.stream()
                .filter(it -> !memory.vanishing().contains(it))
                .toList();
        var total = grants.size()
                + previous.permissions().surplus().unlisted()
                + previous.permissions().granted().unlisted();
        var surplus = new Listed(StatusLimit.permissions(grants), total == 0 ? null : total);
        return status(application, previous.servicePrincipalId(), message, surplus, memory);
    }

    private String message(FormerApplication application, List<Permission> unread) {
        var step = input.verdict().problems().isEmpty() ? NextStep.removal(application) : UNCERTAIN;
        var kinds = unread.stream()
                .map(it -> it.type().name().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        return kinds.isEmpty()
                ? step
                : "Its " + kinds
                        + " permissions could not be read, so those that are listed are what it had when it was"
                        + " last read. " + step;
    }

    private ApplicationStatus status(
            FormerApplication application, String servicePrincipalId, String message, Listed surplus, Memory memory) {
        return new ApplicationStatus(
                new Identity(
                        application.catalog(),
                        application.name(),
                        application.displayName(),
                        application.clientId(),
                        servicePrincipalId),
                ApplicationState.NoLongerLicensed,
                null,
                Link.NONE,
                message,
                new Permissions(
                        Listed.NONE,
                        List.of(),
                        Listed.NONE,
                        Listed.of(memory.vanishing()),
                        StatusLimit.permissions(memory.lost()),
                        surplus,
                        List.of()),
                Memories.times(memory));
    }
}

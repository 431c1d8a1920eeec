package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.operator.consent.ConsentLink;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Memory;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.util.List;
import java.util.Optional;

/** Renders verdicts on applications. */
final class ApplicationStatuses {

    private static final int LIST_LIMIT = 50;

    private final StatusInput input;

    ApplicationStatuses(StatusInput input) {
        this.input = input;
    }

    List<ApplicationStatus> render() {
        return input.verdict().applications().stream().map(this::render).toList();
    }

    private ApplicationStatus render(ApplicationVerdict verdict) {
        return switch (verdict) {
            case Proven proven -> proven(proven);
            case Unread(DesiredApplication application, Failure failure) -> unread(application, failure);
            case NotVerifiable(DesiredApplication application) -> notVerifiable(application);
        };
    }

    private ApplicationStatus proven(Proven proven) {
        return status(
                proven.application(),
                proven.servicePrincipalId(),
                proven.state(),
                proven.message(),
                proven.missing(),
                total(proven.missing()),
                proven.surplus(),
                total(proven.surplus()),
                total(proven.memory().granted()),
                proven.memory());
    }

    /**
     * Nothing was proven this time. While the evidence of last time is fresh it stands, as far as it covers what is
     * needed now; then the state is unknown, and only what the next verdict must remember stays.
     */
    private ApplicationStatus unread(DesiredApplication application, Failure failure) {
        var previous = input.previous().application(application.catalog(), application.name());
        var memory = previous.map(Memories::of).orElse(Memory.NONE);
        var kept = previous.filter(it -> !input.suspended() && input.previousIsFresh() && covers(it, application));
        return status(
                application,
                previous.map(ApplicationStatus::servicePrincipalId),
                kept.map(ApplicationStatus::state).orElse(ApplicationState.NotVerified),
                kept.map(ApplicationStatus::message)
                        .or(() -> kept.isPresent() ? Optional.empty() : Optional.of(failure.message())),
                kept.map(ApplicationStatus::missing).orElse(List.of()),
                kept.map(ApplicationStatus::missingTotal),
                kept.map(ApplicationStatus::surplus).orElse(List.of()),
                kept.map(ApplicationStatus::surplusTotal),
                previous.map(ApplicationStatus::grantedTotal),
                memory);
    }

    private static boolean covers(ApplicationStatus previous, DesiredApplication application) {
        if (previous.state() == ApplicationState.NotVerified
                || !Optional.ofNullable(previous.clientId()).equals(application.clientId())) {
            return false;
        }
        if (previous.state() != ApplicationState.Granted) {
            return true;
        }
        var required = application.permissions().stream()
                .filter(it -> it.required() && it.verifiable())
                .map(DesiredPermission::permission)
                .toList();
        return previous.granted().containsAll(required);
    }

    private ApplicationStatus notVerifiable(DesiredApplication application) {
        return status(
                application,
                Optional.empty(),
                ApplicationState.NotVerifiable,
                Optional.of("Nothing in the directory shows whether this was done; it counts neither for nor against."),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Memory.NONE);
    }

    private ApplicationStatus status(
            DesiredApplication application,
            Optional<String> servicePrincipalId,
            ApplicationState state,
            Optional<String> message,
            List<Permission> missing,
            Optional<Integer> missingTotal,
            List<Permission> surplus,
            Optional<Integer> surplusTotal,
            Optional<Integer> grantedTotal,
            Memory memory) {
        var link = input.applicationLink().apply(application);
        return new ApplicationStatus(
                application.catalog(),
                application.name(),
                application.displayName(),
                application.clientId().orElse(null),
                servicePrincipalId.orElse(null),
                state,
                application.optional() ? true : null,
                link.map(ConsentLink::url).map(Object::toString).orElse(null),
                link.map(ConsentLink::grantableBy).orElse(null),
                message.orElse(null),
                limited(memory.granted()),
                grantedTotal.orElse(null),
                limited(missing),
                missingTotal.orElse(null),
                limited(surplus),
                surplusTotal.orElse(null),
                limited(application.permissions().stream()
                        .filter(it -> !it.verifiable())
                        .map(DesiredPermission::permission)
                        .sorted()
                        .toList()),
                memory.lastGranted().map(Timestamps::format).orElse(null),
                memory.firstMissing().map(Timestamps::format).orElse(null),
                memory.consentReturned().map(Timestamps::format).orElse(null));
    }

    private static Optional<Integer> total(List<Permission> permissions) {
        return permissions.isEmpty() ? Optional.empty() : Optional.of(permissions.size());
    }

    private static List<Permission> limited(List<Permission> permissions) {
        return permissions.size() <= LIST_LIMIT ? permissions : permissions.subList(0, LIST_LIMIT);
    }
}

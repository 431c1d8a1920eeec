package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.SatisfiedPermission;
import dev.tenantops.onboarding.operator.consent.ConsentLink;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import dev.tenantops.onboarding.operator.verdict.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Renders verdicts on applications. */
final class ApplicationStatuses {

    private static final int LIST_LIMIT = 50;

    /** Source: https://learn.microsoft.com/graph/api/resources/directory */
    private static final Duration KEPT_IN_RECYCLE_BIN = Duration.ofDays(30);

    /** Of these nothing was claimed that could end. */
    private static final Set<ApplicationState> UNAFFECTED =
            EnumSet.of(ApplicationState.NotVerifiable, ApplicationState.NoLongerLicensed, ApplicationState.NotVerified);

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
        var application = proven.application();
        var memory = proven.memory();
        return status(
                application,
                proven.servicePrincipalId().or(() -> lastSeen(proven)),
                new Shown(
                        proven.state(),
                        message(proven),
                        limited(memory.granted()),
                        total(memory.granted()),
                        limited(proven.supersets()),
                        limited(proven.missing()),
                        total(proven.missing()),
                        limited(proven.awaited()),
                        total(proven.awaited()),
                        limited(proven.surplus()),
                        total(proven.surplus())),
                memory);
    }

    /** Grants that are left over disturb nothing, so how to remove them is said here and nowhere else. */
    private static Optional<String> message(Proven proven) {
        var surplus =
                proven.state() == ApplicationState.Granted && !proven.surplus().isEmpty()
                        ? Stream.of(NextStep.revocation(
                                proven.application(), proven.surplus().size()))
                        : Stream.<String>empty();
        return Stream.concat(proven.message().stream(), surplus)
                .reduce((first, second) -> first + " " + second)
                .map(Conditions::shortened);
    }

    /**
     * The object id under which an absent application was last seen is where to look for it, for as long as the recycle
     * bin may have it: whatever is wrong with the bin or with the catalog today may be right tomorrow.
     */
    private Optional<String> lastSeen(Proven proven) {
        return previous(proven.application())
                .map(ApplicationStatus::servicePrincipalId)
                .filter(_ -> proven.state() == ApplicationState.ApplicationDeleted
                        || proven.memory()
                                .firstMissing()
                                .filter(this::isPurgedSince)
                                .isEmpty());
    }

    private boolean isPurgedSince(Instant missing) {
        return Duration.between(missing, input.now()).compareTo(KEPT_IN_RECYCLE_BIN) > 0;
    }

    /**
     * Nothing was proven this time. While the evidence of last time is fresh it stands, as far as it covers what is
     * needed now; then the state is unknown, and only what the next verdict must remember stays.
     */
    private ApplicationStatus unread(DesiredApplication application, Failure failure) {
        var previous = previous(application);
        var memory = previous.map(input::memory).orElse(Memory.NONE);
        var kept = previous.filter(it -> !input.suspended() && input.previousIsFresh() && covers(it, application));
        return status(
                application,
                previous.map(ApplicationStatus::servicePrincipalId),
                kept.map(Shown::of)
                        .orElseGet(() -> Shown.unknown(
                                failure.message(), memory.granted(), previous.map(Memories::grantedTotal))),
                kept.isPresent() ? memory : memory.outdated());
    }

    /** The same when it is no longer known: what the next verdict must remember stays. */
    static ApplicationStatus unverified(ApplicationStatus application, TenantOnboardingStatus status, String message) {
        if (UNAFFECTED.contains(application.state()) || UnresolvedStatuses.isOne(application)) {
            return application;
        }
        return unverified(
                application,
                Memories.of(status, application).outdated(),
                message,
                application.consentUrl(),
                application.grantableBy(),
                application.notVerifiable());
    }

    static ApplicationStatus unverified(
            ApplicationStatus application,
            Memory memory,
            String message,
            String consentUrl,
            String grantableBy,
            List<Permission> notVerifiable) {
        var shown = Shown.unknown(message, memory.granted(), Optional.ofNullable(Memories.grantedTotal(application)));
        return new ApplicationStatus(
                application.catalog(),
                application.name(),
                application.displayName(),
                application.clientId(),
                application.servicePrincipalId(),
                shown.state(),
                application.optional(),
                consentUrl,
                grantableBy,
                message,
                shown.granted(),
                shown.grantedTotal(),
                shown.satisfied(),
                shown.missing(),
                shown.missingTotal(),
                shown.awaited(),
                shown.awaitedTotal(),
                memory.lost(),
                shown.surplus(),
                shown.surplusTotal(),
                notVerifiable,
                Timestamps.format(memory.lastGranted()),
                Timestamps.format(memory.vanished()),
                Timestamps.format(memory.firstMissing()),
                Timestamps.format(memory.appeared()),
                Timestamps.format(memory.consentReturned()));
    }

    private static boolean covers(ApplicationStatus previous, DesiredApplication application) {
        if (previous.state() == ApplicationState.NotVerified || previous.state() == ApplicationState.NoLongerLicensed) {
            return false;
        }
        var required = application.permissions().stream()
                .filter(it -> it.required() && it.verifiable())
                .toList();
        if (previous.state() != ApplicationState.Granted) {
            var needed = required.stream().map(DesiredPermission::permission).toList();
            return needed.containsAll(previous.missing()) && needed.containsAll(previous.awaited());
        }
        return required.stream().allMatch(it -> proves(previous, it));
    }

    private static boolean proves(ApplicationStatus previous, DesiredPermission desired) {
        return previous.granted().contains(desired.permission())
                && previous.satisfied().stream()
                        .filter(it -> it.permission().equals(desired.permission()))
                        .allMatch(it -> desired.satisfiedBy().contains(it.by()));
    }

    private ApplicationStatus notVerifiable(DesiredApplication application) {
        return status(
                application,
                Optional.empty(),
                Shown.of(
                        ApplicationState.NotVerifiable,
                        "Nothing in the directory shows whether this was done; it counts neither for nor against."),
                Memory.NONE);
    }

    private Optional<ApplicationStatus> previous(DesiredApplication application) {
        return input.previous()
                .application(application.catalog(), application.name())
                .filter(it -> Optional.ofNullable(it.clientId()).equals(application.clientId()));
    }

    private ApplicationStatus status(
            DesiredApplication application, Optional<String> servicePrincipalId, Shown shown, Memory memory) {
        var link = input.links().application(application);
        return new ApplicationStatus(
                application.catalog(),
                application.name(),
                application.displayName(),
                application.clientId().orElse(null),
                servicePrincipalId.orElse(null),
                shown.state(),
                application.optional() ? true : null,
                link.map(ConsentLink::url).map(Object::toString).orElse(null),
                link.filter(_ -> shown.state() != ApplicationState.Granted)
                        .map(ConsentLink::grantableBy)
                        .orElse(null),
                shown.message().orElse(null),
                shown.granted(),
                shown.grantedTotal(),
                shown.satisfied(),
                shown.missing(),
                shown.missingTotal(),
                shown.awaited(),
                shown.awaitedTotal(),
                limited(memory.lost()),
                shown.surplus(),
                shown.surplusTotal(),
                limited(application.permissions().stream()
                        .filter(it -> !it.verifiable())
                        .map(DesiredPermission::permission)
                        .sorted()
                        .toList()),
                Timestamps.format(memory.lastGranted()),
                Timestamps.format(memory.vanished()),
                Timestamps.format(memory.firstMissing()),
                Timestamps.format(memory.appeared()),
                Timestamps.format(memory.consentReturned()));
    }

    static Integer total(List<Permission> permissions) {
        return permissions.isEmpty() ? null : permissions.size();
    }

    static <T> List<T> limited(List<T> entries) {
        return entries.size() <= LIST_LIMIT ? entries : entries.subList(0, LIST_LIMIT);
    }

    /** What is shown of a verdict. A list that was cut has its length beside it. */
    private record Shown(
            ApplicationState state,
            Optional<String> message,
            List<Permission> granted,
            Integer grantedTotal,
            List<SatisfiedPermission> satisfied,
            List<Permission> missing,
            Integer missingTotal,
            List<Permission> awaited,
            Integer awaitedTotal,
            List<Permission> surplus,
            Integer surplusTotal) {

        static Shown of(ApplicationStatus status) {
            return new Shown(
                    status.state(),
                    Optional.ofNullable(status.message()),
                    status.granted(),
                    status.grantedTotal(),
                    status.satisfied(),
                    status.missing(),
                    status.missingTotal(),
                    status.awaited(),
                    status.awaitedTotal(),
                    status.surplus(),
                    status.surplusTotal());
        }

        static Shown of(ApplicationState state, String message) {
            return unknown(state, message, List.of(), null);
        }

        /** Of the past stays what was granted, which the next verdict has to know. */
        static Shown unknown(String message, List<Permission> granted, Optional<Integer> grantedTotal) {
            return unknown(ApplicationState.NotVerified, message, granted, grantedTotal.orElse(null));
        }

        private static Shown unknown(
                ApplicationState state, String message, List<Permission> granted, Integer grantedTotal) {
            return new Shown(
                    state,
                    Optional.of(message),
                    granted,
                    grantedTotal,
                    List.of(),
                    List.of(),
                    null,
                    List.of(),
                    null,
                    List.of(),
                    null);
        }
    }
}

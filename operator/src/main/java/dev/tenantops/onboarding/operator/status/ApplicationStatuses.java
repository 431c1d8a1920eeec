package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Attestations;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.consent.ConsentLink;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.StateKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders verdicts on applications. */
final class ApplicationStatuses {

    private static final Permissions NOTHING = Permissions.remembered(Listed.NONE, List.of());

    /** Source: https://learn.microsoft.com/graph/api/resources/directory */
    private static final Duration KEPT_IN_RECYCLE_BIN = Duration.ofDays(30);

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
                proven.state(),
                message(proven),
                new Permissions(
                        Listed.of(memory.granted()),
                        StatusLimit.permissions(proven.supersets()),
                        Listed.of(proven.missing()),
                        Listed.of(proven.awaited()),
                        StatusLimit.permissions(memory.lost()),
                        Listed.of(proven.surplus()),
                        List.of()),
                proven.attested(),
                memory);
    }

    /** What shows nowhere and grants that are left over disturb nothing, so how to do the one and to remove them is said here and nowhere else. */
    private Optional<String> message(Proven proven) {
        var action = proven.state() == ApplicationState.Granted
                ? NextStep.action(proven.application(), input.links().action(proven.application())).stream()
                : Stream.<String>empty();
        var surplus =
                ConsentFinding.isClosed(proven.state()) && !proven.surplus().isEmpty()
                        ? Stream.of(NextStep.revocation(
                                proven.application(), proven.surplus().size()))
                        : Stream.<String>empty();
        return Stream.of(proven.message().stream(), action, surplus)
                .flatMap(it -> it)
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
        var servicePrincipalId = previous.map(ApplicationStatus::servicePrincipalId);
        var retired = !input.suspended() && application.isRetired(input.judgedAt());
        return previous.filter(
                        it -> !retired && !input.suspended() && input.previousIsFresh() && covers(it, application))
                .map(it -> status(
                        application,
                        servicePrincipalId,
                        it.state(),
                        Optional.ofNullable(it.message()),
                        it.permissions(),
                        attested(it, application),
                        memory))
                .orElseGet(() -> status(
                        application,
                        servicePrincipalId,
                        retired ? ApplicationState.PermissionRetired : ApplicationState.NotVerified,
                        Optional.of(retired ? Retirements.over(application, input.judgedAt()) : NextStep.told(failure)),
                        previous.map(it -> remembered(memory, it)).orElse(NOTHING),
                        List.of(),
                        memory.outdated()));
    }

    /** What rests on somebody's word still, and not on what was proven. */
    private List<Permission> attested(ApplicationStatus previous, DesiredApplication application) {
        return application
                .needed()
                .filter(it -> isAttested(it) && !proves(previous, it))
                .map(DesiredPermission::permission)
                .sorted()
                .toList();
    }

    private boolean isAttested(DesiredPermission permission) {
        return permission.attested().until(input.judgedAt()).isPresent();
    }

    /** Of the past stays what was granted, which the next verdict has to know. */
    private static Permissions remembered(Memory memory, ApplicationStatus application) {
        return Permissions.remembered(Memories.granted(memory, application), StatusLimit.permissions(memory.lost()));
    }

    /** The same when it is no longer known: what the next verdict must remember stays. */
    static ApplicationStatus unverified(ApplicationStatus application, TenantOnboardingStatus status, String message) {
        if (!StateKind.of(application.state()).claims() || UnresolvedStatuses.isOne(application)) {
            return withoutAttestations(application);
        }
        return unverified(
                application,
                Memories.of(status, application).outdated(),
                message,
                application.link(),
                application.notVerifiable());
    }

    /** Whether somebody vouches for anything is for the next check to say. */
    private static ApplicationStatus withoutAttestations(ApplicationStatus application) {
        return application.attestations().equals(Attestations.NONE)
                ? application
                : new ApplicationStatus(
                        application.identity(),
                        application.state(),
                        application.optional(),
                        application.link(),
                        application.message(),
                        application.permissions(),
                        application.times());
    }

    static ApplicationStatus unverified(
            ApplicationStatus application, Memory memory, String message, Link link, List<Permission> notVerifiable) {
        return new ApplicationStatus(
                application.identity(),
                ApplicationState.NotVerified,
                application.optional(),
                link,
                message,
                remembered(memory, application).withNotVerifiable(notVerifiable),
                Memories.times(memory));
    }

    private boolean covers(ApplicationStatus previous, DesiredApplication application) {
        return switch (previous.state()) {
            case NotVerified, NoLongerLicensed, PermissionRetired -> false;
            case Granted -> application.needed().allMatch(it -> proves(previous, it));
            case Attested ->
                application.needed().allMatch(it -> isAttested(it) || proves(previous, it))
                        && !attested(previous, application).isEmpty();
            default -> {
                var needed = application
                        .needed()
                        .filter(it -> !isAttested(it))
                        .map(DesiredPermission::permission)
                        .toList();
                yield needed.containsAll(previous.missing()) && needed.containsAll(previous.awaited());
            }
        };
    }

    private boolean proves(ApplicationStatus previous, DesiredPermission desired) {
        var larger = previous.satisfied().stream()
                .filter(it -> it.permission().equals(desired.permission()))
                .toList();
        return previous.granted().contains(desired.permission())
                && larger.stream().allMatch(it -> desired.satisfiedBy().contains(it.by()))
                && (larger.isEmpty()
                                ? Stream.of(desired.permission().value())
                                : larger.stream().map(SatisfiedPermission::by))
                        .noneMatch(it -> desired.isRetired(it, input.judgedAt()));
    }

    private ApplicationStatus notVerifiable(DesiredApplication application) {
        return status(
                application,
                Optional.empty(),
                ApplicationState.NotVerifiable,
                Optional.of("Nothing in the directory shows whether this was done; it counts neither for nor against."),
                NOTHING,
                List.of(),
                Memory.NONE);
    }

    private Optional<ApplicationStatus> previous(DesiredApplication application) {
        return input.previous()
                .application(application.catalog(), application.name())
                .filter(it -> Optional.ofNullable(it.clientId()).equals(application.clientId()));
    }

    private ApplicationStatus status(
            DesiredApplication application,
            Optional<String> servicePrincipalId,
            ApplicationState state,
            Optional<String> message,
            Permissions permissions,
            List<Permission> attested,
            Memory memory) {
        var link = input.links().application(application);
        return new ApplicationStatus(
                new Identity(
                        application.catalog(),
                        application.name(),
                        application.displayName(),
                        application.clientId().orElse(null),
                        servicePrincipalId.orElse(null)),
                state,
                application.optional() ? true : null,
                new Link(
                        link.map(it -> it.url().toString()).orElse(null),
                        link.filter(_ -> state != ApplicationState.Granted && state != ApplicationState.Attested)
                                .map(ConsentLink::grantableBy)
                                .orElse(null)),
                message.orElse(null),
                permissions.withNotVerifiable(StatusLimit.permissions(application.permissions().stream()
                        .filter(it -> !it.verifiable())
                        .map(DesiredPermission::permission)
                        .sorted()
                        .toList())),
                new Attestations(StatusLimit.permissions(attested), prerequisites(application)),
                Memories.times(memory));
    }

    private List<PrerequisiteStatus> prerequisites(DesiredApplication application) {
        return application.prerequisites().stream()
                .map(it -> {
                    var until = it.attested().until(input.judgedAt());
                    return new PrerequisiteStatus(
                            it.name(),
                            until.isPresent()
                                    ? PrerequisiteStatus.State.Attested
                                    : it.required()
                                            ? PrerequisiteStatus.State.AttestationRequired
                                            : PrerequisiteStatus.State.NotVerifiable,
                            Timestamps.format(until));
                })
                .toList();
    }
}

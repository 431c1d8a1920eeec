package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.truth.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be said of one application at a moment: that which some replica, or the last evidence, can have shown. */
final class ApplicationOracle {

    private final Timeline timeline;
    private final OracleMemory memory;

    ApplicationOracle(Timeline timeline, OracleMemory memory) {
        this.timeline = timeline;
        this.memory = memory;
    }

    void application(Moment moment, String name, ApplicationStatus status) {
        switch (status.state()) {
            case Granted, Attested -> granted(moment, name);
            case NotVerified -> notVerified(moment, name);
            case Propagating -> propagating(moment, name);
            case PermissionRetired -> {
                // No reading tells it.
            }
            case NotVerifiable, UnknownPermission, PermissionWithdrawn, RegistrationSingleTenant, NoLongerLicensed ->
                moment.report(Kind.FalseRed, name + " is called " + status.state());
            case ApplicationDisabled, ApplicationDeactivated, DisabledByMicrosoft ->
                moment.expect(
                        name,
                        status,
                        it -> it.application(name).live()
                                && it.application(name).block().state() == status.state());
            case RegistrationDeleted ->
                moment.expect(name, status, it -> it.deletedRegistrations().contains(name));
            case ApplicationDeleted ->
                moment.expect(name, status, it -> it.application(name).presence() == Facts.Presence.Deleted);
            case ResourceDisabled ->
                moment.expect(name, status, it -> !it.disabledResources().isEmpty());
            case ResourceServicePrincipalMissing ->
                moment.expect(
                        name,
                        status,
                        it -> timeline.now().needed(name, moment.now()).stream()
                                .anyMatch(permission -> !it.resources().contains(permission.resource())));
            case UserConsentOnly ->
                moment.expect(name, status, it -> !it.application(name).users().isEmpty());
            case ConsentRequired, PermissionsMissing, ReconsentRequired, ConsentRevoked, NotRequestedByApplication ->
                missing(moment, name, status);
        }
        if (status.state() != ApplicationState.NotVerified) {
            Stream.concat(status.missing().stream(), status.awaited().stream()).forEach(permission -> {
                if (moment.never(it -> !it.holds(name, permission))) {
                    moment.report(Kind.FalseRed, name + " is said to lack " + permission);
                }
            });
        }
        if (status.vanishedTime() != null && status.state() == ApplicationState.Propagating) {
            status.missing().stream()
                    .filter(status.granted()::contains)
                    .forEach(it -> moment.report(Kind.FalseRed, name + " is said to lack what is awaited: " + it));
        }
    }

    /** While its catalog is away, an application is remembered and nothing is said of it. */
    void away(Moment moment, ApplicationStatus status) {
        var silent =
                status.state() == ApplicationState.NotVerified || status.state() == ApplicationState.NoLongerLicensed;
        if (!silent || !status.missing().isEmpty()) {
            moment.report(Kind.FalseRed, status.name() + " is called " + status.state() + " without its catalog");
        }
    }

    /** What was called granted is taken back by two readings, never by one. */
    void takenBack(Moment moment, ApplicationStatus before, ApplicationStatus status, int readings) {
        var taken = status.awaited().stream().anyMatch(before.granted()::contains)
                || status.state() == ApplicationState.ApplicationDisabled
                || status.state() == ApplicationState.ApplicationDeactivated
                || status.state() == ApplicationState.DisabledByMicrosoft
                || status.state() == ApplicationState.ApplicationDeleted
                || status.state() == ApplicationState.ResourceDisabled;
        if (TermsOracle.isGreen(before.state()) && taken && readings < 2) {
            moment.report(
                    Kind.FalseRed,
                    status.name() + " is called " + status.state() + " by " + readings + " reading, and was granted");
        }
    }

    /** What no licence brings any more is shown while the tenant has it. */
    void former(Moment moment, ApplicationStatus status) {
        if (timeline.now().catalogAway()) {
            away(moment, status);
            return;
        }
        if (status.state() != ApplicationState.NoLongerLicensed) {
            moment.report(Kind.FalseRed, status.name() + " is not licensed, and called " + status.state());
        }
        var unread = !moment.good() && status.message().contains("when it was last read");
        if (unread && status.message().contains("The tenant could not be read")) {
            return;
        }
        moment.expect(status.name(), status, it -> it.application(status.name()).live());
        status.surplus().forEach(permission -> {
            // What is said to be of an earlier reading claims nothing of the present, and of the other kind all is
            // claimed.
            var kind = permission.type() == PermissionType.Delegated ? "delegated" : "application";
            var earlier =
                    unread && status.message().matches("Its [a-z ]*\\b" + kind + "\\b[a-z ]* permissions could not .*");
            if (!earlier && moment.never(it -> it.holds(status.name(), permission))) {
                moment.report(Kind.FalseRed, status.name() + " is said to hold " + permission);
            }
        });
    }

    private void granted(Moment moment, String name) {
        if (moment.never(
                it -> it.application(name).live() && it.application(name).enabled())) {
            moment.report(Kind.FalseGreen, name + " is called Granted, and gets no tokens");
        }
        if (moment.never(it -> !it.deletedRegistrations().contains(name))) {
            moment.report(Kind.FalseGreen, name + " is called Granted, and its registration was deleted");
        }
        timeline.now().needed(name, moment.now()).forEach(permission -> {
            if (moment.never(it -> it.holds(name, permission))) {
                moment.report(Kind.FalseGreen, name + " is called Granted without " + permission);
            }
            if (moment.never(it -> !it.disabledResources().contains(permission.resource()))) {
                moment.report(Kind.FalseGreen, name + " is called Granted, and " + permission + " has no effect");
            }
        });
    }

    private void missing(Moment moment, String name, ApplicationStatus status) {
        var required = timeline.now().needed(name, moment.now());
        // Who does without all that an application asks for still needs it in the tenant: where it is not, nobody signs
        // in.
        moment.expect(
                name,
                status,
                it -> !it.application(name).live()
                        || required.stream().anyMatch(permission -> !it.holds(name, permission)));
        if (status.state() == ApplicationState.ConsentRevoked || status.firstMissingTime() != null) {
            loss(moment, name, status);
        }
        if (status.state() == ApplicationState.ConsentRevoked) {
            required.forEach(permission -> {
                if (moment.never(it -> !it.holds(name, permission))) {
                    moment.report(Kind.FalseRed, name + " is called revoked, but has " + permission);
                }
            });
        }
        if (status.state() == ApplicationState.ReconsentRequired
                && !memory.of(name).grantedOnce()) {
            moment.report(Kind.FalseRed, name + " needs consent once more, but never had it");
        }
    }

    /** What is called lost was lost in the interval that is told. */
    private void loss(Moment moment, String name, ApplicationStatus status) {
        if (status.firstMissingTime() == null) {
            moment.report(Kind.FalseRed, name + " is called lost, and not since when");
            return;
        }
        var from = Optional.ofNullable(status.lastGrantedTime())
                .map(Instant::parse)
                .orElse(Instant.EPOCH);
        var first = Instant.parse(status.firstMissingTime());
        var behind = timeline.between(from.minusSeconds(60), from)
                .map(Facts::lag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        // A replica that was behind may have shown it missing just before it was.
        var to = timeline.between(first, first).allMatch(it -> it.lag().isZero()) ? first : moment.now();
        var lost = timeline.now().demands().get(name).required().stream()
                .anyMatch(permission -> timeline.lost(name, permission, from.minus(behind), to));
        if (!lost) {
            moment.report(Kind.FalseRed, name + " lost nothing between " + from + " and " + to);
        }
    }

    private void notVerified(Moment moment, String name) {
        if (timeline.now().suspended()) {
            return;
        }
        var proven = memory.lastUndisturbed()
                .filter(it -> Duration.between(it, moment.now()).compareTo(VirtualOperator.FRESHNESS.dividedBy(2)) <= 0
                        && !replicasDiffered(it, moment)
                        && !timeline.changed(it, moment.now(), Facts::suspended)
                        && !timeline.changed(it, moment.now(), Facts::catalogAway)
                        && !timeline.changed(it, moment.now(), Facts::claimedElsewhere)
                        && !timeline.changed(
                                it, moment.now(), facts -> facts.demands().get(name))
                        && !timeline.changed(it, moment.now(), Facts::terms)
                        && !timeline.now().terms().turned(it, moment.now())
                        && !timeline.changed(it, moment.now(), Facts::licensed));
        if (differs(name, moment.now(), moment)) {
            return;
        }
        if (moment.good() || (proven.isPresent() && !proven.get().equals(moment.now()))) {
            moment.report(Kind.UnexplainedUnknown, name + " is not verified");
        }
    }

    /** What is not proven of one application keeps the evidence of all from being renewed. */
    private boolean replicasDiffered(Instant at, Moment moment) {
        return timeline.now().licensed().stream().anyMatch(name -> differs(name, at, moment));
    }

    /**
     * Whether one replica has the application and another has not; or has an API that it needs permissions of. Then one
     * may list the API, and the other cannot tell what it defines: unless there is no application that could have any of
     * it, nothing shows whether it has.
     */
    private boolean differs(String name, Instant at, Moment moment) {
        var from = at.minus(moment.lag());
        var needed =
                timeline.now().required(name).stream().map(Permission::resource).collect(Collectors.toSet());
        return timeline.changed(from, at, it -> it.application(name).presence())
                || (timeline.between(from, at)
                                .anyMatch(it -> it.application(name).live())
                        && timeline.changed(
                                from,
                                at,
                                it -> needed.stream()
                                        .filter(it.resources()::contains)
                                        .collect(Collectors.toSet())));
    }

    private void propagating(Moment moment, String name) {
        // What could not be read is not noticed meanwhile.
        if (!moment.good()
                || Duration.between(memory.readableSince(), moment.now()).compareTo(Oracle.NOTICING) <= 0) {
            return;
        }
        var from = moment.now().minus(Oracle.NOTICING).minus(moment.lag());
        if (!memory.returnedSince(name, from)
                && !timeline.changed(from, moment.now(), it -> it.application(name))
                && !timeline.changed(from, moment.now(), Facts::resources)) {
            moment.report(Kind.UnexplainedUnknown, name + " is called propagating since before " + from);
        }
    }
}

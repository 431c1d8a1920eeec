package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.truth.OracleMemory.Published;
import dev.tenantops.onboarding.operator.truth.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** What has to be said when nothing changed for so long that nothing excuses anything. */
final class SettledOracle {

    private static final Duration SLOWEST_REPLICA = Duration.ofSeconds(30);

    private final Timeline timeline;
    private final OracleMemory memory;

    SettledOracle(Timeline timeline, OracleMemory memory) {
        this.timeline = timeline;
        this.memory = memory;
    }

    void settled(Moment moment) {
        var facts = timeline.now();
        for (var name : facts.licensed()) {
            var status = moment.status().application(WorldCatalog.NAME, name).orElseThrow();
            var expected = expected(facts, name);
            if (!expected.contains(status.state())) {
                var green = status.state() == ApplicationState.Granted;
                var vague = status.state() == ApplicationState.NotVerified
                        || status.state() == ApplicationState.Propagating;
                moment.report(
                        green ? Kind.FalseGreen : vague ? Kind.UnexplainedUnknown : Kind.FalseRed,
                        name + " is called " + status.state() + ", and is " + expected);
            } else if (!facts.deletedRegistrations().contains(name)
                    && (!facts.application(name).live()
                            || facts.application(name).enabled())) {
                lists(moment, facts, name, status);
            }
        }
        var ready =
                facts.licensed().stream().allMatch(it -> expected(facts, it).equals(Set.of(ApplicationState.Granted)));
        var condition = moment.condition(ConditionType.READY);
        if (ready != (condition == Condition.Status.True)) {
            moment.report(ready ? Kind.FalseRed : Kind.FalseGreen, "settled with Ready=" + condition);
        }
        var granted = facts.licensed().stream()
                .filter(it -> expected(facts, it).contains(ApplicationState.Granted))
                .count();
        if (!moment.status().granted().equals(granted + "/" + facts.licensed().size())) {
            moment.report(Kind.FalseGreen, "counts " + moment.status().granted() + " granted, not " + granted);
        }
    }

    private void lists(Moment moment, Facts facts, String name, ApplicationStatus status) {
        if (!Set.copyOf(status.missing()).equals(facts.missing(name))) {
            moment.report(Kind.FalseRed, name + " lacks " + facts.missing(name) + ", not " + status.missing());
        }
        var surplus = new TreeSet<>(facts.application(name).held());
        surplus.removeAll(facts.required(name));
        if (facts.application(name).live() && !Set.copyOf(status.surplus()).equals(surplus)) {
            moment.report(Kind.FalseRed, name + " has more than needed: " + surplus + ", not " + status.surplus());
        }
    }

    private Set<ApplicationState> expected(Facts facts, String name) {
        var application = facts.application(name);
        var required = facts.required(name);
        var history = memory.of(name);
        var unprovisioned = required.stream().anyMatch(it -> !facts.resources().contains(it.resource()));
        if (application.live() && application.block() == Facts.Block.Microsoft) {
            return Set.of(ApplicationState.DisabledByMicrosoft);
        }
        if (application.live() && application.block() == Facts.Block.Publisher) {
            return Set.of(ApplicationState.ApplicationDeactivated);
        }
        if (facts.deletedRegistrations().contains(name)) {
            return Set.of(ApplicationState.RegistrationDeleted);
        }
        if (application.presence() == Facts.Presence.Deleted && (history.heldOnce() || !unprovisioned)) {
            return history.heldOnce()
                    ? Set.of(ApplicationState.ApplicationDeleted)
                    : Set.of(
                            ApplicationState.ApplicationDeleted,
                            ApplicationState.ConsentRevoked,
                            ApplicationState.ConsentRequired);
        }
        if (application.live() && !application.enabled()) {
            return Set.of(application.block().state());
        }
        if (unprovisioned) {
            return application.presence() == Facts.Presence.Deleted
                    ? Set.of(ApplicationState.ApplicationDeleted, ApplicationState.ResourceServicePrincipalMissing)
                    : Set.of(ApplicationState.ResourceServicePrincipalMissing);
        }
        var missing = facts.missing(name);
        if (missing.isEmpty()) {
            return required.stream().anyMatch(it -> facts.disabledResources().contains(it.resource()))
                    ? Set.of(ApplicationState.ResourceDisabled)
                    : Set.of(ApplicationState.Granted);
        }
        if (missing.size() < required.size()) {
            return partly(name, history);
        }
        if (history.grantedOnce() && lostSinceGranted(name, history)) {
            return Set.of(ApplicationState.ConsentRevoked);
        }
        if (history.heldOnce()) {
            return Set.of(
                    ApplicationState.ConsentRevoked,
                    ApplicationState.ConsentRequired,
                    ApplicationState.ReconsentRequired);
        }
        return application.live() && required.stream().anyMatch(application.users()::contains)
                ? Set.of(ApplicationState.UserConsentOnly)
                : Set.of(ApplicationState.ConsentRequired);
    }

    private Set<ApplicationState> partly(String name, Published history) {
        var all = Set.of(
                ApplicationState.PermissionsMissing,
                ApplicationState.ReconsentRequired,
                ApplicationState.NotRequestedByApplication);
        if (!history.grantedOnce()) {
            return Set.of(ApplicationState.PermissionsMissing, ApplicationState.NotRequestedByApplication);
        }
        return lostSinceGranted(name, history)
                ? all
                : Set.of(ApplicationState.ReconsentRequired, ApplicationState.NotRequestedByApplication);
    }

    private boolean lostSinceGranted(String name, Published history) {
        return timeline.now().required(name).stream()
                .anyMatch(permission ->
                        timeline.lost(name, permission, history.lastGranted().minus(SLOWEST_REPLICA), Instant.MAX));
    }
}

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

    private static final Set<ApplicationState> MISSING = Set.of(
            ApplicationState.ConsentRevoked,
            ApplicationState.ConsentRequired,
            ApplicationState.UserConsentOnly,
            ApplicationState.ReconsentRequired,
            ApplicationState.PermissionsMissing,
            ApplicationState.NotRequestedByApplication);

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
            var expected = expected(facts, name, moment.now());
            if (!expected.contains(status.state())) {
                var green = TermsOracle.isGreen(status.state());
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
        var ready = facts.licensed().stream()
                .allMatch(it -> expected(facts, it, moment.now()).stream().allMatch(TermsOracle::isGreen)
                        && !facts.terms().unattested(it, moment.now()));
        var condition = moment.condition(ConditionType.READY);
        if (ready != (condition == Condition.Status.True)) {
            moment.report(ready ? Kind.FalseRed : Kind.FalseGreen, "settled with Ready=" + condition);
        }
        var granted = facts.licensed().stream()
                .filter(it -> expected(facts, it, moment.now()).contains(ApplicationState.Granted))
                .count();
        if (!moment.status().granted().equals(granted + "/" + facts.licensed().size())) {
            moment.report(Kind.FalseGreen, "counts " + moment.status().granted() + " granted, not " + granted);
        }
    }

    private void lists(Moment moment, Facts facts, String name, ApplicationStatus status) {
        var missing = facts.missing(name, moment.now());
        if (!Set.copyOf(status.missing()).equals(missing)) {
            moment.report(Kind.FalseRed, name + " lacks " + missing + ", not " + status.missing());
        }
        var surplus = new TreeSet<>(facts.application(name).held());
        surplus.removeAll(facts.required(name));
        if (facts.application(name).live() && !Set.copyOf(status.surplus()).equals(surplus)) {
            moment.report(Kind.FalseRed, name + " has more than needed: " + surplus + ", not " + status.surplus());
        }
    }

    private Set<ApplicationState> expected(Facts facts, String name, Instant now) {
        if (!facts.terms().retired(name, facts.required(name), now).isEmpty()) {
            return Set.of(ApplicationState.PermissionRetired);
        }
        var application = facts.application(name);
        var required = facts.needed(name, now);
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
        var missing = facts.missing(name, now);
        if (missing.isEmpty()) {
            if (!application.live()) {
                return Set.of(ApplicationState.ConsentRequired);
            }
            return required.stream().anyMatch(it -> facts.disabledResources().contains(it.resource()))
                    ? Set.of(ApplicationState.ResourceDisabled)
                    : Set.of(waivedInFact(facts, name, now) ? ApplicationState.Attested : ApplicationState.Granted);
        }
        if (memory.everAttested(name)) {
            // What somebody vouched for was not watched meanwhile, so nobody can say what became of it.
            return MISSING;
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

    /** Whether the customer does without something that is not proven to work. */
    private static boolean waivedInFact(Facts facts, String name, Instant now) {
        return facts.required(name).stream()
                .filter(it -> facts.terms().waived(name, it, now))
                .anyMatch(it -> !facts.holds(name, it)
                        || facts.disabledResources().contains(it.resource())
                        || facts.terms().isOver(name, it, now));
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

package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.truth.Violation.Kind;
import java.time.Instant;

/**
 * What has to be said of what ends with time and of what somebody vouches for. No reading excuses anything here: the catalog,
 * the spec and the clock tell all of it.
 */
final class TermsOracle {

    private final Timeline timeline;

    TermsOracle(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Nothing good is said for longer than it lasts, and the operator looks again when it ends. */
    void published(Moment moment, CheckResult outcome) {
        if (moment.condition(ConditionType.READY) != Condition.Status.True) {
            return;
        }
        var facts = timeline.now();
        var end = facts.licensed().stream()
                .flatMap(name -> facts.terms().endsOf(name, facts.required(name), moment.now()))
                .min(Instant::compareTo);
        end.ifPresent(it -> {
            if (Instant.parse(moment.status().validUntil()).isAfter(it)) {
                moment.report(
                        Kind.FalseGreen, "is valid until " + moment.status().validUntil() + ", and ends at " + it);
            }
            if (moment.now().plus(outcome.recheck()).isAfter(it.plusSeconds(1))) {
                moment.report(Kind.FalseGreen, "ends at " + it + ", and looks again only after " + outcome.recheck());
            }
        });
    }

    void application(Moment moment, String name, ApplicationStatus status) {
        var facts = timeline.now();
        var now = moment.now();
        if (facts.suspended() || facts.catalogAway()) {
            return;
        }
        var retired = facts.terms().retired(name, facts.required(name), now);
        if (!retired.isEmpty() && status.state() != ApplicationState.PermissionRetired) {
            moment.report(
                    isGreen(status.state()) ? Kind.FalseGreen : Kind.UnexplainedUnknown,
                    name + " is called " + status.state() + ", and " + retired + " is retired");
        }
        if (retired.isEmpty() && status.state() == ApplicationState.PermissionRetired) {
            moment.report(Kind.FalseRed, name + " is called retired, and is not");
        }
        status.attested().forEach(it -> {
            if (!facts.terms().waived(name, it, now)) {
                moment.report(Kind.FalseGreen, name + " is said to do without " + it + ", which nobody attests");
            }
            if (status.granted().contains(it) || status.missing().contains(it)) {
                moment.report(Kind.FalseGreen, name + " counts as granted or as missing what is attested: " + it);
            }
        });
        if ((status.state() == ApplicationState.Attested) == status.attested().isEmpty() && isGreen(status.state())) {
            moment.report(Kind.FalseGreen, name + " is " + status.state() + " with " + status.attested() + " attested");
        }
    }

    void conditions(Moment moment) {
        var facts = timeline.now();
        if (facts.suspended() || facts.catalogAway()) {
            return;
        }
        var unattested = facts.licensed().stream()
                .filter(it -> facts.terms().unattested(it, moment.now()))
                .findFirst();
        var attested = moment.condition(ConditionType.ATTESTED);
        if (unattested.isPresent() && moment.condition(ConditionType.READY) != Condition.Status.False) {
            moment.report(
                    Kind.FalseGreen,
                    "Ready=" + moment.condition(ConditionType.READY) + ", and nobody vouches for " + unattested.get());
        }
        if (unattested.isPresent() && attested != Condition.Status.False) {
            moment.report(Kind.FalseGreen, "Attested=" + attested + ", and nobody vouches for " + unattested.get());
        }
        var required = moment.status()
                .condition(ConditionType.ATTESTED)
                .map(Condition::reason)
                .filter("AttestationRequired"::equals);
        if (unattested.isEmpty() && required.isPresent()) {
            moment.report(Kind.FalseRed, "an attestation is asked for that is there, or that nobody needs");
        }
    }

    /** Whether nothing is left to be done in a state. */
    static boolean isGreen(ApplicationState state) {
        return state == ApplicationState.Granted || state == ApplicationState.Attested;
    }
}

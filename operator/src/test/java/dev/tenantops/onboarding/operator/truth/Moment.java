package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.truth.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** One publication, beside what was true around it. */
final class Moment {

    private final Timeline timeline;
    private final List<Violation> violations;
    private final Instant now;
    private final boolean good;
    private final TenantOnboardingStatus status;

    /** @param violations what the publication violates is added to them */
    Moment(Timeline timeline, List<Violation> violations, Instant now, boolean good, TenantOnboardingStatus status) {
        this.timeline = timeline;
        this.violations = violations;
        this.now = now;
        this.good = good;
        this.status = status;
    }

    Instant now() {
        return now;
    }

    /** Whether the reading behind it met nothing that keeps it from the whole truth. */
    boolean good() {
        return good;
    }

    TenantOnboardingStatus status() {
        return status;
    }

    Duration lag() {
        return timeline.now().lag();
    }

    Condition.Status condition(String type) {
        return status.condition(type).map(Condition::status).orElse(null);
    }

    /** Whether something was at no time so that the evidence can be of. */
    boolean never(Predicate<Facts> wanted) {
        var from = now.minus(lag());
        return timeline.between(good ? from : from.minus(VirtualOperator.FRESHNESS), now)
                .noneMatch(wanted);
    }

    void expect(String name, ApplicationStatus application, Predicate<Facts> wanted) {
        if (never(wanted)) {
            report(Kind.FalseRed, name + " is called " + application.state() + ", which it is not");
        }
    }

    void report(Kind kind, String what) {
        violations.add(new Violation(kind, now, what));
    }
}

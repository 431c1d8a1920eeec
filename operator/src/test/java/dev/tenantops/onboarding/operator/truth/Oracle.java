package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.operator.OnboardingPipeline.Outcome;
import dev.tenantops.onboarding.operator.truth.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Judges everything that the operator publishes by what was really true.
 *
 * <p>What it grants the operator are the windows that the product states: replicas may be as far behind as they are, what
 * was proven counts for the freshness window while nothing can be read, a loss takes two readings, and a consent takes
 * its time to spread. A reading that nothing disturbed has to show what some replica knew at that moment. Once nothing
 * has changed for longer than all windows together, the verdict has to be exactly right.
 */
final class Oracle {

    /** The check that is due plus the readings that confirm what it found. */
    private static final Duration NOTICING = VirtualOperator.INTERVAL
            .multipliedBy(11)
            .dividedBy(10)
            .plus(VirtualOperator.AFTER_CONSENT)
            .plus(VirtualOperator.CONFIRMATION.multipliedBy(3));

    /** An interval with its jitter; or what a service that is sound again had asked for. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private static final Duration SETTLING = NOTICING.multipliedBy(2);

    /** How long a token and a denial may stay in use. */
    private static final Duration VERIFIER_SETTLING = VirtualOperator.INTERVAL.multipliedBy(3);

    private static final Duration TOKEN = Duration.ofSeconds(3600);

    private final Timeline timeline;
    private final Consumer<String> trace;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<ApplicationState, Integer> states = new EnumMap<>(ApplicationState.class);
    private final Map<String, Instant> returns = new HashMap<>();
    private final Map<String, History> histories = new HashMap<>();
    private Optional<Instant> disturbed = Optional.empty();
    private Optional<Instant> undisturbed = Optional.empty();
    private Instant readableSince = Instant.EPOCH;
    private Instant leftAloneUntil = Instant.EPOCH;
    private int settled;

    /** What was published of an application before. */
    private static final class History {
        private boolean grantedOnce;
        private boolean heldOnce;
        private Instant lastGranted;
    }

    Oracle(Timeline timeline, Consumer<String> trace) {
        this.timeline = timeline;
        this.trace = trace;
    }

    List<Violation> violations() {
        return violations;
    }

    Map<ApplicationState, Integer> states() {
        return states;
    }

    int settled() {
        return settled;
    }

    void consentReturned(String application, Instant at) {
        returns.put(application, at);
    }

    /** The operator was told to leave the tenant alone. */
    void askedToWait(Instant until) {
        leftAloneUntil = until.isAfter(leftAloneUntil) ? until : leftAloneUntil;
    }

    /** Nobody looks, or nothing can be written down. */
    void blind(Instant now) {
        disturbed = Optional.of(now);
    }

    void published(Instant now, TenantOnboardingStatus before, Outcome outcome) {
        var status = outcome.status();
        var good = readable(now);
        var moment = new Moment(now, good, status);
        trace(now, status);
        if (good) {
            if (disturbed.isPresent()
                    && undisturbed.filter(it -> it.isAfter(disturbed.get())).isEmpty()) {
                readableSince = now;
            }
            undisturbed = Optional.of(now);
        } else {
            disturbed = Optional.of(now);
        }
        if (moment.condition(ConditionType.READY) == Condition.Status.True
                && now.plus(outcome.recheck())
                        .isAfter(Instant.parse(status.lastVerified())
                                .plus(VirtualOperator.FRESHNESS)
                                .plusSeconds(2))) {
            moment.report(Kind.FalseGreen, "looks again only after " + outcome.recheck());
        }
        if (timeline.now().undisturbed() && outcome.recheck().compareTo(LONGEST_WAIT) > 0) {
            moment.report(Kind.FalseGreen, "looks again only after " + outcome.recheck());
        }
        for (var name : timeline.now().licensed()) {
            status.application(World.CATALOG, name)
                    .ifPresentOrElse(
                            it -> application(moment, name, it),
                            () -> moment.report(Kind.FalseGreen, name + " is licensed and not shown"));
        }
        status.applications().stream()
                .filter(it -> !timeline.now().licensed().contains(it.name()))
                .forEach(it -> former(moment, it));
        conditions(moment);
        if (good && steady(now)) {
            settled++;
            settled(moment);
        }
        for (var name : timeline.now().licensed()) {
            status.application(World.CATALOG, name).ifPresent(it -> remember(now, good, name, it));
        }
        histories
                .keySet()
                .retainAll(status.applications().stream()
                        .map(ApplicationStatus::name)
                        .toList());
    }

    private void trace(Instant now, TenantOnboardingStatus status) {
        trace.accept(now + "   Ready "
                + status.condition(ConditionType.READY)
                        .map(it -> it.status() + " " + it.reason())
                        .orElse(""));
        status.applications()
                .forEach(it -> trace.accept(now + "   " + it.name() + " " + it.state() + ", missing " + it.missing()
                        + ", granted " + it.lastGrantedTime() + ", lost " + it.firstMissingTime()));
    }

    /** Whether this reading met nothing that keeps it from the whole truth. */
    private boolean readable(Instant now) {
        var facts = timeline.now();
        return facts.undisturbed()
                && !now.isBefore(leftAloneUntil)
                && !facts.suspended()
                && timeline.between(now.minus(VERIFIER_SETTLING), now).allMatch(Facts::verifierReads);
    }

    /** Whether nothing changed for so long that nothing excuses anything. */
    private boolean steady(Instant now) {
        var from = now.minus(SETTLING);
        return timeline.between(from, now).distinct().count() == 1
                && disturbed.filter(it -> it.isAfter(from)).isEmpty()
                && returns.values().stream().noneMatch(it -> it.isAfter(from));
    }

    private void remember(Instant now, boolean good, String name, ApplicationStatus status) {
        var history = histories.computeIfAbsent(name, _ -> new History());
        if (status.state() == ApplicationState.Granted) {
            history.grantedOnce = true;
            history.lastGranted = good || history.lastGranted == null ? now : history.lastGranted;
        }
        history.heldOnce |= !status.granted().isEmpty();
    }

    private void application(Moment moment, String name, ApplicationStatus status) {
        states.merge(status.state(), 1, Integer::sum);
        switch (status.state()) {
            case Granted -> granted(moment, name);
            case NotVerified -> notVerified(moment, name);
            case Propagating -> propagating(moment, name);
            case NotVerifiable, UnknownPermission, PermissionWithdrawn, NoLongerLicensed ->
                moment.report(Kind.FalseRed, name + " is called " + status.state());
            case ApplicationDisabled ->
                moment.expect(
                        name,
                        status,
                        it -> it.application(name).live()
                                && !it.application(name).enabled());
            case ApplicationDeleted ->
                moment.expect(name, status, it -> it.application(name).presence() == Facts.Presence.Deleted);
            case ResourceDisabled ->
                moment.expect(name, status, it -> !it.disabledResources().isEmpty());
            case ResourceServicePrincipalMissing ->
                moment.expect(
                        name,
                        status,
                        it -> timeline.now().required(name).stream()
                                .anyMatch(permission -> !it.resources().contains(permission.resource())));
            case UserConsentOnly ->
                moment.expect(name, status, it -> !it.application(name).users().isEmpty());
            case ConsentRequired, PermissionsMissing, ReconsentRequired, ConsentRevoked, NotRequestedByApplication ->
                missing(moment, name, status);
        }
        if (status.state() != ApplicationState.NotVerified && status.state() != ApplicationState.Propagating) {
            status.missing().forEach(permission -> {
                if (moment.never(it -> !it.holds(name, permission))) {
                    moment.report(Kind.FalseRed, name + " is said to lack " + permission);
                }
            });
        }
    }

    /** What no licence brings any more is shown while the tenant has it. */
    private void former(Moment moment, ApplicationStatus status) {
        states.merge(status.state(), 1, Integer::sum);
        if (status.state() != ApplicationState.NoLongerLicensed) {
            moment.report(Kind.FalseRed, status.name() + " is not licensed, and called " + status.state());
        }
        if (status.message().contains("when it was last read") && !moment.good()) {
            return;
        }
        moment.expect(status.name(), status, it -> it.application(status.name()).live());
        status.surplus().forEach(permission -> {
            if (moment.never(it -> it.holds(status.name(), permission))) {
                moment.report(Kind.FalseRed, status.name() + " is said to hold " + permission);
            }
        });
    }

    private void granted(Moment moment, String name) {
        if (moment.never(
                it -> it.application(name).live() && it.application(name).enabled())) {
            moment.report(Kind.FalseGreen, name + " is called Granted, and gets no tokens");
        }
        timeline.now().required(name).forEach(permission -> {
            if (moment.never(it -> it.holds(name, permission))) {
                moment.report(Kind.FalseGreen, name + " is called Granted without " + permission);
            }
            if (moment.never(it -> !it.disabledResources().contains(permission.resource()))) {
                moment.report(Kind.FalseGreen, name + " is called Granted, and " + permission + " has no effect");
            }
        });
    }

    private void missing(Moment moment, String name, ApplicationStatus status) {
        var required = timeline.now().required(name);
        moment.expect(name, status, it -> required.stream().anyMatch(permission -> !it.holds(name, permission)));
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
        var history = histories.getOrDefault(name, new History());
        if (status.state() == ApplicationState.ReconsentRequired && !history.grantedOnce) {
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
                .anyMatch(permission -> lostBetween(name, permission, from.minus(behind), to));
        if (!lost) {
            moment.report(Kind.FalseRed, name + " lost nothing between " + from + " and " + to);
        }
    }

    private boolean lostBetween(String name, Permission permission, Instant from, Instant to) {
        var held =
                timeline.between(from, to).map(it -> it.holds(name, permission)).toList();
        for (var index = 1; index < held.size(); index++) {
            if (held.get(index - 1) && !held.get(index)) {
                return true;
            }
        }
        return false;
    }

    private void notVerified(Moment moment, String name) {
        if (timeline.now().suspended()) {
            return;
        }
        var proven = undisturbed.filter(
                it -> Duration.between(it, moment.now()).compareTo(VirtualOperator.FRESHNESS.dividedBy(2)) <= 0
                        && !replicasDiffered(it, moment)
                        && !timeline.changed(it, moment.now(), Facts::suspended)
                        && !timeline.changed(
                                it, moment.now(), facts -> facts.demands().get(name))
                        && !timeline.changed(it, moment.now(), Facts::licensed));
        if (timeline.changed(
                moment.now().minus(moment.lag()),
                moment.now(),
                it -> it.application(name).presence())) {
            // One replica has it, the other has not.
            return;
        }
        if (moment.good() || (proven.isPresent() && !proven.get().equals(moment.now()))) {
            moment.report(Kind.UnexplainedUnknown, name + " is not verified");
        }
    }

    /** What is not proven of one application keeps the evidence of all from being renewed. */
    private boolean replicasDiffered(Instant at, Moment moment) {
        return timeline.now().licensed().stream()
                .anyMatch(name -> timeline.changed(
                        at.minus(moment.lag()), at, it -> it.application(name).presence()));
    }

    private void propagating(Moment moment, String name) {
        // What could not be read is not noticed meanwhile.
        if (!moment.good() || Duration.between(readableSince, moment.now()).compareTo(NOTICING) <= 0) {
            return;
        }
        var from = moment.now().minus(NOTICING).minus(moment.lag());
        var returned = Optional.ofNullable(returns.get(name))
                .filter(it -> it.isAfter(from))
                .isPresent();
        if (!returned
                && !timeline.changed(from, moment.now(), it -> it.application(name))
                && !timeline.changed(from, moment.now(), Facts::resources)) {
            moment.report(Kind.UnexplainedUnknown, name + " is called propagating since before " + from);
        }
    }

    private void conditions(Moment moment) {
        var needed = moment.status().applications().stream()
                .filter(it -> timeline.now().licensed().contains(it.name()))
                .toList();
        var open = needed.stream()
                .filter(it -> it.state() != ApplicationState.Granted)
                .toList();
        var unknown = open.stream()
                .allMatch(
                        it -> it.state() == ApplicationState.NotVerified || it.state() == ApplicationState.Propagating);
        var verifier = moment.condition(ConditionType.VERIFIER_AUTHORIZED);
        var consent = moment.condition(ConditionType.CONSENT_GRANTED);
        var ready = moment.condition(ConditionType.READY);
        if (consent == Condition.Status.True && !open.isEmpty() || ready == Condition.Status.True && !open.isEmpty()) {
            moment.report(
                    Kind.FalseGreen,
                    "green although " + open.getFirst().name() + " is "
                            + open.getFirst().state());
        }
        if (timeline.now().suspended()) {
            if (ready != Condition.Status.Unknown) {
                moment.report(Kind.FalseGreen, "suspended and yet Ready=" + ready);
            }
            return;
        }
        if (ready == Condition.Status.False && unknown && verifier != Condition.Status.False) {
            moment.report(Kind.FalseRed, "Ready=False for nothing that is known");
        }
        if (ready == Condition.Status.Unknown && open.isEmpty() && moment.good()) {
            moment.report(Kind.UnexplainedUnknown, "Ready=Unknown although everything is granted");
        }
        if (moment.good() && verifier != Condition.Status.True) {
            moment.report(
                    verifier == Condition.Status.False ? Kind.FalseRed : Kind.UnexplainedUnknown,
                    "the verifier reads everything, and VerifierAuthorized=" + verifier);
        }
        if (verifier == Condition.Status.True
                && timeline.between(moment.now().minus(TOKEN).minus(moment.lag()), moment.now())
                        .noneMatch(Facts::verifierReads)) {
            moment.report(Kind.FalseGreen, "VerifierAuthorized=True, and it cannot read for over an hour");
        }
    }

    /** Nothing excuses anything any more. */
    private void settled(Moment moment) {
        var facts = timeline.now();
        for (var name : facts.licensed()) {
            var status = moment.status().application(World.CATALOG, name).orElseThrow();
            var expected = expected(facts, name);
            if (!expected.contains(status.state())) {
                var green = status.state() == ApplicationState.Granted;
                var vague = status.state() == ApplicationState.NotVerified
                        || status.state() == ApplicationState.Propagating;
                moment.report(
                        green ? Kind.FalseGreen : vague ? Kind.UnexplainedUnknown : Kind.FalseRed,
                        name + " is called " + status.state() + ", and is " + expected);
            } else if (!facts.application(name).live()
                    || facts.application(name).enabled()) {
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
        var history = histories.getOrDefault(name, new History());
        var unprovisioned = required.stream().anyMatch(it -> !facts.resources().contains(it.resource()));
        if (application.presence() == Facts.Presence.Deleted && !unprovisioned) {
            return history.heldOnce
                    ? Set.of(ApplicationState.ApplicationDeleted, ApplicationState.ConsentRevoked)
                    : Set.of(
                            ApplicationState.ApplicationDeleted,
                            ApplicationState.ConsentRevoked,
                            ApplicationState.ConsentRequired);
        }
        if (application.live() && !application.enabled()) {
            return Set.of(ApplicationState.ApplicationDisabled);
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
        if (history.grantedOnce && lostSinceGranted(name, history)) {
            return Set.of(ApplicationState.ConsentRevoked);
        }
        if (history.heldOnce) {
            return Set.of(
                    ApplicationState.ConsentRevoked,
                    ApplicationState.ConsentRequired,
                    ApplicationState.ReconsentRequired);
        }
        return application.live() && required.stream().anyMatch(application.users()::contains)
                ? Set.of(ApplicationState.UserConsentOnly)
                : Set.of(ApplicationState.ConsentRequired);
    }

    private Set<ApplicationState> partly(String name, History history) {
        var all = Set.of(
                ApplicationState.PermissionsMissing,
                ApplicationState.ReconsentRequired,
                ApplicationState.NotRequestedByApplication);
        if (!history.grantedOnce) {
            return Set.of(ApplicationState.PermissionsMissing, ApplicationState.NotRequestedByApplication);
        }
        return lostSinceGranted(name, history)
                ? all
                : Set.of(ApplicationState.ReconsentRequired, ApplicationState.NotRequestedByApplication);
    }

    private boolean lostSinceGranted(String name, History history) {
        return timeline.now().required(name).stream()
                .anyMatch(permission -> lostBetween(
                        name,
                        permission,
                        history.lastGranted.minus(timeline.now().lag()),
                        Instant.MAX));
    }

    /** One publication. */
    private final class Moment {

        private final Instant now;
        private final boolean good;
        private final TenantOnboardingStatus status;

        Moment(Instant now, boolean good, TenantOnboardingStatus status) {
            this.now = now;
            this.good = good;
            this.status = status;
        }

        Instant now() {
            return now;
        }

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
}

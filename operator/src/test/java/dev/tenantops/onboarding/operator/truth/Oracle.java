package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.truth.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
    static final Duration NOTICING = VirtualOperator.INTERVAL
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

    /** A replica that is behind takes the old secret for so long. */
    private static final Duration LONGEST_CREDENTIAL_LAG = Duration.ofSeconds(240);

    /** The longest pause between two tries of a credential that may not have arrived, with its jitter. */
    private static final Duration NEXT_SIGN_IN = Duration.ofSeconds(70);

    private final Timeline timeline;
    private final Consumer<String> trace;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<ApplicationState, Integer> states = new EnumMap<>(ApplicationState.class);
    private final OracleMemory memory = new OracleMemory();
    private final ApplicationOracle applications;
    private final SettledOracle whenSettled;
    private final TermsOracle terms;
    private int settled;
    private Optional<Instant> arrivingSince = Optional.empty();

    Oracle(Timeline timeline, Consumer<String> trace) {
        this.timeline = timeline;
        this.trace = trace;
        this.applications = new ApplicationOracle(timeline, memory);
        this.whenSettled = new SettledOracle(timeline, memory);
        this.terms = new TermsOracle(timeline);
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
        memory.consentReturned(application, at);
    }

    /** The operator was told to leave the tenant alone. */
    void askedToWait(Instant until) {
        memory.askedToWait(until);
    }

    /** Nobody looks, or nothing can be written down. */
    void blind(Instant now) {
        arrivingSince = Optional.empty();
        memory.disturbed(now);
    }

    /** @param readings how often the check has read an application, by client id */
    void published(Instant now, TenantOnboardingStatus before, CheckResult outcome, Map<String, Integer> readings) {
        var status = outcome.status();
        var good = readable(now);
        var moment = new Moment(timeline, violations, now, good, status);
        trace(now, status);
        if (good) {
            memory.undisturbed(now);
        } else {
            memory.disturbed(now);
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
        if (timeline.now().claimedElsewhere()) {
            claimedElsewhere(moment, readings);
            memory.forgetAllBut(List.of());
            return;
        }
        terms.published(moment, outcome);
        for (var name : timeline.now().licensed()) {
            status.application(WorldCatalog.NAME, name)
                    .ifPresentOrElse(
                            it -> {
                                count(it);
                                if (timeline.now().catalogAway()) {
                                    applications.away(moment, it);
                                } else {
                                    applications.application(moment, name, it);
                                    terms.application(moment, name, it);
                                    before.application(WorldCatalog.NAME, name)
                                            .ifPresent(earlier -> applications.takenBack(
                                                    moment, earlier, it, readings.getOrDefault(it.clientId(), 0)));
                                }
                            },
                            () -> forgotten(moment, before, name));
        }
        status.applications().stream()
                .filter(it -> !timeline.now().licensed().contains(it.name()))
                .forEach(it -> {
                    count(it);
                    applications.former(moment, it);
                });
        conditions(moment);
        credential(moment, outcome.recheck());
        terms.conditions(moment);
        if (good && steady(now)) {
            settled++;
            whenSettled.settled(moment);
        }
        for (var name : timeline.now().licensed()) {
            status.application(WorldCatalog.NAME, name).ifPresent(it -> memory.remember(now, good, name, it));
        }
        memory.forgetAllBut(
                status.applications().stream().map(ApplicationStatus::name).toList());
    }

    /** Nothing of a tenant that is another onboarding's is asked for or shown, and a person is told at once. */
    private void claimedElsewhere(Moment moment, Map<String, Integer> readings) {
        var status = moment.status();
        if (!readings.isEmpty()) {
            moment.report(Kind.FalseGreen, "reads a tenant that is another onboarding's");
        }
        if (!status.applications().isEmpty()
                || !status.verifiers().isEmpty()
                || !status.endpoints().isEmpty()
                || status.lastVerified() != null) {
            moment.report(Kind.FalseGreen, "shows a tenant that is another onboarding's");
        }
        var ready = moment.condition(ConditionType.READY);
        if (timeline.now().suspended()) {
            if (ready != Condition.Status.Unknown) {
                moment.report(Kind.FalseGreen, "suspended and yet Ready=" + ready);
            }
        } else if (ready != Condition.Status.False
                || !status.condition(ConditionType.READY).orElseThrow().reason().equals("TenantClaimedElsewhere")
                || moment.condition(ConditionType.STALLED) != Condition.Status.True) {
            moment.report(Kind.UnexplainedUnknown, "does not say that the tenant is another onboarding's");
        }
    }

    /** Only while its catalog is away may a licensed application not be shown, if it was not shown before. */
    private void forgotten(Moment moment, TenantOnboardingStatus before, String name) {
        if (!timeline.now().catalogAway()
                || before.application(WorldCatalog.NAME, name).isPresent()) {
            moment.report(Kind.FalseGreen, name + " is licensed and not shown");
        }
    }

    private void count(ApplicationStatus status) {
        states.merge(status.state(), 1, Integer::sum);
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
                && !memory.leftAlone(now)
                && !facts.suspended()
                && !facts.catalogAway()
                && facts.secretStoredAt().isBefore(now.minus(VERIFIER_SETTLING))
                && !facts.claimedElsewhere()
                && timeline.between(now.minus(VERIFIER_SETTLING), now).allMatch(Facts::verifierReads);
    }

    /** Whether nothing changed for so long that nothing excuses anything. */
    private boolean steady(Instant now) {
        var from = now.minus(SETTLING);
        return timeline.between(from, now).distinct().count() == 1
                && !timeline.now().terms().turned(from, now)
                && memory.quietSince(from);
    }

    /** A credential that changed a moment ago is not called wrong, and one that stays wrong not for ever a new one. */
    private void credential(Moment moment, Duration recheck) {
        var reason = moment.status()
                .condition(ConditionType.VERIFIER_AUTHORIZED)
                .map(Condition::reason)
                .orElse("");
        var now = moment.now();
        var excused = timeline.now().secretStoredAt().plus(VirtualOperator.CREDENTIAL_PROPAGATION);
        if (reason.equals("CredentialsInvalid") && now.isBefore(excused)) {
            moment.report(Kind.FalseRed, "the credential is called invalid, and is new");
        }
        if (!reason.equals("CredentialsPropagating")) {
            arrivingSince = Optional.empty();
            return;
        }
        arrivingSince = arrivingSince.or(() -> Optional.of(now));
        if (!now.isBefore(excused) && now.isAfter(arrivingSince.get().plus(VirtualOperator.CREDENTIAL_PROPAGATION))) {
            moment.report(
                    Kind.UnexplainedUnknown, "the credential is said to be arriving since " + arrivingSince.get());
        }
        if (recheck.compareTo(NEXT_SIGN_IN) > 0) {
            moment.report(Kind.UnexplainedUnknown, "the credential is tried again only after " + recheck);
        }
    }

    private void conditions(Moment moment) {
        var needed = moment.status().applications().stream()
                .filter(it -> timeline.now().licensed().contains(it.name()))
                .toList();
        var open =
                needed.stream().filter(it -> !TermsOracle.isGreen(it.state())).toList();
        var unknown = open.stream()
                        .allMatch(it -> it.state() == ApplicationState.NotVerified
                                || it.state() == ApplicationState.Propagating)
                && timeline.now().licensed().stream()
                        .noneMatch(it -> timeline.now().terms().unattested(it, moment.now()));
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
        if (timeline.now().catalogAway()) {
            if (ready == Condition.Status.True || consent == Condition.Status.True) {
                moment.report(Kind.FalseGreen, "green although nobody knows what is licensed");
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
                && !timeline.verifierRead(
                        moment.now().minus(TOKEN).minus(moment.lag()), moment.now(), LONGEST_CREDENTIAL_LAG)) {
            moment.report(Kind.FalseGreen, "VerifierAuthorized=True, and it cannot read for over an hour");
        }
    }
}

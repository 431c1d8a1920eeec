package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import dev.tenantops.onboarding.operator.verdict.VerifierVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds the status of an onboarding. The same input gives an equal status, so that nothing is written for nothing. */
public final class StatusBuilder {

    private StatusBuilder() {}

    /** The new status; equal to the previous one when nothing is to be written. */
    public static TenantOnboardingStatus build(StatusInput input) {
        var licensed = new ApplicationStatuses(input).render();
        var unresolved = UnresolvedStatuses.render(input, licensed);
        var former = new FormerStatuses(input).render(licensed.size() + unresolved.size());
        var applications =
                Stream.of(licensed, unresolved, former).flatMap(List::stream).toList();
        var endpoints = input.suspended() ? input.previous().endpoints() : EndpointStatuses.render(input);
        var problems = problems(input, licensed);
        var attested = AttestationFinding.of(input, licensed);
        var network = input.suspended() ? Optional.<Finding>empty() : NetworkFinding.of(endpoints);
        var conditions = new Conditions(input.previous().conditions(), input.generation(), input.now());
        if (input.suspended()) {
            conditions.setUnknown(
                    Summary.Suspended, suspended(input, licensed), others(!endpoints.isEmpty(), attested.isPresent()));
        } else {
            var findings = new EnumMap<OwnedCondition, Finding>(OwnedCondition.class);
            findings.put(OwnedCondition.VerifierAuthorized, VerifierFinding.of(input));
            findings.put(OwnedCondition.ConsentGranted, ConsentFinding.of(input, licensed, problems));
            network.ifPresent(it -> findings.put(OwnedCondition.NetworkReachable, it));
            attested.ifPresent(it -> findings.put(OwnedCondition.Attested, it));
            findings.forEach(conditions::set);
            var stalled = stalled(input, problems);
            var ready = ReadyFinding.of(findings, problems, stalled, AttestationFinding.counted(input, licensed));
            summarize(conditions, withRetirements(ready, input, licensed), stalled);
        }
        var evidence = Validity.after(input, conditions, applications);
        var status = new TenantOnboardingStatus(
                new Handled(
                        input.generation(),
                        input.requestedAt().orElse(input.previous().lastHandledReconcileAt())),
                input.customer(),
                new Progress(
                        ConsentFinding.granted(licensed, Timestamps.format(evidence.readAt()))
                                .toString(),
                        input.suspended()
                                ? null
                                : nextAction(input, problems, licensed, network)
                                        .or(() -> conditions.isTrue(ConditionType.READY)
                                                ? FormerStatuses.removal(
                                                        input.verdict().former())
                                                : Optional.empty())
                                        .orElse(null)),
                new Times(Timestamps.format(evidence.readAt()), Timestamps.format(evidence.validUntil())),
                new Entries(verifiers(input), applications, endpoints, null),
                conditions.list());
        return withCoarseTimes(StatusLimits.fit(status), input);
    }

    private static String suspended(StatusInput input, List<ApplicationStatus> licensed) {
        var lastKnown = input.evidence()
                .readBefore(input.now())
                .map(Timestamps::format)
                .map(it -> {
                    var known = ConsentFinding.granted(licensed, it);
                    return " Last known, as of " + it + ": " + known.granted() + " of " + known.needed()
                            + " consents were granted.";
                })
                .orElse("");
        return "Verification is suspended, so nothing is proven." + lastKnown + " Set spec.suspend to false to go on.";
    }

    private static Set<OwnedCondition> others(boolean network, boolean attested) {
        var others = EnumSet.noneOf(OwnedCondition.class);
        if (network) {
            others.add(OwnedCondition.NetworkReachable);
        }
        if (attested) {
            others.add(OwnedCondition.Attested);
        }
        return others;
    }

    /** Whoever reads anything of an onboarding reads what it says of itself, so what is going to end is told there. */
    private static Finding withRetirements(Finding ready, StatusInput input, List<ApplicationStatus> licensed) {
        return Retirements.ahead(input, licensed)
                .map(it -> new Finding(ready.status(), ready.reason(), ready.message() + " " + it))
                .orElse(ready);
    }

    private static void summarize(Conditions conditions, Finding ready, boolean stalled) {
        conditions.set(OwnedCondition.Ready, ready);
        if (stalled || ready.status() == Status.Unknown) {
            conditions.set(
                    stalled ? OwnedCondition.Stalled : OwnedCondition.Reconciling,
                    new Finding(Status.True, ready.reason(), ready.message()));
        }
    }

    /** What a person has to edit: what the spec shows, and what only the tenant could tell. */
    private static List<SpecProblem> problems(StatusInput input, List<ApplicationStatus> licensed) {
        var problems = new ArrayList<>(input.verdict().problems());
        licensed.stream()
                .filter(it -> it.state() == ApplicationState.UnknownPermission)
                .map(it -> new SpecProblem(
                        SpecProblem.Reason.UnknownPermission,
                        it.displayName() + ": " + it.message() + " "
                                + NextStep.of(it).orElse("")))
                .forEach(problems::add);
        return problems.stream()
                .sorted(Comparator.comparing(SpecProblem::reason))
                .toList();
    }

    /** One {@code kubectl apply} may bring a catalog after the onboarding that needs it, so it gets some time first. */
    private static boolean stalled(StatusInput input, List<SpecProblem> problems) {
        if (problems.isEmpty()) {
            return false;
        }
        if (!problems.stream().allMatch(it -> it.reason().mayHeal())) {
            return true;
        }
        var previous = input.previous();
        if (previous.condition(ConditionType.STALLED).isPresent()) {
            return true;
        }
        return previous.condition(ConditionType.RECONCILING)
                .filter(it -> Stream.of(SpecProblem.Reason.values())
                        .anyMatch(reason -> reason.name().equals(it.reason())))
                .map(Condition::lastTransitionTime)
                .flatMap(Timestamps::parse)
                .filter(it -> Duration.between(it, input.now()).compareTo(input.stallAfter()) >= 0)
                .isPresent();
    }

    private static Optional<String> nextAction(
            StatusInput input,
            List<SpecProblem> problems,
            List<ApplicationStatus> licensed,
            Optional<Finding> network) {
        var verifier = VerifierFinding.worst(input.verdict().verifiers());
        var person = verifier.filter(it -> it.failure().orElseThrow().reason().definite());
        return problems.stream()
                .map(SpecProblem::message)
                .findFirst()
                .or(() -> person.flatMap(it -> step(it, input)))
                .or(() -> ConsentFinding.needed(licensed).stream()
                        .map(NextStep::of)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> network.filter(it -> it.status() == Status.False).map(Finding::message))
                .or(() -> AttestationFinding.nextStep(input, licensed))
                .or(() -> verifier.flatMap(it -> step(it, input)))
                .or(() -> network.filter(it ->
                                it.status() == Status.Unknown && it.reason().holdsBackReady())
                        .map(Finding::message));
    }

    private static Optional<String> step(VerifierVerdict verifier, StatusInput input) {
        return NextStep.of(verifier, input.links().verifiers().get(verifier.catalog()));
    }

    private static List<VerifierStatus> verifiers(StatusInput input) {
        return input.verdict().verifiers().stream()
                .map(it -> {
                    var link = input.links().verifiers().get(it.catalog());
                    var previous = input.previous().verifiers().stream()
                            .filter(old -> old.catalog().equals(it.catalog()))
                            .findFirst();
                    return new VerifierStatus(
                            it.catalog(),
                            it.clientId(),
                            link.url().toString(),
                            it.failure().isEmpty() && !input.suspended() ? null : link.grantableBy(),
                            it.tier()
                                    .or(() -> previous.map(VerifierStatus::tier))
                                    .orElse(null),
                            input.suspended()
                                    ? Summary.Suspended.name()
                                    : it.failure()
                                            .map(failure -> failure.reason().name())
                                            .orElse(Summary.Authorized.name()),
                            refusedTime(it, previous.map(VerifierStatus::refusedTime), input));
                })
                .toList();
    }

    /** Since when a credential is refused, which what could not be read meanwhile does not change. */
    private static String refusedTime(VerifierVerdict verifier, Optional<String> previous, StatusInput input) {
        return verifier.failure()
                .map(Failure::reason)
                .flatMap(it -> switch (it) {
                    case CredentialsPropagating ->
                        previous.or(() ->
                                Optional.of(Timestamps.format(input.verdict().readAt())));
                    case CredentialsInvalid, Throttled, GraphUnavailable, ReplicaBehind -> previous;
                    default -> Optional.<String>empty();
                })
                .or(() -> previous.filter(_ -> input.suspended()))
                .orElse(null);
    }

    /** Times that moved at each check would make every check a write. */
    private static TenantOnboardingStatus withCoarseTimes(TenantOnboardingStatus status, StatusInput input) {
        var previous = input.previous();
        var kept = status.with(previous.times());
        if (input.page().previousStands()) {
            kept = kept.with(previous.customer());
        }
        return kept.equals(previous) && Validity.lastsFor(status, input) ? kept : status;
    }
}

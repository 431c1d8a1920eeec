package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.status.ConditionReason.Mistake;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import dev.tenantops.onboarding.operator.verdict.StateKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The condition {@code ConsentGranted}. */
final class ConsentFinding {

    private static final int NAMED = 5;

    private ConsentFinding() {}

    static Finding of(StatusInput input, List<ApplicationStatus> applications, List<SpecProblem> problems) {
        var needed = needed(applications);
        var open = needed.stream()
                .filter(it -> !isClosed(it.state()))
                .sorted(Comparator.comparing(ApplicationStatus::state))
                .toList();
        if (!open.isEmpty()) {
            return open(input, open, needed.size());
        }
        if (!problems.isEmpty()) {
            return new Finding(
                    Status.Unknown,
                    new Mistake(problems.getFirst().reason()),
                    "A licence could not be resolved, so it is not known which consents it needs. "
                            + problems.getFirst().message());
        }
        if (needed.isEmpty()) {
            return new Finding(
                    Status.Unknown,
                    new Open(ApplicationState.NotVerifiable),
                    "The licences bring no application whose consent the directory can show. License one that needs"
                            + " admin consent.");
        }
        var attested = needed.stream()
                .filter(it -> it.state() == ApplicationState.Attested)
                .count();
        if (attested > 0) {
            return new Finding(
                    Status.True,
                    Summary.Attested,
                    (needed.size() - attested) + " of " + needed.size() + " consents are granted tenant-wide, and of "
                            + attested + " somebody attests that the customer does without the rest, as of"
                            + " status.lastVerified.");
        }
        return new Finding(
                Status.True,
                Summary.AllGranted,
                "All " + needed.size() + " consents are granted tenant-wide, as of status.lastVerified.");
    }

    /** Whether nothing is left to be done about an application. */
    static boolean isClosed(ApplicationState state) {
        return StateKind.of(state).closed();
    }

    /** How many of the needed consents are granted tenant-wide. */
    static String counted(List<ApplicationStatus> applications) {
        var needed = needed(applications);
        var granted = needed.stream()
                .filter(it -> it.state() == ApplicationState.Granted)
                .count();
        return granted + "/" + needed.size();
    }

    /** What readiness waits for. */
    static List<ApplicationStatus> needed(List<ApplicationStatus> applications) {
        return applications.stream()
                .filter(it -> it.optional() == null && StateKind.of(it.state()).counts())
                .toList();
    }

    /**
     * How many of the needed consents are granted. Where nothing of them is proven now, as while an onboarding is suspended,
     * it is how many were when all was last read, and says so.
     *
     * @param lastVerified when that was; null if it never was
     */
    static Granted granted(List<ApplicationStatus> applications, String lastVerified) {
        var needed = needed(applications);
        var unproven = lastVerified != null
                && !needed.isEmpty()
                && needed.stream().allMatch(it -> it.state() == ApplicationState.NotVerified);
        var granted = needed.stream()
                .filter(it -> unproven
                        // Once it is no longer known, the time is that of the last reading if that found it granted.
                        ? lastVerified.equals(it.lastGrantedTime())
                        : it.state() == ApplicationState.Granted)
                .count();
        return new Granted(granted, needed.size(), unproven);
    }

    /** As {@code status.granted} shows it. */
    record Granted(long granted, int needed, boolean unproven) {

        @Override
        public String toString() {
            return granted + "/" + needed + (unproven ? " unverified" : "");
        }
    }

    private static Finding open(StatusInput input, List<ApplicationStatus> open, int needed) {
        var worst = open.getFirst();
        var known = open.stream().anyMatch(it -> StateKind.of(it.state()).known());
        var named = open.stream().limit(NAMED).map(it -> named(input, it)).collect(Collectors.joining("; "));
        var more = open.size() > NAMED ? "; and " + (open.size() - NAMED) + " more" : "";
        var next = open.stream()
                .map(NextStep::of)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> open.stream()
                        .flatMap(it -> failure(input, it).stream())
                        .map(NextStep::of)
                        .findFirst());
        return new Finding(
                known ? Status.False : Status.Unknown,
                new Open(worst.state()),
                open.size() + " of " + needed + " consents are " + (known ? "not granted: " : "not known: ") + named
                        + more + ". "
                        + next.orElse("The operator looks again by itself."));
    }

    private static String named(StatusInput input, ApplicationStatus application) {
        var lost = application.firstMissingTime() == null || application.lastGrantedTime() == null
                ? ""
                : ", last seen granted " + application.lastGrantedTime() + ", first found missing "
                        + application.firstMissingTime();
        var what = StateKind.of(application.state()).lacks() ? " lacks " + NextStep.missing(application) : "";
        var awaited = application.awaited().isEmpty() ? "" : " awaits " + NextStep.awaited(application);
        var why = failure(input, application)
                .map(it -> ": " + clause(it.message()))
                .orElse("");
        return application.displayName() + " (" + application.state() + lost + ")" + what + awaited + why;
    }

    /** Why it is not known what an application has. */
    private static Optional<Failure> failure(StatusInput input, ApplicationStatus application) {
        return input.verdict().applications().stream()
                .filter(_ -> application.state() == ApplicationState.NotVerified)
                .filter(it -> it.application().catalog().equals(application.catalog())
                        && it.application().name().equals(application.name()))
                .flatMap(it -> it instanceof Unread(var _, Failure failure) ? Stream.of(failure) : Stream.empty())
                .findFirst();
    }

    private static String clause(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}

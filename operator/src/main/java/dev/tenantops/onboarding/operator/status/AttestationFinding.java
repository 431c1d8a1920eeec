package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.operator.desired.AttestationTimes;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.DesiredPrerequisite;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The condition {@code Attested}: whether somebody vouches for whatever has to be, and whether what is attested counts.
 * Absent where nothing has to be attested and nothing is.
 */
final class AttestationFinding {

    private static final int NAMED = 3;

    private final Instant now;
    private final List<Item> items;
    private final List<String> mistakes;

    /**
     * Something that somebody may vouch for.
     *
     * @param name as messages name it
     * @param step how it is attested, where readiness waits for that
     * @param needed whether nothing proves it, so that somebody's word is all there is
     */
    private record Item(String name, AttestationTimes times, Optional<String> step, boolean needed) {}

    private AttestationFinding(StatusInput input, List<ApplicationStatus> licensed) {
        this.now = input.judgedAt();
        this.mistakes = input.verdict().attestationMistakes();
        this.items = input.verdict().applications().stream()
                .map(ApplicationVerdict::application)
                .flatMap(it -> Stream.concat(prerequisites(it), permissions(it, licensed)))
                .toList();
    }

    /** @param licensed the applications as the status shows them */
    static Optional<Finding> of(StatusInput input, List<ApplicationStatus> licensed) {
        return new AttestationFinding(input, licensed).find();
    }

    /** Who has to attest what; empty where readiness waits for no attestation. */
    static Optional<String> nextStep(StatusInput input, List<ApplicationStatus> licensed) {
        return new AttestationFinding(input, licensed)
                .open().stream().flatMap(it -> it.step().stream()).findFirst();
    }

    /** How much rests on somebody's word, and until when; empty where nothing does. */
    static Optional<String> counted(StatusInput input, List<ApplicationStatus> licensed) {
        return new AttestationFinding(input, licensed).counted();
    }

    private Optional<Finding> find() {
        var open = open();
        var unfit = unfit();
        var invalid = !mistakes.isEmpty()
                || items.stream().anyMatch(it -> it.times().tooLong(now).isPresent());
        if (!open.isEmpty()) {
            var all = items.stream().filter(it -> it.step().isPresent()).count();
            return Optional.of(new Finding(
                    Status.False,
                    Summary.AttestationRequired,
                    open.size() + " of " + all + " prerequisites are not attested: " + named(open, Item::name) + ". "
                            + unfit.map(it -> it + " ").orElse("")
                            + open.getFirst().step().orElseThrow()));
        }
        if (unfit.isPresent()) {
            return Optional.of(new Finding(
                    Status.False,
                    invalid ? Summary.AttestationInvalid : Summary.AttestationExpired,
                    unfit.get() + " By itself that holds back nothing."));
        }
        return counted()
                .or(() -> items.stream().anyMatch(it -> !it.times().ends().isEmpty())
                        ? Optional.of("What is attested is proven, so nothing rests on it.")
                        : Optional.empty())
                .map(it -> new Finding(Status.True, Summary.Attested, it));
    }

    private Optional<String> counted() {
        var attested = items.stream()
                .filter(it -> it.needed() && it.times().until(now).isPresent())
                .toList();
        return attested.isEmpty()
                ? Optional.empty()
                : Optional.of((attested.size() == 1 ? "1 item is" : attested.size() + " items are")
                        + " attested and not proven: "
                        + named(
                                attested,
                                it -> it.name() + " until "
                                        + it.times().until(now).orElseThrow())
                        + ".");
    }

    /** What readiness waits for. */
    private List<Item> open() {
        return items.stream()
                .filter(it -> it.step().isPresent() && it.times().until(now).isEmpty())
                .toList();
    }

    /** Why attestations do not count. */
    private Optional<String> unfit() {
        var tooLong = items.stream()
                .flatMap(item -> item.times().tooLong(now).stream()
                        .map(it -> "The attestation of " + item.name() + " until " + it
                                + " does not count: nobody can vouch for more than a year. Write an end that is"
                                + " nearer."));
        var ended = items.stream()
                .flatMap(item -> item.times().ended(now).stream()
                        .map(it -> "The attestation of " + item.name() + " ended at " + it
                                + ". Renew it, or remove it from spec.attestations."));
        var all = Stream.of(mistakes.stream(), tooLong, ended).flatMap(it -> it).toList();
        return all.stream()
                .findFirst()
                .map(it -> all.size() == 1 ? it : it + " " + (all.size() - 1) + " more do not count.");
    }

    private Stream<Item> prerequisites(DesiredApplication application) {
        return application.prerequisites().stream()
                .map(it -> new Item(
                        application.displayName() + ": " + it.name(),
                        it.attested(),
                        it.required() && !application.optional()
                                ? Optional.of(step(application, it))
                                : Optional.empty(),
                        true));
    }

    private static Stream<Item> permissions(DesiredApplication application, List<ApplicationStatus> licensed) {
        return application.permissions().stream()
                .filter(DesiredPermission::waivable)
                .map(permission -> new Item(
                        application.displayName() + ": " + permission.permission(),
                        permission.attested(),
                        Optional.empty(),
                        licensed.stream()
                                .filter(it -> it.catalog().equals(application.catalog())
                                        && it.name().equals(application.name()))
                                .anyMatch(it -> it.attested().contains(permission.permission()))));
    }

    private String step(DesiredApplication application, DesiredPrerequisite prerequisite) {
        return "Make sure of it: " + sentence(prerequisite.description())
                + prerequisite.url().map(it -> " See " + it + " .").orElse("")
                + " Then have somebody who may attest add to spec.attestations: {catalog: " + application.catalog()
                + ", application: " + application.name() + ", prerequisite: " + prerequisite.name()
                + ", reason: \"who says so, and how they know\", until: \"YYYY-MM-DDT00:00:00Z\"}, for a year at most.";
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String named(List<Item> items, Function<Item, String> name) {
        var more = items.size() > NAMED ? "; and " + (items.size() - NAMED) + " more" : "";
        return items.stream().limit(NAMED).map(name).collect(Collectors.joining("; ")) + more;
    }
}

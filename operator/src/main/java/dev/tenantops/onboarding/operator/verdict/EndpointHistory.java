package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.NotProven;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reachable;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unfinished;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last results of one endpoint, and which of them counts, so that an endpoint that flaps does not make its condition
 * flap. The first result counts. From then on an endpoint counts as unreachable once two of its last four probes have
 * failed, and as reached again after three successes in a row. While it is unreachable, another failure takes the place
 * of the one that counts when it was seen twice in a row. What kept the operator from trying counts at once.
 *
 * @param counting what is reported; empty before the first result
 * @param recent the last results, the newest at the end, at most four
 */
public record EndpointHistory(Optional<ProbeResult> counting, List<ProbeResult> recent) {

    /** Nothing is known. */
    public static final EndpointHistory EMPTY = new EndpointHistory(Optional.empty(), List.of());

    private static final int WINDOW = 4;
    private static final int FAILURES = 2;
    private static final int SUCCESSES = 3;

    public EndpointHistory {
        recent = List.copyOf(recent);
    }

    /** The history with one more result. */
    public EndpointHistory and(ProbeResult result) {
        var all = Stream.concat(recent.stream(), Stream.of(result))
                .skip(Math.max(0, recent.size() + 1 - WINDOW))
                .toList();
        if (untried(result) || counting.isEmpty() || untried(counting.get())) {
            return new EndpointHistory(Optional.of(result), List.of(result));
        }
        return new EndpointHistory(Optional.of(counting(counting.get(), result, all)), all);
    }

    /** Whether the last result says the same as the one that counts. */
    public boolean settled() {
        return counting.isPresent() && same(counting.get(), recent.getLast());
    }

    private static ProbeResult counting(ProbeResult before, ProbeResult result, List<ProbeResult> all) {
        if (same(before, result)) {
            return result;
        }
        if (failed(before) != failed(result)) {
            return failed(result) ? afterFailure(before, result, all) : afterSuccess(before, result, all);
        }
        return all.size() > 1 && same(all.get(all.size() - 2), result) ? result : before;
    }

    private static ProbeResult afterFailure(ProbeResult before, ProbeResult result, List<ProbeResult> all) {
        return all.stream().filter(EndpointHistory::failed).count() >= FAILURES ? result : before;
    }

    private static ProbeResult afterSuccess(ProbeResult before, ProbeResult result, List<ProbeResult> all) {
        var last = all.subList(Math.max(0, all.size() - SUCCESSES), all.size());
        return last.size() == SUCCESSES && last.stream().noneMatch(EndpointHistory::failed) ? result : before;
    }

    private static boolean failed(ProbeResult result) {
        return result instanceof Unreachable;
    }

    private static boolean untried(ProbeResult result) {
        return result instanceof Unfinished
                || result instanceof Unreachable unreachable
                        && !unreachable.reason().tried();
    }

    private static boolean same(ProbeResult one, ProbeResult other) {
        return switch (one) {
            case Reachable _ -> other instanceof Reachable;
            case NotProven _ -> other instanceof NotProven;
            case Unfinished _ -> other instanceof Unfinished;
            case Unreachable unreachable ->
                other instanceof Unreachable that
                        && unreachable.reason() == that.reason()
                        && unreachable.stage() == that.stage();
        };
    }
}

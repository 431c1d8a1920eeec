package dev.tenantops.onboarding.sandbox.chaos.fault;

import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A way in which things go wrong.
 *
 * @param scope whom it troubles
 * @param shortest how long it lasts at least
 * @param longest and at most
 * @param hinders what it makes impossible
 */
public record FaultKind(String name, Scope scope, Duration shortest, Duration longest, Hinders hinders, Begin begin) {

    /** Whom a fault troubles. */
    public enum Scope {
        /** Everybody. */
        ALL,
        /** One customer; the others must not notice. */
        ONE
    }

    /** What a fault makes impossible. */
    public enum Hinders {
        /** Nothing: the promises hold as ever. */
        NOTHING,
        /** No status reaches the API server. */
        WRITES
    }

    /** Begins a fault. It may take its time. */
    @FunctionalInterface
    public interface Begin {
        Ending begin(World world, Random random) throws Exception;
    }

    /**
     * All that there are.
     *
     * @param clocks whether the clocks of replicas can be moved
     */
    public static List<FaultKind> all(boolean clocks) {
        return Stream.of(
                        ApiServerFaults.KINDS,
                        ReplicaFaults.KINDS,
                        clocks ? ReplicaFaults.CLOCKS : List.<FaultKind>of(),
                        ObjectFaults.KINDS,
                        CloudFaults.KINDS)
                .flatMap(List::stream)
                .toList();
    }

    static FaultKind seconds(String name, Scope scope, Hinders hinders, Begin begin) {
        return new FaultKind(name, scope, Duration.ofSeconds(3), Duration.ofSeconds(12), hinders, begin);
    }

    static FaultKind minutes(String name, Scope scope, Hinders hinders, Begin begin) {
        return new FaultKind(name, scope, Duration.ofSeconds(40), Duration.ofSeconds(75), hinders, begin);
    }

    /** Over as soon as it was done. */
    static FaultKind once(String name, Scope scope, Begin begin) {
        return new FaultKind(name, scope, Duration.ofSeconds(1), Duration.ofSeconds(1), Hinders.NOTHING, begin);
    }

    FaultKind lasting(int fromSeconds, int toSeconds) {
        return new FaultKind(
                name, scope, Duration.ofSeconds(fromSeconds), Duration.ofSeconds(toSeconds), hinders, begin);
    }

    public Duration length(Random random) {
        long spread = longest.minus(shortest).toMillis();
        return shortest.plusMillis(spread == 0 ? 0 : random.nextLong(spread));
    }
}

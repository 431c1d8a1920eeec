package dev.tenantops.onboarding.sandbox.chaos;

import dev.tenantops.onboarding.sandbox.chaos.journal.Journal;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two replicas of the operator, as the chart installs them, on a real API server and with the simulated cloud, while faults
 * come at random: of the API server and the way to it, of Microsoft and the way there, of the machines and their clocks,
 * and of people and programs that change objects. Meanwhile what is true of the customers changes, and a checker that knows
 * it watches everything that is published.
 */
public final class Chaos {

    private static final int ONBOARDINGS = 24;

    private Chaos() {}

    /** Arguments: the seed, the minutes, and, if not all, the kinds of faults with commas between. */
    public static void main(String[] arguments) {
        List<String> kinds = arguments.length > 2
                ? Stream.of(arguments[2].split(",")).filter(it -> !it.isBlank()).toList()
                : List.of();
        Terminal.run(() -> run(
                System.out,
                Long.parseLong(arguments[0]),
                Duration.ofMinutes(Long.parseLong(arguments[1])),
                ONBOARDINGS,
                kinds));
    }

    /** Why it cannot run on this machine; empty if it can. */
    public static Optional<String> obstacle() {
        return OperatorSandbox.chartObstacle();
    }

    /**
     * Runs for some time, and to the end of the round that has begun by then.
     *
     * @param out receives a line for each fault, and what was violated
     * @param seed of what happens and when
     * @param kinds of faults; all if there are none
     * @return how many violations there were
     */
    public static int run(PrintStream out, long seed, Duration length, int onboardings, List<String> kinds) {
        out.println("chaos: SEED=" + seed);
        Journal journal = new Journal(out);
        String closing = Run.run(journal, seed, length, onboardings, kinds);
        if (journal.violations() > 0) {
            out.println(
                    "chaos: SEED=%d again; the replicas' logs are samples/sandbox/target/chaos-*.log".formatted(seed));
        }
        out.println(closing);
        return journal.violations();
    }
}

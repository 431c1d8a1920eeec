package dev.tenantops.onboarding.sandbox.program;

import dev.tenantops.onboarding.sandbox.process.OpenResources;
import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** One line for each step of a run. The run stops at the first that fails. */
public final class Steps {

    private final PrintStream out;
    private int passed;
    private int failed;

    Steps(PrintStream out) {
        this.out = out;
    }

    /** What a run consists of. What it opens is closed when it ends, also by Ctrl-C. */
    @FunctionalInterface
    public interface Scenario {
        void run(Steps steps, OpenResources resources);
    }

    /**
     * Runs a scenario, and prints how it went.
     *
     * @param name begins the last line
     * @param out receives one line for each step
     * @param logs says where to read on when a step failed
     * @return how many steps failed
     */
    public static int run(String name, PrintStream out, String logs, Scenario scenario) {
        Steps steps = new Steps(out);
        try (OpenResources resources = OpenResources.closedAtExit()) {
            scenario.run(steps, resources);
        } catch (Failed e) {
            out.println(logs);
        }
        out.println(name + ": " + steps.summary());
        return steps.failed();
    }

    /** A step failed, and its line is printed. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Failed(RuntimeException cause) {
            super(cause);
        }
    }

    /**
     * Runs a step.
     *
     * @param what is expected
     * @param check returns what was seen, in a few words, and throws with what was seen when it is not as expected
     * @throws Failed when the check throws
     */
    public void step(String what, Supplier<String> check) {
        step(what, check, Function.identity());
    }

    /** Runs a step that gives something for the steps to come, of which {@code shown} says what was seen. */
    public <T> T step(String what, Supplier<T> check, Function<? super T, String> shown) {
        try {
            T result = check.get();
            String seen = shown.apply(result);
            passed++;
            out.printf("ok %d  %s: %s%n", passed + failed, what, oneLine(seen));
            return result;
        } catch (RuntimeException e) {
            failed++;
            out.printf("FAILED %d  %s: %s%n", passed + failed, what, oneLine(String.valueOf(e.getMessage())));
            throw new Failed(e);
        }
    }

    int failed() {
        return failed;
    }

    String summary() {
        return "%d steps, %d failed".formatted(passed + failed, failed);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}

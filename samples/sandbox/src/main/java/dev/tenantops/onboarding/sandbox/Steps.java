package dev.tenantops.onboarding.sandbox;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** One line for each step of a run. */
final class Steps {

    private final PrintStream out;
    private int passed;
    private int failed;

    Steps(PrintStream out) {
        this.out = out;
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
    void step(String what, Supplier<String> check) {
        step(what, check, Function.identity());
    }

    /** Runs a step that gives something for the steps to come, of which {@code shown} says what was seen. */
    <T> T step(String what, Supplier<T> check, Function<? super T, String> shown) {
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

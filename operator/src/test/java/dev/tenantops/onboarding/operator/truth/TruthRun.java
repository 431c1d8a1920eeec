package dev.tenantops.onboarding.operator.truth;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.truth.VirtualOperator.Sabotage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Random histories of a tenant, each judged by an oracle that knows the truth.
 *
 * <p>Arguments: the number of steps and the seed; or a file with a history that an earlier run printed, and its seed.
 */
public final class TruthRun {

    private static final int STEPS_OF_A_HISTORY = 100;
    private static final int SHOWN = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path caBundle;
    private final Sabotage sabotage;
    private final PrintStream out;

    /** A failing history, cut to what makes it fail. */
    record Failure(long seed, List<Step> steps, Violation violation) {}

    TruthRun(Path caBundle, Sabotage sabotage, PrintStream out) {
        this.caBundle = caBundle;
        this.sabotage = sabotage;
        this.out = out;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        // msal4j writes a line for each answer that it does not like.
        Logger.getLogger("com.microsoft").setLevel(Level.OFF);
        var folder = Files.createTempDirectory("truth");
        var caBundle = folder.resolve("ca.crt");
        World.authority().writeTo(caBundle);
        var run = new TruthRun(caBundle, Sabotage.NONE, System.out);
        var seed = Long.parseLong(arguments[1]);
        int failed;
        try {
            failed = arguments[0].matches("[0-9]+")
                    ? run.random(Integer.parseInt(arguments[0]), seed)
                    : run.replay(Path.of(arguments[0]), seed);
        } finally {
            Files.deleteIfExists(caBundle);
            Files.deleteIfExists(folder);
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    /** Runs so many steps. @return how many publications were not so */
    int random(int steps, long seed) throws InterruptedException {
        out.println("truth: seed " + seed + ", " + steps + " steps");
        var tally = new Tally();
        var futures = new ArrayList<Future<HistoryRun>>();
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (var start = 0; start < steps; start += STEPS_OF_A_HISTORY) {
                var history = seed + start / STEPS_OF_A_HISTORY;
                var length = Math.min(STEPS_OF_A_HISTORY, steps - start);
                futures.add(threads.submit(() -> run(new HistoryGenerator(history).steps(length), history)));
            }
            for (var index = 0; index < futures.size(); index++) {
                var history = seed + index;
                var length = Math.min(STEPS_OF_A_HISTORY, steps - index * STEPS_OF_A_HISTORY);
                var result = result(futures.get(index), history, length);
                tally.add(result);
                var fresh = result.violations().stream()
                        .filter(it -> tally.shown.merge(it.kind(), 1, Integer::sum) <= SHOWN)
                        .findFirst();
                if (fresh.isPresent()) {
                    show(shrunk(
                            new HistoryGenerator(history).steps(length),
                            history,
                            result.violations().getFirst()));
                }
            }
        }
        return tally.print(out, steps, futures.size());
    }

    /** What came of a history; one that could not be run is shown whole, since there is no telling which part is to blame. */
    private HistoryRun result(Future<HistoryRun> run, long seed, int length) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            out.println("truth: replay with make truth HISTORY=<file with these lines> SEED=" + seed);
            out.println(lines(new HistoryGenerator(seed).steps(length)));
            throw new IllegalStateException("The history of seed " + seed + " could not be run", e.getCause());
        }
    }

    private int replay(Path file, long seed) throws IOException {
        var steps = steps(file);
        var result = HistoryRun.of(steps, caBundle, sabotage, seed, out::println);
        result.violations().forEach(it -> out.println(it.at() + " " + it.kind() + ": " + it.what()));
        var tally = new Tally();
        tally.add(result);
        return tally.print(out, steps.size(), 1);
    }

    /** The history in a file. */
    static List<Step> steps(Path file) throws IOException {
        return JSON.readValue(file.toFile(), new TypeReference<List<Step>>() {});
    }

    HistoryRun run(List<Step> steps, long seed) {
        return HistoryRun.of(steps, caBundle, sabotage, seed);
    }

    Failure shrunk(List<Step> steps, long seed, Violation first) {
        var shortest = HistoryShrinker.shrink(
                steps, some -> run(some, seed).violations().stream().anyMatch(it -> it.kind() == first.kind()));
        return new Failure(seed, shortest, run(shortest, seed).violations().getFirst());
    }

    private void show(Failure failure) {
        out.println("truth: " + failure.violation().kind() + " at "
                + failure.violation().at() + ": " + failure.violation().what());
        out.println("truth: replay with make truth HISTORY=<file with these lines> SEED=" + failure.seed());
        out.println(lines(failure.steps()));
    }

    private static String lines(List<Step> steps) {
        return steps.stream().map(TruthRun::json).collect(Collectors.joining(",\n ", "[", "]"));
    }

    private static String json(Step step) {
        try {
            return JSON.writerFor(Step.class).writeValueAsString(step);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What all histories came to. */
    private static final class Tally {

        private final Map<ApplicationState, Integer> states = new EnumMap<>(ApplicationState.class);
        private final Map<Violation.Kind, Integer> violations = new EnumMap<>(Violation.Kind.class);
        private final Map<Violation.Kind, Integer> shown = new EnumMap<>(Violation.Kind.class);
        private int checks;
        private int unchanged;
        private int settled;
        private long requests;

        void add(HistoryRun run) {
            checks += run.checks();
            unchanged += run.unchanged();
            settled += run.settled();
            requests += run.requests();
            run.states().forEach((state, count) -> states.merge(state, count, Integer::sum));
            run.violations().forEach(it -> violations.merge(it.kind(), 1, Integer::sum));
        }

        int print(PrintStream out, int steps, int histories) {
            out.println("truth: " + histories + " histories, " + checks + " checks over HTTP in virtual time, "
                    + requests + " answers, " + unchanged + " readings told by their fingerprints, " + settled
                    + " judged when settled");
            states.forEach((state, count) -> out.println("truth: " + count + " times " + state));
            out.println("truth: " + steps + " steps, " + count(Violation.Kind.FalseGreen) + " false green, "
                    + count(Violation.Kind.FalseRed) + " false red, " + count(Violation.Kind.UnexplainedUnknown)
                    + " unexplained unknown");
            return violations.values().stream().mapToInt(Integer::intValue).sum();
        }

        private int count(Violation.Kind kind) {
            return violations.getOrDefault(kind, 0);
        }
    }
}

package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeTrace.StageTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Takes the time of each stage of one probe. */
final class Stopwatch {

    private final List<StageTime> stages = new ArrayList<>();

    /** Runs a stage. Where it stops, it may say that it ended in another one than it began. */
    <T> StageOutcome<T> time(Stage stage, Supplier<StageOutcome<T>> work) {
        var start = System.nanoTime();
        var outcome = work.get();
        var ended = outcome instanceof StageOutcome.Stopped<T> stopped ? stopped.stage() : stage;
        stages.add(new StageTime(ended, Duration.ofNanos(System.nanoTime() - start)));
        return outcome;
    }

    List<StageTime> stages() {
        return stages;
    }
}

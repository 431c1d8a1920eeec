package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import java.util.function.Function;

/** What one stage of a probe came to. */
sealed interface StageOutcome<T> {

    /** The stage made what the next one needs. */
    record Passed<T>(T value) implements StageOutcome<T> {}

    /** The probe ends here. */
    record Stopped<T>(Unreachable finding) implements StageOutcome<T> {}

    static <T> StageOutcome<T> stopped(Stage stage, Reason reason, String message) {
        return new Stopped<>(new Unreachable(stage, reason, message));
    }

    default <U> StageOutcome<U> then(Function<? super T, StageOutcome<U>> next) {
        return switch (this) {
            case Passed<T>(T value) -> next.apply(value);
            case Stopped<T>(Unreachable finding) -> new Stopped<>(finding);
        };
    }
}

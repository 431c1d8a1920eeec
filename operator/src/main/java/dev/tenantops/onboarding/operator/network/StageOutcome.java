package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.util.function.Function;

/** What one stage of a probe came to. */
sealed interface StageOutcome<T> {

    /** The stage made what the next one needs. */
    record Passed<T>(T value) implements StageOutcome<T> {}

    /**
     * The probe ends here.
     *
     * @param message what came back
     * @param next what to allow or to correct
     */
    record Stopped<T>(Stage stage, Reason reason, String message, String next) implements StageOutcome<T> {}

    /** The probe ends here, with the endpoint reached and its WebSocket neither proven nor disproven. */
    record NotProven<T>(String message, String next) implements StageOutcome<T> {}

    static <T> StageOutcome<T> stopped(Stage stage, Reason reason, String message, String next) {
        return new Stopped<>(stage, reason, message, next);
    }

    default <U> StageOutcome<U> then(Function<? super T, StageOutcome<U>> next) {
        return switch (this) {
            case Passed<T>(T value) -> next.apply(value);
            case Stopped<T>(var stage, var reason, var message, var step) ->
                new Stopped<>(stage, reason, message, step);
            case NotProven<T>(var message, var step) -> new NotProven<>(message, step);
        };
    }
}

package dev.tenantops.onboarding.operator.delivery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.Optional;

/**
 * A verdict on its way.
 *
 * @param judged the object that it is about
 * @param ofAnySpec whether it holds of that object whatever its spec has become
 * @param trace the trace of the look that it comes from, if somebody follows it
 * @param <R> the kind
 * @param <S> its status
 */
record Publication<R extends HasMetadata, S>(
        R judged, StatusWriter.Verdict<R, S> verdict, boolean ofAnySpec, Optional<String> trace) {

    /** The same for as long as it may have to wait. */
    Publication<R, S> lean() {
        return new Publication<>(judged, verdict.lean(), ofAnySpec, trace);
    }

    /** Whether it still is about an object as that is now. */
    boolean isAbout(R current) {
        var then = judged.getMetadata();
        var now = current.getMetadata();
        return Objects.equals(then.getUid(), now.getUid())
                && (ofAnySpec || Objects.equals(then.getGeneration(), now.getGeneration()));
    }
}

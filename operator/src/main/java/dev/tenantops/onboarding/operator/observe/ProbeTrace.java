package dev.tenantops.onboarding.operator.observe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a probe did, for whoever has to find it in a log.
 *
 * @param tried the URL without its query
 * @param from the address that was dialled from; empty when nothing was to be dialled
 * @param proxy the proxy's URL, without credentials
 * @param stages in their order; the last one is where the probe ended
 */
public record ProbeTrace(String tried, Optional<String> from, Optional<String> proxy, List<StageTime> stages) {

    public ProbeTrace {
        stages = List.copyOf(stages);
    }

    /** How long one stage took. */
    public record StageTime(ProbeResult.Stage stage, Duration took) {}

    /** How long the last stage took; zero without any. */
    public Duration last() {
        return stages.isEmpty() ? Duration.ZERO : stages.getLast().took();
    }
}

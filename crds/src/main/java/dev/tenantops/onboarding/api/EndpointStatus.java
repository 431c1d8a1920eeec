package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** One endpoint as seen from the operator's cluster. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EndpointStatus(
        @Required
        @Size(max = StatusLimit.ENDPOINT_NAME)
        @JsonPropertyDescription("The catalog and the endpoint's name in it, as" + " catalog/name.")
        String name,

        @Required
        @Size(max = StatusLimit.STATE)
        @JsonPropertyDescription("Reachable; NotProbed without anything to dial; UpgradeNotProven where the endpoint"
                + " was reached but no WebSocket was seen; Probing before the first result; or why not, as in the"
                + " condition NetworkReachable. An endpoint counts as unreachable once two of its last four probes"
                + " have failed, and as reached again after three successes in a row.")
        String state,

        @Size(max = StatusLimit.STAGE) @JsonPropertyDescription("The stage that failed.")
        String failedStage,

        @JsonPropertyDescription("Since when it is in this state.")
        String since,

        @Size(max = StatusLimit.URL) @JsonPropertyDescription("What was dialled, without its query.")
        String tried,

        @Size(max = StatusLimit.ADDRESS)
        @JsonPropertyDescription("The address that was dialled from, as its network sees it.")
        String from,

        @Size(max = StatusLimit.URL) @JsonPropertyDescription("The proxy that was asked, without its credentials.")
        String proxy,

        @Size(max = StatusLimit.MESSAGE)
        @JsonPropertyDescription("What came back, and how long the failed stage had taken by then.")
        String message,

        @Size(max = StatusLimit.MESSAGE) @JsonPropertyDescription("What to allow or to correct.")
        String nextStep,

        @Size(max = StatusLimit.STAGES)
        @JsonPropertyDescription("How long each stage took when this state began, such as Tls 12ms.")
        List<@Size(max = StatusLimit.STAGE) String> stages) {

    public EndpointStatus {
        stages = Values.list(stages);
    }

    /** The same entry, from what belongs together. Only its form is flat. */
    public EndpointStatus(String name, Outcome outcome, Route route, Advice advice) {
        this(
                name,
                outcome.state(),
                outcome.failedStage(),
                outcome.since(),
                route.tried(),
                route.from(),
                route.proxy(),
                advice.message(),
                advice.nextStep(),
                outcome.stages());
    }

    public Outcome outcome() {
        return new Outcome(state, failedStage, since, stages);
    }

    public Route route() {
        return new Route(tried, from, proxy);
    }

    public Advice advice() {
        return new Advice(message, nextStep);
    }

    /** What came of it, since when, and how long each stage took. */
    public record Outcome(String state, String failedStage, String since, List<String> stages) {}

    /** What was dialled, and on which way. */
    public record Route(String tried, String from, String proxy) {}

    /** What people are told. */
    public record Advice(String message, String nextStep) {

        public static final Advice NONE = new Advice(null, null);
    }
}

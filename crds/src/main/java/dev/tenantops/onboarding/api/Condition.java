package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** {@code metav1.Condition}. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @Required
        @Size(max = StatusLimit.CONDITION_TYPE)
        @JsonPropertyDescription("The condition's type, in CamelCase.")
        String type,

        @Required @JsonPropertyDescription("True, False or Unknown.")
        Status status,

        @JsonPropertyDescription("The generation of the spec that this condition was set for.")
        long observedGeneration,

        @Required
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        @JsonPropertyDescription("When the status of this condition last changed.")
        String lastTransitionTime,

        @Required
        @Size(min = 1, max = StatusLimit.REASON)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        @JsonPropertyDescription("Why, in one CamelCase word that programs can rely on.")
        String reason,

        @Required
        @Size(max = StatusLimit.CONDITION_MESSAGE)
        @JsonPropertyDescription("What happened and what to do next, for people.")
        String message) {

    public Condition {
        message = Values.text(message);
    }

    boolean complete() {
        return type != null && status != null && reason != null;
    }

    public enum Status {
        True,
        False,
        Unknown
    }
}

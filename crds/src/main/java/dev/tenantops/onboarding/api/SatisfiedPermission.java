package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A permission that a larger one stands for. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SatisfiedPermission(
        @Required @JsonPropertyDescription("What the catalog asks for.")
        Permission permission,

        @Required
        @Size(max = StatusLimit.VALUE)
        @JsonPropertyDescription("The value, of the same resource and type, that is granted.")
        String by) {

    boolean complete() {
        return permission != null && permission.complete() && by != null;
    }
}

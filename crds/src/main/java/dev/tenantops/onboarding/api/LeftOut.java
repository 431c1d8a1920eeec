package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many entries a status had no room for. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LeftOut(
        @JsonPropertyDescription("Of verifiers.") Integer verifiers,

        @JsonPropertyDescription("Of applications: those that are granted before those that ask for something.")
        Integer applications,

        @JsonPropertyDescription("Of endpoints: those that are reached before those that are not.")
        Integer endpoints,

        @JsonPropertyDescription("Of the lists of permissions in the applications that are shown.")
        Integer permissions) {}

package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Something that an application needs and no object of the directory shows. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PrerequisiteStatus(
        @Required @Size(max = StatusLimit.NAME) @JsonPropertyDescription("Its name in the catalog.")
        String name,

        @Required
        @JsonPropertyDescription("NotVerifiable where it counts neither for nor against; AttestationRequired where"
                + " Ready waits for an attestation; Attested while there is one.")
        State state,

        @JsonPropertyDescription("When the attestation ends.")
        String until) {

    /** Whether somebody vouches for it. */
    public enum State {
        /** Nobody does, and nobody has to. */
        NotVerifiable,
        /** Nobody does, and Ready waits for it. */
        AttestationRequired,
        /** Somebody does. */
        Attested
    }

    boolean complete() {
        return Values.present(name) && state != null;
    }
}

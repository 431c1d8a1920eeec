package dev.tenantops.onboarding.operator.desired;

import java.util.Optional;

/**
 * Something that an application needs and no object of the directory shows.
 *
 * @param name in the catalog
 * @param description what has to be so
 * @param required whether readiness waits until somebody attests it
 * @param url where to read more
 * @param attested when somebody vouches for it
 */
public record DesiredPrerequisite(
        String name, String description, boolean required, Optional<String> url, AttestationTimes attested) {

    DesiredPrerequisite attested(AttestationTimes times) {
        return new DesiredPrerequisite(name, description, required, url, times);
    }
}

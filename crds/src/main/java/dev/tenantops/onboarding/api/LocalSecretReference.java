package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret whose namespace follows from where the reference stands; it never crosses namespaces. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LocalSecretReference(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(ApiGroup.DNS_SUBDOMAIN)
        @JsonPropertyDescription("The Secret's name.")
        String name) {

    public LocalSecretReference {
        name = Values.text(name);
    }
}

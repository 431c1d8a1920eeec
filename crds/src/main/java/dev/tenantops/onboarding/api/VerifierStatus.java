package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Whether the operator can read the tenant for one catalog. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record VerifierStatus(
        @Required @Size(max = StatusLimit.CATALOG) @JsonPropertyDescription("The ApplicationCatalog.")
        String catalog,

        @Size(max = StatusLimit.ID) @JsonPropertyDescription("The verifier's application (client) id.")
        String clientId,

        @Size(max = StatusLimit.LINK)
        @JsonPropertyDescription("Where an administrator of the tenant consents to the verifier.")
        String consentUrl,

        @Size(max = StatusLimit.ROLES)
        @JsonPropertyDescription("The directory roles that can grant this consent; absent once it is granted.")
        String grantableBy,

        @JsonPropertyDescription("What the verifier can read: Directory for everything, Application for service"
                + " principals and application permissions only.")
        Tier tier,

        @Required
        @Size(max = StatusLimit.STATE)
        @JsonPropertyDescription("Authorized, or why not, as in the condition" + " VerifierAuthorized.")
        String state,

        @Size(max = StatusLimit.TIME)
        @JsonPropertyDescription("Since when Entra ID refuses the verifier's credential, which may not have arrived"
                + " everywhere at first; absent while it does not.")
        String refusedTime) {

    /** A verifier whose credential is not refused. */
    public VerifierStatus(
            String catalog, String clientId, String consentUrl, String grantableBy, Tier tier, String state) {
        this(catalog, clientId, consentUrl, grantableBy, tier, state, null);
    }

    /** How much a verifier was seen to be able to read. */
    public enum Tier {
        /** Service principals, application permissions and delegated grants. */
        Directory,
        /** Service principals and application permissions only. */
        Application
    }
}

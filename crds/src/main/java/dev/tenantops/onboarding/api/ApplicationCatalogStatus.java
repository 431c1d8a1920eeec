package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What is known about a catalog. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApplicationCatalogStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1 before the first visit.")
        long observedGeneration,

        @JsonPropertyDescription("How many onboardings name this catalog.")
        Integer onboardings,

        @Size(max = StatusLimit.CATALOG_CONDITIONS)
        @JsonPropertyDescription("Ready: the catalog has no known mistake. CredentialsValid: the verifier's credentials"
                + " exist and do not end soon.")
        List<Condition> conditions)
        implements ConditionedStatus {

    public ApplicationCatalogStatus {
        conditions = Values.known(conditions, Condition::complete);
    }

    /** Reads the status that any version of the operator has written. */
    static final class Reader extends TolerantReader<ApplicationCatalogStatus> {

        Reader() {
            super(ApplicationCatalogStatus.class);
        }

        @Override
        ApplicationCatalogStatus complete(ApplicationCatalogStatus value, List<ForeignValue> foreign) {
            return value;
        }

        @Override
        ApplicationCatalogStatus nothing() {
            return initial();
        }
    }

    /** The status that the schema gives a new object. */
    public static ApplicationCatalogStatus initial() {
        return new ApplicationCatalogStatus(-1, null, null);
    }
}

package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Required;
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

        @Size(max = StatusLimit.ID)
        @JsonPropertyDescription(
                "The publisher's tenant in which the registrations were read; absent where the spec names" + " none.")
        String homeTenantId,

        @Size(max = StatusLimit.REGISTRATIONS)
        @JsonPropertyDescription(
                "What the publisher's tenant showed of the registrations when it was last read to the end:"
                        + " those of the applications in their order, then the verifier's.")
        List<RegistrationStatus> registrations,

        @Size(max = StatusLimit.RETIREMENTS)
        @JsonPropertyDescription("The retirements of permissions that the applications need, the earliest first.")
        List<RetirementStatus> retirements,

        @Size(max = StatusLimit.CATALOG_CONDITIONS)
        @JsonPropertyDescription("Ready: the catalog has no known mistake. CredentialsValid: the verifier's credentials"
                + " exist and do not end soon. RegistrationsValid: the registrations of its applications serve all"
                + " tenants; absent while nothing is known against them. PermissionsValid: no permission that its"
                + " applications need is retired; absent where it names no retirement.")
        List<Condition> conditions)
        implements ConditionedStatus {

    public ApplicationCatalogStatus {
        registrations = Values.known(registrations, RegistrationStatus::complete);
        retirements = Values.known(retirements, RetirementStatus::complete);
        conditions = Values.known(conditions, Condition::complete);
    }

    /** One of a catalog whose registrations nobody reads, and that names no retirement. */
    public ApplicationCatalogStatus(long observedGeneration, Integer onboardings, List<Condition> conditions) {
        this(observedGeneration, onboardings, null, null, null, conditions);
    }

    /** One of a catalog that names no retirement. */
    public ApplicationCatalogStatus(
            long observedGeneration,
            Integer onboardings,
            String homeTenantId,
            List<RegistrationStatus> registrations,
            List<Condition> conditions) {
        this(observedGeneration, onboardings, homeTenantId, registrations, null, conditions);
    }

    /** What the publisher's own tenant shows of one registration. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RegistrationStatus(
            @Size(max = StatusLimit.NAME)
            @JsonPropertyDescription("The application's name in the catalog; absent for the verifier.")
            String application,

            @Required @Size(max = StatusLimit.ID) @JsonPropertyDescription("Its application (client) id.")
            String clientId,

            @Required
            @JsonPropertyDescription("Registered: it can serve all tenants. SingleTenant, Deleted: it serves no other"
                    + " tenant. NotFound: that tenant never showed it.")
            RegistrationState state,

            @Size(max = StatusLimit.TIME) @JsonPropertyDescription("When it was deleted, where that is known.")
            String deletedTime,

            @Size(max = StatusLimit.URL)
            @JsonPropertyDescription("The reply URL that consent returns to, where the registration does not have it.")
            String missingReplyUrl,

            @Size(max = StatusLimit.PERMISSIONS)
            @JsonPropertyDescription(
                    "Permissions that the catalog asks for and the registration does not request, so that"
                            + " no consent brings them; the first 50.")
            List<Permission> notRequested) {

        public RegistrationStatus {
            notRequested = Values.known(notRequested, Permission::complete);
        }

        boolean complete() {
            return Values.present(clientId) && state != null;
        }
    }

    /** How a registration is. */
    public enum RegistrationState {
        /** It is there, and open to all organizations. */
        Registered,
        /** It is there, and only its own tenant can use it. */
        SingleTenant,
        /** It was there, and is no longer. */
        Deleted,
        /** It is not there, and was not seen to be. */
        NotFound
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

    /** Who breaks when. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RetirementStatus(
            @Required @Size(max = StatusLimit.NAME) @JsonPropertyDescription("The application's name in the catalog.")
            String application,

            @Required
            @JsonSerialize(using = CompactPermission.Writer.class)
            @JsonDeserialize(using = CompactPermission.Reader.class)
            @JsonPropertyDescription("The permission that it needs, as resource/type/value.")
            Permission permission,

            @Required @Size(max = StatusLimit.DATE) @JsonPropertyDescription("The first day on which it does not work.")
            String date,

            @JsonPropertyDescription("How many onboardings have the application and nobody who attests that they do"
                    + " without the permission.")
            int onboardings) {

        boolean complete() {
            return Values.present(application, date) && permission != null && permission.complete();
        }
    }
}

package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.function.UnaryOperator;

/** One application in the tenant, licensed now or earlier. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApplicationStatus(
        @Required @Size(max = StatusLimit.CATALOG) @JsonPropertyDescription("The ApplicationCatalog.")
        String catalog,

        @Required @Size(max = StatusLimit.NAME) @JsonPropertyDescription("The application's name in the catalog.")
        String name,

        @Size(max = StatusLimit.DISPLAY_NAME) @JsonPropertyDescription("How people know it.")
        String displayName,

        @Size(max = StatusLimit.ID) @JsonPropertyDescription("Its application (client) id.")
        String clientId,

        @Size(max = StatusLimit.ID)
        @JsonPropertyDescription("The object id of its service principal in the tenant, as last seen.")
        String servicePrincipalId,

        @Required
        @JsonPropertyDescription("Granted, or what is wrong, as in the condition ConsentGranted; NoLongerLicensed for"
                + " what is surplus and counts for nothing.")
        ApplicationState state,

        @JsonPropertyDescription("True when Ready does not wait for it.")
        Boolean optional,

        @Size(max = StatusLimit.LINK)
        @JsonPropertyDescription("Where an administrator of the tenant grants the consent.")
        String consentUrl,

        @Size(max = StatusLimit.ROLES)
        @JsonPropertyDescription("The directory roles that can grant this consent; absent once it is granted.")
        String grantableBy,

        @Size(max = StatusLimit.MESSAGE) @JsonPropertyDescription("What is known beyond the state, for people.")
        String message,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonSerialize(contentUsing = CompactPermission.Writer.class)
        @JsonDeserialize(contentUsing = CompactPermission.Reader.class)
        @JsonPropertyDescription("Declared permissions that are granted tenant-wide, the first 50, each as"
                + " resource/type/value, such as MicrosoftGraph/Application/User.Read.All. An earlier version wrote"
                + " objects as in missing.")
        List<Permission> granted,

        @JsonPropertyDescription("How many declared permissions are granted.")
        Integer grantedTotal,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonPropertyDescription("Which of them the tenant did not grant themselves: the catalog says that a larger"
                + " one, which is granted, will do.")
        List<SatisfiedPermission> satisfied,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonPropertyDescription(
                "Needed permissions that are not granted tenant-wide, the first 50; not those that are" + " awaited.")
        List<Permission> missing,

        @JsonPropertyDescription("How many needed permissions are missing.")
        Integer missingTotal,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonPropertyDescription("Permissions that the last reading did not find and of which it is not said yet that"
                + " they are missing, the first 50: they were granted, and a later reading has to confirm that they"
                + " are gone (see vanishedTime); or a consent was just given that may still bring them.")
        List<Permission> awaited,

        @JsonPropertyDescription("How many permissions are awaited.")
        Integer awaitedTotal,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonPropertyDescription("Which of the missing permissions had been granted before, the first 50; where the"
                + " licences no longer bring the application, what it no longer holds.")
        List<Permission> lost,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonPropertyDescription("Granted permissions that the catalog does not ask for, the first 50; all of them"
                + " where the licences no longer bring the application.")
        List<Permission> surplus,

        @JsonPropertyDescription("How many granted permissions are not asked for.")
        Integer surplusTotal,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonPropertyDescription("Declared permissions that no directory object shows, such as openid; they count"
                + " neither for nor against.")
        List<Permission> notVerifiable,

        @Size(max = StatusLimit.PERMISSIONS)
        @JsonSerialize(contentUsing = CompactPermission.Writer.class)
        @JsonDeserialize(contentUsing = CompactPermission.Reader.class)
        @JsonPropertyDescription("Needed permissions that spec.attestations says the customer does without, each as"
                + " resource/type/value. They stand in no other list.")
        List<Permission> attested,

        @Size(max = StatusLimit.PREREQUISITES)
        @JsonPropertyDescription("What the catalog says that the application needs beside permissions, and no object of"
                + " the directory shows.")
        List<PrerequisiteStatus> prerequisites,

        @JsonPropertyDescription(
                "Since when everything needed is granted; where it no longer is, when it was last" + " seen so.")
        String lastGrantedTime,

        @JsonPropertyDescription("When something granted was first not found, while a second reading has yet to"
                + " confirm that it is gone.")
        String vanishedTime,

        @JsonPropertyDescription("When the last of the lost permissions was first found missing, once a second"
                + " reading has confirmed it. The change happened between lastGrantedTime and this.")
        String firstMissingTime,

        @JsonPropertyDescription("When a consent last brought some of the missing permissions, but not all.")
        String appearedTime,

        @JsonPropertyDescription("When a browser last returned from this application's consent page. A hint only.")
        String consentReturnedTime) {

    public ApplicationStatus {
        // A state of a later version says nothing to this one, but what the application had does.
        state = state == null ? ApplicationState.NotVerified : state;
        granted = Values.known(granted, Permission::complete);
        satisfied = Values.known(satisfied, SatisfiedPermission::complete);
        missing = Values.known(missing, Permission::complete);
        awaited = Values.known(awaited, Permission::complete);
        lost = Values.known(lost, Permission::complete);
        surplus = Values.known(surplus, Permission::complete);
        notVerifiable = Values.known(notVerifiable, Permission::complete);
        attested = Values.known(attested, Permission::complete);
        prerequisites = Values.known(prerequisites, PrerequisiteStatus::complete);
    }

    /** The same entry, from what belongs together. Only its form is flat. */
    public ApplicationStatus(
            Identity identity,
            ApplicationState state,
            Boolean optional,
            Link link,
            String message,
            Permissions permissions,
            Attestations attestations,
            Times times) {
        this(
                identity.catalog(),
                identity.name(),
                identity.displayName(),
                identity.clientId(),
                identity.servicePrincipalId(),
                state,
                optional,
                link.consentUrl(),
                link.grantableBy(),
                message,
                permissions.granted().shown(),
                permissions.granted().total(),
                permissions.satisfied(),
                permissions.missing().shown(),
                permissions.missing().total(),
                permissions.awaited().shown(),
                permissions.awaited().total(),
                permissions.lost(),
                permissions.surplus().shown(),
                permissions.surplus().total(),
                permissions.notVerifiable(),
                attestations.attested(),
                attestations.prerequisites(),
                times.lastGranted(),
                times.vanished(),
                times.firstMissing(),
                times.appeared(),
                times.consentReturned());
    }

    /** The same entry where nothing is attested, and nothing has to be. */
    public ApplicationStatus(
            Identity identity,
            ApplicationState state,
            Boolean optional,
            Link link,
            String message,
            Permissions permissions,
            Times times) {
        this(identity, state, optional, link, message, permissions, Attestations.NONE, times);
    }

    public Identity identity() {
        return new Identity(catalog, name, displayName, clientId, servicePrincipalId);
    }

    public Link link() {
        return new Link(consentUrl, grantableBy);
    }

    public Permissions permissions() {
        return new Permissions(
                new Listed(granted, grantedTotal),
                satisfied,
                new Listed(missing, missingTotal),
                new Listed(awaited, awaitedTotal),
                lost,
                new Listed(surplus, surplusTotal),
                notVerifiable);
    }

    public Attestations attestations() {
        return new Attestations(attested, prerequisites);
    }

    public Times times() {
        return new Times(lastGrantedTime, vanishedTime, firstMissingTime, appearedTime, consentReturnedTime);
    }

    /** Which application it is, in the catalog and in the tenant. */
    public record Identity(
            String catalog, String name, String displayName, String clientId, String servicePrincipalId) {}

    /** Where the consent is granted, and by whom. */
    public record Link(String consentUrl, String grantableBy) {

        /** No page to send anybody to. */
        public static final Link NONE = new Link(null, null);
    }

    /** What is known of its permissions. */
    public record Permissions(
            Listed granted,
            List<SatisfiedPermission> satisfied,
            Listed missing,
            Listed awaited,
            List<Permission> lost,
            Listed surplus,
            List<Permission> notVerifiable) {

        /** Nothing is known now but what had been granted, and what of it was lost. */
        public static Permissions remembered(Listed granted, List<Permission> lost) {
            return new Permissions(granted, List.of(), Listed.NONE, Listed.NONE, lost, Listed.NONE, List.of());
        }

        /** The same with what no directory object shows. */
        public Permissions withNotVerifiable(List<Permission> permissions) {
            return new Permissions(granted, satisfied, missing, awaited, lost, surplus, permissions);
        }
    }

    /** What of it rests on somebody's word. */
    public record Attestations(List<Permission> attested, List<PrerequisiteStatus> prerequisites) {

        public static final Attestations NONE = new Attestations(List.of(), List.of());
    }

    /**
     * Permissions of which the first are shown.
     *
     * @param total how many there are; null where it says nothing beyond what is shown
     */
    public record Listed(List<Permission> shown, Integer total) {

        public static final Listed NONE = new Listed(List.of(), null);

        /** As many as there is room for, with the number of all. */
        public static Listed of(List<Permission> all) {
            return all.isEmpty() ? NONE : new Listed(StatusLimit.permissions(all), all.size());
        }

        public int count() {
            return total == null ? shown.size() : total;
        }

        /** How many are there that are not shown. */
        public int unlisted() {
            return count() - shown.size();
        }
    }

    /** The times of an entry, as they stand in it. */
    public record Times(
            String lastGranted, String vanished, String firstMissing, String appeared, String consentReturned) {

        /** The same, each written in another way. */
        public Times map(UnaryOperator<String> written) {
            return new Times(
                    written.apply(lastGranted),
                    written.apply(vanished),
                    written.apply(firstMissing),
                    written.apply(appeared),
                    written.apply(consentReturned));
        }
    }
}

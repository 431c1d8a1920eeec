package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/** What was proven about an onboarding. Times are RFC 3339 in UTC, to the second. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TenantOnboardingStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1 before the first visit.")
        long observedGeneration,

        @Size(max = StatusLimit.DISPLAY_NAME)
        @JsonPropertyDescription("What the customer calls its organization in Microsoft Entra, read once a day at most;"
                + " absent where the verifier cannot read it, and where the administrator's page is off.")
        String tenantName,

        @Size(max = StatusLimit.URL)
        @JsonPropertyDescription("The page for the customer's administrator. Whoever has this address sees what this"
                + " status says, so pass it on as you would a document: spec.page revokes it. Absent where the page is"
                + " off.")
        String pageUrl,

        @Size(max = StatusLimit.GRANTED)
        @JsonPropertyDescription(
                "How many of the needed consents are granted tenant-wide, such as 3/5. Where nothing of"
                        + " them is proven, as while the onboarding is suspended, it is what was last known, and says so: 3/5"
                        + " unverified.")
        String granted,

        @Size(max = StatusLimit.NEXT_ACTION)
        @JsonPropertyDescription("Who has to do what next; absent when nothing is to be done.")
        String nextAction,

        @JsonPropertyDescription("A time at which all that the licences bring was read from the tenant. It is moved at"
                + " most once per half of the freshness window while nothing changes.")
        String lastVerified,

        @Size(max = StatusLimit.TIME)
        @JsonPropertyDescription(
                "Until when this status may be believed: the oldest reading that Ready rests on, and the"
                        + " freshness window. Whoever judges by this status and does not rely on the operator being alive"
                        + " compares this with a clock of its own. The operator itself turns Ready to Unknown when it has"
                        + " passed. Absent while suspended, and before anything was read; in the past where nothing newer could"
                        + " be read since.")
        String validUntil,

        @Size(max = StatusLimit.REQUESTED_AT)
        @JsonPropertyDescription(
                "The value of the annotation reconcile.fluxcd.io/requestedAt that was last acted on, as"
                        + " far as 1024 characters go.")
        String lastHandledReconcileAt,

        @Size(max = StatusLimit.VERIFIERS)
        @JsonPropertyDescription("The verifier of each catalog: the first link, without which nothing can be read.")
        List<VerifierStatus> verifiers,

        @Size(max = StatusLimit.APPLICATIONS)
        @JsonPropertyDescription(
                "The licensed applications, in the order of consent; after them, as NotVerified, what is"
                        + " remembered of those of a licence that cannot be resolved now; then those that the licences no longer"
                        + " bring and the tenant still has.")
        List<ApplicationStatus> applications,

        @Size(max = StatusLimit.ENDPOINTS)
        @JsonPropertyDescription("The endpoints that the users of the licensed plans must reach.")
        List<EndpointStatus> endpoints,

        @JsonPropertyDescription(
                "How much there was no room for; absent where all is shown. What is left out is verified,"
                        + " and counts, all the same.")
        LeftOut leftOut,

        @Size(max = StatusLimit.CONDITIONS)
        @JsonPropertyDescription(
                "Ready, VerifierAuthorized, ConsentGranted and NetworkReachable; Attested where something"
                        + " is or has to be; Reconciling and Stalled only while true.")
        List<Condition> conditions)
        implements ConditionedStatus {

    public TenantOnboardingStatus {
        verifiers = Values.known(verifiers, it -> Values.present(it.catalog(), it.state()));
        applications = Values.known(applications, it -> Values.present(it.catalog(), it.name()));
        endpoints = Values.known(endpoints, it -> Values.present(it.name(), it.state()));
        conditions = Values.known(conditions, Condition::complete);
    }

    /** Reads the status that any version of the operator has written. */
    static final class Reader extends TolerantReader<TenantOnboardingStatus> {

        Reader() {
            super(TenantOnboardingStatus.class);
        }

        @Override
        TenantOnboardingStatus complete(TenantOnboardingStatus value, List<ForeignValue> foreign) {
            return value;
        }

        @Override
        TenantOnboardingStatus nothing() {
            return initial();
        }
    }

    /** The same status, from what belongs together. Only its form is flat. */
    public TenantOnboardingStatus(
            Handled handled,
            Customer customer,
            Progress progress,
            Times times,
            Entries entries,
            List<Condition> conditions) {
        this(
                handled.observedGeneration(),
                customer.tenantName(),
                customer.pageUrl(),
                progress.granted(),
                progress.nextAction(),
                times.lastVerified(),
                times.validUntil(),
                handled.lastHandledReconcileAt(),
                entries.verifiers(),
                entries.applications(),
                entries.endpoints(),
                entries.leftOut(),
                conditions);
    }

    /** The status that the schema gives a new object. */
    public static TenantOnboardingStatus initial() {
        return new TenantOnboardingStatus(
                new Handled(-1, null), Customer.UNKNOWN, Progress.NONE, Times.NONE, Entries.NONE, List.of());
    }

    /** The same, proven and to be believed at other times. */
    public TenantOnboardingStatus with(Times other) {
        return new TenantOnboardingStatus(handled(), customer(), progress(), other, entries(), conditions);
    }

    /** The same, of a customer of whom other things are known. */
    public TenantOnboardingStatus with(Customer other) {
        return new TenantOnboardingStatus(handled(), other, progress(), times(), entries(), conditions);
    }

    public Handled handled() {
        return new Handled(observedGeneration, lastHandledReconcileAt);
    }

    public Customer customer() {
        return new Customer(tenantName, pageUrl);
    }

    public Progress progress() {
        return new Progress(granted, nextAction);
    }

    public Times times() {
        return new Times(lastVerified, validUntil);
    }

    public Entries entries() {
        return new Entries(verifiers, applications, endpoints, leftOut);
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(it -> it.type().equals(type)).findFirst();
    }

    public Optional<ApplicationStatus> application(String catalog, String name) {
        return applications.stream()
                .filter(it -> it.catalog().equals(catalog) && it.name().equals(name))
                .findFirst();
    }

    /** Which version of the object it speaks of, and which request for a check. */
    public record Handled(long observedGeneration, String lastHandledReconcileAt) {}

    /** Who the customer is, and where its administrator sees what is to be done. */
    public record Customer(String tenantName, String pageUrl) {

        public static final Customer UNKNOWN = new Customer(null, null);
    }

    /** How far it is, and who goes on. */
    public record Progress(String granted, String nextAction) {

        public static final Progress NONE = new Progress(null, null);
    }

    /** What the status rests on, as it stands in it. */
    public record Times(String lastVerified, String validUntil) {

        public static final Times NONE = new Times(null, null);
    }

    /** What is shown of each part. */
    public record Entries(
            List<VerifierStatus> verifiers,
            List<ApplicationStatus> applications,
            List<EndpointStatus> endpoints,
            LeftOut leftOut) {

        public static final Entries NONE = new Entries(List.of(), List.of(), List.of(), null);
    }
}

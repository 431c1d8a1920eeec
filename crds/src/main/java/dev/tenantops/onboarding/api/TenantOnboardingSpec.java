package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What a customer's tenant has licensed and how its verification is to run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TenantOnboardingSpec(
        @Required
        @Size(max = 36)
        @ValidationRule(
                value = "self.matches('" + ApiGroup.GUID + "')",
                message = "must be the tenant's GUID, such as 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10; the README shows"
                        + " how to look it up from one of the tenant's domains")
        @ValidationRule(
                value = "self == oldSelf",
                message = "is immutable: create another TenantOnboarding for another tenant")
        @JsonPropertyDescription(
                "The customer's Microsoft Entra tenant as a GUID. It cannot be changed after creation. A domain is"
                        + " not accepted, since domains move between tenants.")
        String tenantId,

        @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription("What the customer has licensed, one entry for each ApplicationCatalog. All catalogs"
                + " of an onboarding belong to one Microsoft cloud.")
        List<License> licenses,

        @JsonPropertyDescription("How the customer's users reach the vendor's endpoints.")
        Network network,

        @JsonPropertyDescription("How often the grants are verified.")
        Verification verification,

        @Size(max = 50)
        @JsonPropertyDescription(
                "What somebody vouches for that the operator cannot verify: that a prerequisite is met,"
                        + " or that the customer does without a permission that the catalog calls waivable. Each ends by itself.")
        List<Attestation> attestations,

        @JsonPropertyDescription("The page for the customer's administrator, whose address is status.pageUrl.")
        Page page,

        @Default("false")
        @JsonPropertyDescription("Stops verification while true. Ready becomes Unknown with the reason Suspended, since"
                + " nothing is proven meanwhile.")
        boolean suspend,

        @JsonIgnore List<ForeignValue> foreign) {

    public TenantOnboardingSpec {
        tenantId = Values.text(tenantId);
        licenses = Values.list(licenses);
        attestations = Values.list(attestations);
        foreign = Values.list(foreign);
    }

    /** A spec that this version knows altogether, and in which nobody attests anything. */
    public TenantOnboardingSpec(
            String tenantId, List<License> licenses, Network network, Verification verification, boolean suspend) {
        this(tenantId, licenses, network, verification, List.of(), null, suspend, List.of());
    }

    /** Reads the spec that any version of the definitions has let through. */
    static final class Reader extends TolerantReader<TenantOnboardingSpec> {

        Reader() {
            super(TenantOnboardingSpec.class);
        }

        @Override
        TenantOnboardingSpec complete(TenantOnboardingSpec value, List<ForeignValue> foreign) {
            return new TenantOnboardingSpec(
                    value.tenantId,
                    value.licenses,
                    value.network,
                    value.verification,
                    value.attestations,
                    value.page,
                    value.suspend,
                    foreign);
        }

        @Override
        TenantOnboardingSpec nothing() {
            return new TenantOnboardingSpec(null, null, null, null, false);
        }
    }

    /** The licences of one catalog. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "(has(self.plans) && size(self.plans) > 0) || (has(self.applications) && size(self.applications) >"
                    + " 0)",
            message = "a licence needs at least one plan or one application of its catalog")
    public record License(
            @Required
            @Size(min = 1, max = 253)
            @Pattern(ApiGroup.DNS_SUBDOMAIN)
            @JsonPropertyDescription("The name of an ApplicationCatalog.")
            String catalog,

            @Size(max = 20) @JsonPropertyDescription("The licensed plans of the catalog; each brings its applications.")
            List<@Size(min = 1, max = 63) @Pattern(ApiGroup.DNS_LABEL) String> plans,

            @Size(max = 50)
            @JsonPropertyDescription("Single applications beside those of the plans, such as an optional consent that"
                    + " the customer wants.")
            List<@Size(min = 1, max = 63) @Pattern(ApiGroup.DNS_LABEL) String> applications) {

        public License {
            catalog = Values.text(catalog);
            plans = Values.list(plans);
            applications = Values.list(applications);
        }
    }

    /** The way from the customer's network to the vendor's endpoints. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Network(
            @JsonPropertyDescription("The forward proxy that the catalog's endpoints are checked through. Without it"
                    + " they are checked directly.")
            Proxy proxy) {}

    /** A forward proxy. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Proxy(
            @Required
            @Size(max = 512)
            @ValidationRule(
                    value = "self.matches(r'" + UrlPattern.PROXY + "')",
                    message = "must be http://host:port or https://host:port, with a port between 1 and 65535 and"
                            + " without blanks, a user or a path; put"
                            + " credentials into a Secret and name it in credentialsRef")
            @JsonPropertyDescription("The proxy, such as http://proxy.contoso.com:3128.")
            String url,

            @JsonPropertyDescription(
                    "A Secret in the onboarding's namespace for Basic proxy authentication, with the label"
                            + " onboarding.tenantops.dev/proxy=true and the keys host (that of the URL, as"
                            + " proxy.contoso.com:3128), username and password. They are sent to that host and port only, once"
                            + " it has asked for them.")
            LocalSecretReference credentialsRef,

            @JsonPropertyDescription("Extra trust anchors (PEM), for a proxy with a private certificate authority.")
            CaBundleReference caBundleRef) {

        public Proxy {
            url = Values.text(url);
        }
    }

    /** PEM certificates in the onboarding's namespace. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CaBundleReference(
            @Required @JsonPropertyDescription("ConfigMap or Secret.")
            Kind kind,

            @Required
            @Size(min = 1, max = 253)
            @Pattern(ApiGroup.DNS_SUBDOMAIN)
            @JsonPropertyDescription("The object's name.")
            String name,

            @Size(min = 1, max = 253)
            @Default("ca.crt")
            @JsonPropertyDescription("The key that holds the certificates.")
            String key) {

        public CaBundleReference {
            name = Values.text(name);
        }

        public enum Kind {
            ConfigMap,
            Secret
        }
    }

    /** What somebody vouches for. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "has(self.prerequisite) != has(self.permission)",
            message = "an attestation is of one thing: name either a prerequisite or a permission")
    public record Attestation(
            @Required
            @Size(min = 1, max = 253)
            @Pattern(ApiGroup.DNS_SUBDOMAIN)
            @JsonPropertyDescription("The name of an ApplicationCatalog that is licensed.")
            String catalog,

            @Required
            @Size(min = 1, max = 63)
            @Pattern(ApiGroup.DNS_LABEL)
            @JsonPropertyDescription("The name of one of its applications that the licences bring.")
            String application,

            @Size(min = 1, max = 63)
            @Pattern(ApiGroup.DNS_LABEL)
            @JsonPropertyDescription("The name of a prerequisite of the application, which is met.")
            String prerequisite,

            @Size(max = StatusLimit.COMPACT_PERMISSION)
            @ValidationRule(
                    value = "self.matches('^[^/]+/(Delegated|Application)/.+$')",
                    message = "must be of the form resource/type/value, as in the status, such as"
                            + " ExchangeOnline/Application/full_access_as_app")
            @JsonPropertyDescription("A permission of the application that the catalog calls waivable, as"
                    + " resource/type/value, such as ExchangeOnline/Application/full_access_as_app: the customer does"
                    + " without it.")
            String permission,

            @Required
            @Size(min = 1, max = 512)
            @JsonPropertyDescription(
                    "Who says so, and how they know, for whoever asks later. It is shown nowhere else.")
            String reason,

            @Required
            @Size(max = StatusLimit.TIME)
            @JsonPropertyDescription(
                    "When it ends, such as 2027-03-31T00:00:00Z, at most a year ahead: longer than that"
                            + " nobody vouches for anything, so it does not count until its end is that near.")
            String until) {

        public Attestation {
            catalog = Values.text(catalog);
            application = Values.text(application);
            reason = Values.text(reason);
            until = Values.text(until);
        }
    }

    /** The administrator's page. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Page(
            @Default("1")
            @Min(1)
            @JsonPropertyDescription("Which links to the page are good: those of this number. Raise it to revoke all"
                    + " that were given out; status.pageUrl has the new one soon after.")
            Integer linkVersion,

            @Size(max = StatusLimit.TIME)
            @JsonPropertyDescription(
                    "When the page ends, such as 2027-03-31T00:00:00Z. Without it the page stays as long as"
                            + " the onboarding.")
            String expires) {

        /** The page of an onboarding whose spec says nothing of it. */
        public static final Page DEFAULT = new Page(null, null);

        public Page {
            linkVersion = linkVersion == null ? 1 : linkVersion;
        }

        /** When the page ends; a text that is no time has no end, since the schema lets none through. */
        public Optional<Instant> end() {
            try {
                return Optional.ofNullable(expires).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
            } catch (DateTimeParseException _) {
                return Optional.empty();
            }
        }
    }

    /** How often the grants are verified. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Verification(
            @Size(max = 16)
            @ValidationRule(
                    value = "self.matches('^([0-9]{1,6}(h|m|s))+$') && duration(self) >= duration('30s') &&"
                            + " duration(self) <= duration('24h')",
                    message = "must be a duration between 30s and 24h, such as 5m or 1h30m")
            @JsonPropertyDescription("The time between two verifications, between 30s and 24h, such as 5m. The default"
                    + " is the operator's.")
            String interval) {}
}

package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;

/** A vendor's product in one Microsoft cloud. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "!has(self.plans) || self.plans.all(p, !has(p.applications) || p.applications.all(n,"
                + " self.applications.exists(a, a.name == n)))",
        message = "a plan names an application that spec.applications does not list; add it there or correct the name")
@ValidationRule(
        value = "!has(self.endpoints) || self.endpoints.all(e, !has(e.plans) || e.plans.all(n, has(self.plans) &&"
                + " self.plans.exists(p, p.name == n)))",
        message = "an endpoint names a plan that spec.plans does not list; add it there or correct the name")
@ValidationRule(
        value = "!has(self.cloudName) || (has(self.cloud) && self.cloud == 'Custom')",
        message =
                "cloudName names a cloud of the operator's configuration: write cloud: Custom with it, or leave it out")
public record ApplicationCatalogSpec(
        @Required @Size(min = 1, max = 120) @JsonPropertyDescription("Who publishes these applications, for people.")
        String publisher,

        @Default("Global")
        @JsonPropertyDescription("The Microsoft cloud that the customers' tenants live in; client ids differ per cloud."
                + " Custom takes its endpoints from the operator's configuration, by cloudName.")
        Cloud cloud,

        @Size(max = 30)
        @Pattern("^[a-z][a-z0-9]*$")
        @JsonPropertyDescription("Which of the clouds in the operator's configuration it is (onboarding.clouds.<name>),"
                + " where cloud is Custom. The default is custom.")
        String cloudName,

        @Required
        @JsonPropertyDescription("The namespaces whose onboardings may use this catalog, and so its verifier.")
        AllowedNamespaces allowedNamespaces,

        @Required
        @JsonPropertyDescription("The vendor's own multi-tenant application that reads grants in the customers'"
                + " tenants. Its consent is the first link of every onboarding.")
        Verifier verifier,

        @Size(max = 1024)
        @ValidationRule(
                value = "self.startsWith('https://') && isURL(self) && self.matches('" + UrlPattern.REPLY + "')",
                message = "must be an https URL that the applications have registered as a reply URL, as it stands:"
                        + " without wildcards, placeholders or a fragment")
        @JsonPropertyDescription("A reply URL that the vendor's applications have registered. The default is"
                + " <public-url>/consent/callback of the operator; with neither, consent ends on Microsoft's page.")
        String redirectUri,

        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription("The vendor's applications in the order of consent.")
        List<Application> applications,

        @Size(max = 20) @JsonPropertyDescription("What a customer can license; each plan brings applications.")
        List<Plan> plans,

        @Size(max = 20) @JsonPropertyDescription("What the users of the plans must be able to reach.")
        List<Endpoint> endpoints,

        @JsonPropertyDescription("How the page for the customers' administrators presents the product.")
        Branding branding,

        @JsonIgnore List<ForeignValue> foreign) {

    public ApplicationCatalogSpec {
        publisher = Values.text(publisher);
        cloud = cloud == null ? Cloud.Global : cloud;
        allowedNamespaces = allowedNamespaces == null ? new AllowedNamespaces(null, null) : allowedNamespaces;
        verifier = verifier == null ? new Verifier(null, null) : verifier;
        applications = Values.list(applications);
        plans = Values.list(plans);
        endpoints = Values.list(endpoints);
        foreign = Values.list(foreign);
    }

    /** Reads the spec that any version of the definitions has let through. */
    static final class Reader extends TolerantReader<ApplicationCatalogSpec> {

        Reader() {
            super(ApplicationCatalogSpec.class);
        }

        @Override
        ApplicationCatalogSpec complete(ApplicationCatalogSpec value, List<ForeignValue> foreign) {
            return new ApplicationCatalogSpec(
                    value.publisher,
                    value.cloud,
                    value.cloudName,
                    value.allowedNamespaces,
                    value.verifier,
                    value.redirectUri,
                    value.applications,
                    value.plans,
                    value.endpoints,
                    value.branding,
                    foreign);
        }

        @Override
        ApplicationCatalogSpec nothing() {
            return new ApplicationCatalogSpec(null, null, null, null, null, null, null, null, null, null, null);
        }
    }

    /** How the page for the customers' administrators presents the product. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Branding(
            @Size(min = 1, max = 120)
            @JsonPropertyDescription("What the customer bought, such as Heedify Cloud CX; shown as it stands.")
            String product,

            @Size(max = 254)
            @ValidationRule(
                    value = "self.matches(r'^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$')",
                    message = "must be a mail address, such as onboarding@example.com")
            @JsonPropertyDescription("Whom the customer's administrator can write to.")
            String supportEmail,

            @Size(max = 512)
            @ValidationRule(
                    value = "self.startsWith('https://') && isURL(self)",
                    message = "must be an https URL that a browser can open")
            @JsonPropertyDescription("Where the customer's administrator finds help.")
            String supportUrl,

            @Size(max = 7)
            @ValidationRule(value = "self.matches('^#[0-9a-fA-F]{6}$')", message = "must be a colour such as #0a66c2")
            @JsonPropertyDescription("The colour of the product, such as #0a66c2. The page sees to it that what is"
                    + " written on it can be read.")
            String accentColor,

            @Size(max = 43_800)
            @ValidationRule(
                    value = "self.matches('^data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$')",
                    message = "must be a picture as data URI, data:image/png;base64,... (png, jpeg or webp), of at most"
                            + " 32 KiB")
            @JsonPropertyDescription(
                    "The logo, as a data URI of at most 32 KiB: data:image/png;base64,... (png, jpeg or"
                            + " webp). The page loads nothing from elsewhere.")
            String logo) {}

    /** Which namespaces may use a catalog. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "self.from != 'Selector' || has(self.selector)",
            message = "from: Selector needs a selector; write from: All to allow every namespace")
    @ValidationRule(
            value = "self.from != 'All' || !has(self.selector)",
            message = "from: All takes no selector; write from: Selector to restrict the namespaces")
    public record AllowedNamespaces(
            @Required @JsonPropertyDescription("All, or Selector for the namespaces whose labels match.")
            From from,

            @JsonPropertyDescription("Matches the labels of the namespace.")
            LabelSelector selector) {

        public enum From {
            All,
            Selector
        }
    }

    /** The application that reads grants. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Verifier(
            @Required
            @Size(max = 36)
            @ValidationRule(
                    value = "self.matches('" + ApiGroup.GUID + "')",
                    message = "must be the application (client) id, a GUID")
            @JsonPropertyDescription("The verifier's application (client) id.")
            String clientId,

            @JsonPropertyDescription("A Secret in the operator's namespace, labelled"
                    + " onboarding.tenantops.dev/verifier=true, with clientSecret, or tls.crt and tls.key, and"
                    + " optionally expiresAt. Without it the operator's federated service-account token is used.")
            LocalSecretReference credentialsRef,

            @Size(max = 36)
            @ValidationRule(
                    value = "self.matches('" + ApiGroup.GUID + "')",
                    message = "must be the id of the publisher's own tenant, a GUID")
            @JsonPropertyDescription("The publisher's own tenant, in which the verifier and the applications are"
                    + " registered. With it the operator checks the registrations there, for which the verifier needs the"
                    + " Microsoft Graph application permission Application.Read.All in that tenant too.")
            String homeTenantId) {

        public Verifier {
            clientId = Values.text(clientId);
        }

        /** One whose home tenant nobody reads. */
        public Verifier(String clientId, LocalSecretReference credentialsRef) {
            this(clientId, credentialsRef, null);
        }
    }

    /** One application of the vendor, which becomes a service principal in the customer's tenant. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "has(self.action) || (has(self.permissions) && size(self.permissions) > 0)",
            message = "an application needs permissions to consent to or an action; list what it asks for under"
                    + " permissions")
    @ValidationRule(
            value = "has(self.clientId) || has(self.action)",
            message = "clientId is required: the application (client) id of the vendor's registration")
    @ValidationRule(
            value = "has(self.clientId) || !has(self.action) || !has(self.permissions) || size(self.permissions) == 0",
            message = "permissions beside an action need the clientId of the application that asks for them, or nobody"
                    + " could verify them; add it, or leave the permissions out")
    public record Application(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(ApiGroup.DNS_LABEL)
            @JsonPropertyDescription("How plans and licences name this application.")
            String name,

            @Size(min = 1, max = 120) @JsonPropertyDescription("How the customer's administrator knows it.")
            String displayName,

            @Size(max = 256) @JsonPropertyDescription("What it is for, in a few words.")
            String purpose,

            @Size(max = 36)
            @ValidationRule(
                    value = "self.matches('" + ApiGroup.GUID + "')",
                    message = "must be the application (client) id, a GUID")
            @JsonPropertyDescription("Its application (client) id in this cloud.")
            String clientId,

            @Default("false") @JsonPropertyDescription("Shown and verified, but not needed for Ready, when true.")
            boolean optional,

            @JsonPropertyDescription(
                    "What is to be done that no directory shows. Without permissions it is done instead of"
                            + " an admin consent, and counts neither for nor against. With clientId and permissions, those are"
                            + " consented to and verified as any others, and it is done in addition.")
            Action action,

            @Size(max = 20) @JsonPropertyDescription("The permissions it needs, by the API that defines them.")
            List<ResourcePermissions> permissions,

            @Size(max = 20)
            @JsonPropertyDescription("What it needs beside permissions and no object of the directory shows, such as a"
                    + " setting of Exchange Online or an approval by Microsoft. Somebody has to attest it.")
            List<Prerequisite> prerequisites) {

        public Application {
            name = Values.text(name);
            permissions = Values.list(permissions);
            prerequisites = Values.list(prerequisites);
        }
    }

    /** Something that no object of the directory shows. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Prerequisite(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(ApiGroup.DNS_LABEL)
            @JsonPropertyDescription("How attestations and the status name it.")
            String name,

            @Required
            @Size(min = 1, max = 256)
            @JsonPropertyDescription("What has to be so, as a statement that a person can confirm.")
            String description,

            @Default("false")
            @JsonPropertyDescription("Ready waits until spec.attestations of the onboarding attests it, when true."
                    + " Otherwise it is shown as NotVerifiable, and counts neither for nor against.")
            boolean required,

            @Size(max = 512)
            @ValidationRule(
                    value = "self.startsWith('https://') && isURL(self)",
                    message = "must be an https URL that a browser can open")
            @JsonPropertyDescription("Where to read how to bring it about, and how to see that it is so.")
            String url) {

        public Prerequisite {
            name = Values.text(name);
            description = Values.text(description);
        }
    }

    /** A step other than an admin consent. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Action(
            @Required
            @JsonPropertyDescription("PublishTeamsApp: the Teams app is to be published in the tenant's Teams store.")
            Type type,

            @Required
            @Size(max = 36)
            @ValidationRule(
                    value = "self.matches('" + ApiGroup.GUID + "')",
                    message = "must be the Teams app's id, a GUID")
            @JsonPropertyDescription("The Teams app's id from its manifest.")
            String teamsAppId) {

        public enum Type {
            PublishTeamsApp
        }
    }

    /** Permissions that one resource API defines. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "(has(self.delegated) && size(self.delegated) > 0) || (has(self.application) &&"
                    + " size(self.application) > 0) || has(self.optional)",
            message = "name at least one delegated, application or optional permission of the resource")
    public record ResourcePermissions(
            @Required
            @Size(max = 36)
            @ValidationRule(
                    value = "self in " + WellKnownResource.LIST + " || self.matches('" + ApiGroup.GUID + "')",
                    message = "must be " + WellKnownResource.NAMES + ", or the appId (a GUID) of the API")
            @JsonPropertyDescription(
                    "The API that defines the permissions: " + WellKnownResource.NAMES + ", or any API's appId.")
            String resource,

            @Size(max = 50) @JsonPropertyDescription("Delegated permissions (scopes): on behalf of a signed-in user.")
            List<@Size(min = 1, max = 120) String> delegated,

            @Size(max = 50) @JsonPropertyDescription("Application permissions (app roles): without a user.")
            List<@Size(min = 1, max = 120) String> application,

            @JsonPropertyDescription("Permissions that are reported but not needed for Ready.")
            OptionalPermissions optional,

            @Size(max = 20)
            @JsonPropertyDescription("Which larger permissions also do. Nothing is implied unless it stands here.")
            List<Superset> satisfiedBy,

            @Size(max = 20)
            @JsonPropertyDescription("Which of these permissions stop working on a date that their API's owner has"
                    + " announced, although the grant stays in the directory.")
            List<Retirement> retirements,

            @Size(max = 20)
            @JsonPropertyDescription("Which of these permissions a customer may do without, if somebody attests why"
                    + " (spec.attestations of the onboarding).")
            List<Waivable> waivable) {

        public ResourcePermissions {
            resource = Values.text(resource);
            delegated = Values.list(delegated);
            application = Values.list(application);
            satisfiedBy = Values.list(satisfiedBy);
            retirements = Values.list(retirements);
            waivable = Values.list(waivable);
        }
    }

    /** The end of a permission that stays granted. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Retirement(
            @Required @JsonPropertyDescription("Delegated or Application.")
            PermissionType type,

            @Required @Size(min = 1, max = 120) @JsonPropertyDescription("The permission.")
            String value,

            @Required
            @Size(max = 10)
            @JsonPropertyDescription("The first day on which it does not work, such as 2027-04-01, from 00:00 UTC. From"
                    + " then on an application that needs it is PermissionRetired.")
            String date,

            @Size(max = 256) @JsonPropertyDescription("What ends, and what to do instead, for people.")
            String note,

            @Size(max = 512)
            @ValidationRule(
                    value = "self.startsWith('https://') && isURL(self)",
                    message = "must be an https URL that a browser can open")
            @JsonPropertyDescription("Where its owner announces it.")
            String url) {

        public Retirement {
            value = Values.text(value);
            date = Values.text(date);
        }
    }

    /** A permission that can be done without. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Waivable(
            @Required @JsonPropertyDescription("Delegated or Application.")
            PermissionType type,

            @Required @Size(min = 1, max = 120) @JsonPropertyDescription("The permission.")
            String value) {

        public Waivable {
            value = Values.text(value);
        }
    }

    /** Permissions that are not needed for Ready. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record OptionalPermissions(
            @Size(max = 50) @JsonPropertyDescription("Delegated permissions.")
            List<@Size(min = 1, max = 120) String> delegated,

            @Size(max = 50) @JsonPropertyDescription("Application permissions.")
            List<@Size(min = 1, max = 120) String> application) {

        public OptionalPermissions {
            delegated = Values.list(delegated);
            application = Values.list(application);
        }
    }

    /** Permissions of the same resource that are accepted in place of one. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Superset(
            @Required @JsonPropertyDescription("Delegated or Application.")
            PermissionType type,

            @Required @Size(min = 1, max = 120) @JsonPropertyDescription("The permission that is needed.")
            String value,

            @Required
            @Size(min = 1, max = 10)
            @JsonPropertyDescription("Permissions of the same resource and type, each of which does as well.")
            List<@Size(min = 1, max = 120) String> by) {

        public Superset {
            value = Values.text(value);
            by = Values.list(by);
        }
    }

    /** What a customer can license. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Plan(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(ApiGroup.DNS_LABEL)
            @JsonPropertyDescription("How licences name this plan.")
            String name,

            @Size(min = 1, max = 120) @JsonPropertyDescription("How people know it.")
            String displayName,

            @Required @Size(min = 1, max = 50) @JsonPropertyDescription("The names of the applications that it brings.")
            List<@Size(min = 1, max = 63) String> applications) {

        public Plan {
            name = Values.text(name);
            applications = Values.list(applications);
        }
    }

    /** Something that the users of a product must reach. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "!has(self.probeUrl) || (isURL(self.probeUrl) && url(self.probeUrl).getScheme() =="
                    + " self.url.split('://')[0])",
            message = "probeUrl needs the scheme of its endpoint's url")
    @ValidationRule(
            value = "!has(self.probeUrl) || !isURL(self.probeUrl) || (self.url.contains('://*.') ?"
                    + " url(self.probeUrl).getHostname().endsWith(self.url.split('://*')[1].split('/')[0].split(':')[0])"
                    + " : url(self.probeUrl).getHost() == self.url.split('://')[1].split('/')[0])",
            message = "probeUrl must lie inside its endpoint: its host must be the url's, or match the url's wildcard")
    public record Endpoint(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(ApiGroup.DNS_LABEL)
            @JsonPropertyDescription("How the status names this endpoint.")
            String name,

            @Required
            @Size(max = 512)
            @ValidationRule(value = "self.matches('^(https|wss)://')", message = "must begin with https:// or wss://")
            @ValidationRule(
                    value = "!self.matches('^(https|wss)://') || self.matches('" + UrlPattern.ENDPOINT_HOST + "')",
                    message = "must name a host by its DNS name, with at most one leading wildcard, such as"
                            + " wss://*.signalr.net")
            @ValidationRule(
                    value = "!self.matches('^(https|wss)://') || self.matches('" + UrlPattern.ENDPOINT_PORT + "')",
                    message = "must have a port between 1 and 65535, or none")
            @ValidationRule(
                    value = "!self.matches('^(https|wss)://') || self.matches('" + UrlPattern.ENDPOINT_REST + "')",
                    message = "has a path or query that no URL can have: write it as it can be opened, without"
                            + " placeholders such as {tenant}, and percent-encoded where that is needed")
            @ValidationRule(
                    value = "!self.matches('" + UrlPattern.ADDRESS + "')",
                    message = "must name a host, not an IP address")
            @JsonPropertyDescription("The endpoint as a firewall rule names it: https:// or wss://, a host, or a"
                    + " wildcard such as wss://*.signalr.net.")
            String url,

            @Size(max = 512)
            @ValidationRule(
                    value = "!self.contains('@') && !self.contains('*')",
                    message = "must be a URL of one host, without a user")
            @ValidationRule(
                    value = "self.matches('" + UrlPattern.PROBE + "')",
                    message = "must be a URL that can be dialled as it stands: https:// or wss://, a DNS name, a port"
                            + " between 1 and 65535 or none, and a path without placeholders such as {tenant}")
            @JsonPropertyDescription(
                    "What is dialled to check the endpoint; needed where url has a wildcard. Without it"
                            + " a wildcard endpoint is reported as not probed.")
            String probeUrl,

            @Size(max = 20) @JsonPropertyDescription("The plans whose users need it; none means every plan.")
            List<@Size(min = 1, max = 63) String> plans) {

        public Endpoint {
            name = Values.text(name);
            url = Values.text(url);
            plans = Values.list(plans);
        }
    }
}

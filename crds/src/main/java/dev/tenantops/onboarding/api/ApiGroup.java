package dev.tenantops.onboarding.api;

/** Names of this API that annotations and code share. */
public final class ApiGroup {

    public static final String NAME = "onboarding.tenantops.dev";
    public static final String VERSION = "v1alpha1";

    /** Label, with the value {@code true}, of the Secrets that hold verifier credentials. */
    public static final String VERIFIER_LABEL = NAME + "/verifier";

    /** Label, with the value {@code true}, of the Secrets whose credentials are for a customer's proxy. */
    public static final String PROXY_LABEL = NAME + "/proxy";

    /** Label, with the value {@code true}, of the Leases by which replicas of the operator agree on who verifies. */
    public static final String SHARD_LABEL = NAME + "/shard";

    /** Annotation of such a Lease: the label selector of the onboardings that its holder verifies. Empty: all. */
    public static final String SHARD_SELECTOR = NAME + "/shard-selector";

    /** Annotation of such a Lease: whether its holder writes the statuses of the catalogs. */
    public static final String SHARD_CATALOGS = NAME + "/shard-catalogs";

    /** Annotation of such a Lease, as JSON: what the onboardings of its holder make of each catalog. */
    public static final String SHARD_CATALOG_USE = NAME + "/shard-catalog-use";

    /** Annotation of an Event: where people can read what its reason means, and what to do. */
    public static final String RUNBOOK_ANNOTATION = NAME + "/runbook";

    /** A GUID in its usual form. */
    static final String GUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

    /** A DNS label, as Kubernetes uses it for names inside an object. */
    static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A DNS subdomain, as Kubernetes uses it for object names. */
    static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";

    private ApiGroup() {}
}

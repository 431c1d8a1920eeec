package dev.tenantops.onboarding.api;

/** Names of this API that annotations and code share. */
public final class ApiGroup {

    public static final String NAME = "onboarding.tenantops.dev";
    public static final String VERSION = "v1alpha1";

    /** Label, with the value {@code true}, of the Secrets that hold verifier credentials. */
    public static final String VERIFIER_LABEL = NAME + "/verifier";

    /** A GUID in its usual form. */
    static final String GUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

    /** A DNS label, as Kubernetes uses it for names inside an object. */
    static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A DNS subdomain, as Kubernetes uses it for object names. */
    static final String DNS_SUBDOMAIN = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";

    private ApiGroup() {}
}

package dev.tenantops.onboarding.operator.network;

/**
 * Where a way is declared, so that a message names what its reader can change.
 *
 * @param url what holds the proxy's URL
 * @param credentials how to give the proxy credentials
 * @param certificates what holds extra trust anchors
 * @param declare how to have a proxy used at all
 * @param brokenEndpoint what to do about an endpoint that was reached and does not work
 */
public record RouteSetting(String url, String credentials, String certificates, String declare, String brokenEndpoint) {

    /** The way of a customer's users, which an onboarding declares. */
    public static final RouteSetting OF_THE_CUSTOMER = new RouteSetting(
            "spec.network.proxy.url",
            "a Secret that spec.network.proxy.credentialsRef names",
            "spec.network.proxy.caBundleRef",
            "declare the customer's proxy in spec.network.proxy",
            "Ask the endpoint's operator, or name another probeUrl in the catalog");

    /** The operator's own way to login and Graph, which its configuration declares. */
    public static final RouteSetting OF_THE_OPERATOR = new RouteSetting(
            "onboarding.proxy.url",
            "onboarding.proxy.username and onboarding.proxy.password",
            "onboarding.tls.ca-bundle",
            "declare the operator's proxy in onboarding.proxy.url",
            "Look whether Microsoft reports an outage");
}

package dev.tenantops.onboarding.operator.network;

/**
 * Where a proxy is declared, so that a message names what its reader can change.
 *
 * @param url what holds its URL
 * @param credentials how to give it credentials
 * @param certificates what holds extra trust anchors
 * @param declare how to have a proxy used at all
 */
public record ProxySetting(String url, String credentials, String certificates, String declare) {

    /** The customer's proxy, which an onboarding declares. */
    public static final ProxySetting OF_THE_CUSTOMER = new ProxySetting(
            "spec.network.proxy.url",
            "a Secret that spec.network.proxy.credentialsRef names",
            "spec.network.proxy.caBundleRef",
            "declare the customer's proxy in spec.network.proxy");

    /** The operator's own proxy, which its configuration declares. */
    public static final ProxySetting OF_THE_OPERATOR = new ProxySetting(
            "onboarding.proxy.url",
            "onboarding.proxy.username and onboarding.proxy.password",
            "onboarding.tls.ca-bundle",
            "declare the operator's proxy in onboarding.proxy.url");
}

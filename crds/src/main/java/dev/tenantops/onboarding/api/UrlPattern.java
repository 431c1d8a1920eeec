package dev.tenantops.onboarding.api;

/**
 * How the URLs of this API are made, in regular expressions that Java and the API server's RE2 read alike. What the
 * definitions reject at apply and what the operator does not dial are the same: an object may be older than a rule.
 */
public final class UrlPattern {

    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private static final String DNS_NAME = LABEL + "([.]" + LABEL + ")+";

    /** From 1 to 65535, with its colon, or none. */
    private static final String PORT =
            "(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]" + "|6553[0-5]))?";

    /** What RFC 3986 lets stand in a path and a query, without the sign that ends a user's name. */
    private static final String REST = "([/?]([A-Za-z0-9._~!$&()*+,;=:/?-]|%[0-9A-Fa-f]{2})*)?";

    /** A host by its DNS name, with at most one leading wildcard. */
    public static final String ENDPOINT_HOST = "^(https|wss)://([*][.])?" + DNS_NAME + "([:/?#].*)?$";

    /** A host and, where it is given, a port that exists. */
    public static final String ENDPOINT_PORT = "^(https|wss)://[^:/?#]*" + PORT + "([/?#].*)?$";

    /** A path and a query that can be sent as they stand. */
    public static final String ENDPOINT_REST = "^(https|wss)://[^/?#]*" + REST + "$";

    /** A name that resolvers take for an address, such as 10.0.0.1, 127.1 or 0x7f000001. */
    public static final String ADDRESS = "^[a-z]+://([^/]*[.])?([0-9]+|0[xX][0-9A-Fa-f]*)[.]?(:[0-9]*)?([/?#].*)?$";

    /** What can be dialled. */
    public static final String PROBE = "^(https|wss)://" + DNS_NAME + PORT + REST + "$";

    /** A proxy, whose host may be a short name, a name with an underscore, or an address. */
    public static final String PROXY = "^https?://([\\p{L}\\p{N}._-]{1,253}|[[][0-9A-Fa-f:.]+[]])" + PORT + "/?$";

    /** Where a browser is sent back to. */
    public static final String REPLY = "^https://(" + LABEL + "([.]" + LABEL + ")*)" + PORT + REST + "$";

    private UrlPattern() {}
}

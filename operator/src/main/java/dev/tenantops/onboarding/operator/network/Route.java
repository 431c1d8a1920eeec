package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeTarget.ProxyCredentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The way of one probe: to the target, through a proxy if one is declared. */
record Route(Authority target, Optional<Proxy> proxy) {

    /** The only address that the operator itself looks up and dials. */
    Authority firstHop() {
        return proxy.map(Proxy::authority).orElse(target);
    }

    @Override
    public String toString() {
        return target + proxy.map(it -> " through the proxy " + it).orElse("");
    }

    /**
     * What the other side wrote, fit to be shown: printable, short, and not at all if it repeats the credentials that
     * it was given.
     */
    String quote(String written) {
        String printable = written.replaceAll("[^\\x20-\\x7E]", "?");
        boolean leaks = proxy.flatMap(Proxy::credentials)
                .filter(it -> repeats(written, it.password()) || repeats(written, basic(it)))
                .isPresent();
        return leaks ? "(not shown: it repeats the proxy's credentials)" : cut(printable);
    }

    /** The user-id and password of the Basic scheme, RFC 7617. */
    static String basic(ProxyCredentials credentials) {
        return Base64.getEncoder()
                .encodeToString(
                        (credentials.username() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8));
    }

    // Distinguished names and the like come with escapes, so letters and digits alone are compared.
    private static boolean repeats(String text, String secret) {
        String bare = secret.replaceAll("[^A-Za-z0-9]", "");
        return bare.isEmpty()
                ? !secret.isEmpty() && text.contains(secret)
                : text.replaceAll("[^A-Za-z0-9]", "").contains(bare);
    }

    private static String cut(String text) {
        return text.length() <= 160 ? text : text.substring(0, 157) + "...";
    }

    /** A forward proxy, spoken to over TLS if secure. */
    record Proxy(Authority authority, boolean secure, Optional<ProxyCredentials> credentials) {
        @Override
        public String toString() {
            return (secure ? "https://" : "http://") + authority;
        }
    }
}

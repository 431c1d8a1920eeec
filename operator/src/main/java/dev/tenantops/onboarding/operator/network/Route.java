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
                .filter(it ->
                        (!it.password().isEmpty() && written.contains(it.password())) || written.contains(basic(it)))
                .isPresent();
        return leaks ? "(not shown: it repeats the proxy's credentials)" : cut(printable);
    }

    /** The user-id and password of the Basic scheme, RFC 7617. */
    static String basic(ProxyCredentials credentials) {
        return Base64.getEncoder()
                .encodeToString(
                        (credentials.username() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8));
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

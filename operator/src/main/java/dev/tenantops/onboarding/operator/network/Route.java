package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.Authority;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import java.net.URI;
import java.util.Optional;

/**
 * The way of one probe: to the target, through a proxy if one is declared.
 *
 * @param firstHop the only address that the operator itself looks up and dials: the proxy, or without one the target
 */
record Route(URI url, Authority target, Optional<ForwardProxy> proxy, Authority firstHop, RouteSetting setting) {

    boolean webSocket() {
        return "wss".equalsIgnoreCase(url.getScheme());
    }

    /** What is asked of the endpoint. */
    String requestTarget() {
        var path = Optional.ofNullable(url.getRawPath())
                .filter(it -> !it.isEmpty())
                .orElse("/");
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** The port is left out where it is the default, as RFC 9110 section 7.2 wants it. */
    String hostHeader() {
        return target.port() == 443
                ? target.toString().substring(0, target.toString().length() - ":443".length())
                : target.toString();
    }

    /**
     * What the other side wrote, fit to be shown: printable, short, and not at all if it repeats the credentials that
     * it was given.
     */
    String quote(String written) {
        var printable = written.replaceAll("[^\\x20-\\x7E]", "?");
        var leaks = proxy.flatMap(ForwardProxy::credentials)
                .filter(it -> repeats(written, it.password()) || repeats(written, it.userPass()))
                .isPresent();
        return leaks ? "(not shown: it repeats the proxy's credentials)" : cut(printable);
    }

    // Distinguished names and the like come with escapes, so letters and digits alone are compared.
    private static boolean repeats(String text, String secret) {
        var bare = secret.replaceAll("[^A-Za-z0-9]", "");
        return bare.isEmpty()
                ? !secret.isEmpty() && text.contains(secret)
                : text.replaceAll("[^A-Za-z0-9]", "").contains(bare);
    }

    private static String cut(String text) {
        return text.length() <= 160 ? text : text.substring(0, 157) + "...";
    }
}

package dev.tenantops.onboarding.operator.network;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.net.URISyntaxException;

/** Whether an answer over an inspected connection is the proxy's own: a page that blocks, or one that asks to sign in. */
final class Inspection {

    private Inspection() {}

    static boolean blocks(Route route, Secured connection, HttpAnswer.Head head) {
        if (!connection.inspected()) {
            return false;
        }
        return switch (head.status()) {
            // 511: Network Authentication Required, RFC 6585. 451: Unavailable For Legal Reasons, RFC 7725.
            case 403, 407, 451, 511 -> true;
            case 301, 302, 303, 307, 308 -> leadsElsewhere(route, head.headers().get(HttpHeaderNames.LOCATION));
            default -> false;
        };
    }

    static String next(Route route) {
        return "Exempt " + route.target() + " from TLS inspection, or allow it in the rules of the inspecting proxy";
    }

    private static boolean leadsElsewhere(Route route, String location) {
        if (location == null) {
            return false;
        }
        try {
            var to = route.url().resolve(new URI(location));
            return to.getHost() != null
                    && !to.getHost().equalsIgnoreCase(route.target().host());
        } catch (URISyntaxException _) {
            return false;
        }
    }
}

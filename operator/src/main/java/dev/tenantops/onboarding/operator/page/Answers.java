package dev.tenantops.onboarding.operator.page;

import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Optional;

/** What all answers to browsers have in common. */
final class Answers {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration SOON = Duration.ofSeconds(10);

    private Answers() {}

    /** Where a request comes from, as far as that is known. */
    static String address(HttpServerRequest request, ClientAddress addresses) {
        return addresses.of(
                Optional.ofNullable(request.remoteAddress())
                        .map(SocketAddress::hostAddress)
                        .orElse(""),
                request.headers().getAll("X-Forwarded-For"));
    }

    static Response.ResponseBuilder html(Response.ResponseBuilder response, TemplateInstance page) {
        return html(response, page.render());
    }

    static Response.ResponseBuilder html(Response.ResponseBuilder response, String page) {
        return response.entity(page).type(HTML).header("Vary", "Accept-Language");
    }

    static Response.ResponseBuilder text(String text, String type) {
        return Response.ok(text, type).header("Vary", "Accept-Language");
    }

    /** The same words for a link that never was, and for one that is good no longer. */
    static Response.ResponseBuilder notFound(Asked asked) {
        return html(Response.status(Status.NOT_FOUND), PageContent.card(Cards::notFound, asked));
    }

    static Response.ResponseBuilder ended(Asked asked) {
        return html(Response.status(Status.GONE), PageContent.card(Cards::ended, asked));
    }

    /** Whoever asks again is answered by then. */
    static Response.ResponseBuilder unavailable(Asked asked) {
        return html(Response.status(Status.SERVICE_UNAVAILABLE), PageContent.card(Cards::unavailable, asked))
                .header("Retry-After", SOON.toSeconds());
    }

    static Response.ResponseBuilder waiting(Duration time, Asked asked) {
        return html(Response.status(TOO_MANY_REQUESTS), PageContent.card(Cards::tooMany, asked))
                .header("Retry-After", Math.max(1, time.toSeconds() + 1));
    }

    /** Nothing from elsewhere runs or is loaded, nobody frames it, and where the browser was is told nobody. */
    static Response.ResponseBuilder secured(Response.ResponseBuilder response) {
        return response.header(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
                                + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}

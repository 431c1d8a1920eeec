package dev.tenantops.onboarding.operator.page;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;

/** Where Microsoft's consent pages send a browser back to. */
@Path("/consent/callback")
public class ConsentCallbackResource {

    private static final String HTML = "text/html;charset=UTF-8";

    private final CallbackHandler handler;

    @Inject
    public ConsentCallbackResource(OnboardingLookup onboardings) {
        handler = new CallbackHandler(
                onboardings, InstantSource.system(), it -> Thread.ofVirtual().start(it));
    }

    @GET
    @Produces(HTML)
    public Response callback(@Context UriInfo uri) {
        var page = handler.handle(uri.getQueryParameters());
        return withHeaders(Response.ok(PageTemplates.callback(page).render(), HTML));
    }

    /** Without this method a HEAD request would be served by the one above, and could ask for a verification. */
    @HEAD
    @Produces(HTML)
    public Response head() {
        return withHeaders(Response.ok().type(HTML));
    }

    private static Response withHeaders(Response.ResponseBuilder response) {
        return response.header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'")
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .build();
    }
}

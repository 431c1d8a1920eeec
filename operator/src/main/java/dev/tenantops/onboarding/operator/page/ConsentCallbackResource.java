package dev.tenantops.onboarding.operator.page;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Where Microsoft's consent pages send a browser back to. */
@Path(ConsentCallbackResource.PATH)
public class ConsentCallbackResource {

    public static final String PATH = "/consent/callback";

    private static final String HTML = "text/html;charset=UTF-8";

    private final CallbackHandler handler;
    private final PageDesk desk;

    @Inject
    public ConsentCallbackResource(OnboardingLookup onboardings, PageDesk desk) {
        this.handler = new CallbackHandler(
                onboardings, InstantSource.system(), it -> Thread.ofVirtual().start(it));
        this.desk = desk;
    }

    @GET
    @Produces(HTML)
    public Response callback(@Context UriInfo uri, @Context HttpHeaders headers, @Context HttpServerRequest request) {
        var asked = Asked.of(uri, headers);
        var waiting = desk.open().flatMap(it -> it.limits().address(Answers.address(request, it.addresses())));
        if (waiting.isPresent()) {
            return Answers.secured(Answers.waiting(waiting.get(), asked)).build();
        }
        var handled = handler.handle(uri.getQueryParameters());
        return Answers.secured(handled.returned()
                        .flatMap(it -> desk.open().flatMap(open -> back(it, headers, open)))
                        .map(Response::seeOther)
                        .orElseGet(() -> Answers.html(
                                Response.ok(),
                                PageContent.card(it -> it.callback(handled.outcome(), handled.requested()), asked))))
                .build();
    }

    /** Where the browser came from, if it was a page of this onboarding. */
    private static Optional<URI> back(CallbackHandler.Return returned, HttpHeaders headers, PageDesk.Open open) {
        return ConsentReturnCookie.token(headers.getCookies(), returned.uid(), open.pages())
                .map(it -> UriBuilder.fromUri(open.pages().address(it))
                        .queryParam("consent", returned.consent().application())
                        .queryParam("outcome", returned.consent().outcome().name())
                        .build());
    }

    /** Without this method a HEAD request would be served by the one above, and could ask for a verification. */
    @HEAD
    @Produces(HTML)
    public Response head() {
        return Answers.secured(Response.ok().type(HTML)).build();
    }
}

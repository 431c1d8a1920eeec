package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.page.AdministratorPages.Found;
import dev.tenantops.onboarding.operator.page.PageStreams.Told;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The pages of the customers' administrators, by their links. Nothing that is asked here changes anything. */
@Path(PageLinks.PATH)
@Blocking
public class AdministratorPageResource {

    private static final Duration TOO_MANY_STREAMS = Duration.ofSeconds(30);

    /** After that a stream may have ended. */
    private static final Duration ROOM = Duration.ofSeconds(30);

    private final PageDesk desk;

    @Inject
    public AdministratorPageResource(PageDesk desk) {
        this.desk = desk;
    }

    @GET
    @Path("{token}")
    public Response page(
            @PathParam("token") String token,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        return answer(
                token,
                uri,
                headers,
                request,
                asked -> Answers.html(Response.ok(), PageContent.whole(asked.page(), asked.by(), token))
                        .cookie(returning(asked.open().pages(), asked.page(), token)));
    }

    /** What a script puts in place of what it shows. */
    @GET
    @Path("{token}/content")
    public Response content(
            @PathParam("token") String token,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        return answer(
                token,
                uri,
                headers,
                request,
                asked -> Answers.html(Response.ok(), asked.open().pages().content(token, asked.page(), asked.by())));
    }

    @GET
    @Path("{token}/pack.md")
    public Response markdown(
            @PathParam("token") String token,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        return answer(
                token,
                uri,
                headers,
                request,
                asked -> Answers.text(PageContent.markdown(asked.page(), asked.by()), "text/markdown;charset=UTF-8"));
    }

    @GET
    @Path("{token}/pack.txt")
    public Response text(
            @PathParam("token") String token,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        return answer(
                token,
                uri,
                headers,
                request,
                asked -> Answers.text(PageContent.text(asked.page(), asked.by()), "text/plain;charset=UTF-8"));
    }

    @GET
    @Path("{token}/proof")
    public Response proof(
            @PathParam("token") String token,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        return answer(
                token,
                uri,
                headers,
                request,
                asked -> Answers.html(Response.ok(), PageContent.proof(asked.page(), asked.by(), token)));
    }

    /** Tells of changes, as server-sent events: {@code changed} with what tells one state from another, and {@code ended}. */
    @GET
    @Path("{token}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(
            @PathParam("token") String token,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request,
            @Context Sse sse) {
        var admitted = new AtomicReference<Admitted>();
        var answer = answer(token, uri, headers, request, asked -> {
            if (!asked.open().streams().hasRoom(token, asked.address())) {
                return Answers.waiting(ROOM, asked.by());
            }
            admitted.set(asked);
            return Response.ok();
        });
        var asked = admitted.get();
        if (asked == null) {
            throw new WebApplicationException(answer);
        }
        // What streams is no Response, so its headers are given to the server itself.
        answer.getStringHeaders().forEach((name, values) -> request.response().putHeader(name, values));
        // Proxies that gather an answer before they pass it on would keep it for ever.
        request.response().putHeader("X-Accel-Buffering", "no");
        return events(
                asked.open()
                        .streams()
                        .open(
                                token,
                                asked.page(),
                                asked.address(),
                                () -> request.response().reset()),
                sse);
    }

    /** Without this method a HEAD request would be served by those above. */
    @HEAD
    @Path("{token}{rest:(/(content|pack\\.md|pack\\.txt|proof|events))?}")
    public Response head(
            @PathParam("token") String token,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        var status = answer(token, uri, headers, request, _ -> Response.ok()).getStatus();
        return Answers.secured(Response.status(status)).build();
    }

    private static Multi<OutboundSseEvent> events(Multi<Told> told, Sse sse) {
        return told.map(it -> switch (it) {
            case Told.Shows(var revision) ->
                sse.newEventBuilder().name("changed").data(revision).build();
            case Told.Ended() ->
                sse.newEventBuilder().name("ended").data("ended").build();
            case Told.Nothing() -> sse.newEventBuilder().comment("").build();
        });
    }

    /** Who asks for a page that is there. */
    private record Admitted(PageDesk.Open open, PageSnapshot page, Asked by, String address) {}

    private Response answer(
            String token,
            UriInfo uri,
            HttpHeaders headers,
            HttpServerRequest request,
            Function<Admitted, Response.ResponseBuilder> shown) {
        var asked = Asked.of(uri, headers);
        if (desk.open().isEmpty()) {
            return Answers.secured(Answers.notFound(asked)).build();
        }
        var open = desk.open().get();
        var address = Answers.address(request, open.addresses());
        var answer = open.limits()
                .address(address)
                .map(it -> Answers.waiting(it, asked))
                .orElseGet(() -> switch (open.pages().find(token)) {
                    case Found.Nothing _ -> Answers.notFound(asked);
                    case Found.Ended _ -> Answers.ended(asked);
                    case Found.Unavailable _ -> Answers.unavailable(asked);
                    case Found.Shown(var page) ->
                        open.limits()
                                .link(page.uid())
                                .map(it -> Answers.waiting(it, asked))
                                .orElseGet(() -> shown.apply(new Admitted(open, page, asked, address)));
                });
        return Answers.secured(answer).build();
    }

    /** By this a browser that returns from a consent page is led back here. A consent link alone leads nobody to the page. */
    private static NewCookie returning(AdministratorPages pages, PageSnapshot page, String token) {
        return new NewCookie.Builder(ConsentReturnCookie.name(page.uid()))
                .value(token)
                .path(ConsentReturnCookie.PATH)
                .httpOnly(true)
                .secure(pages.secure())
                .sameSite(SameSite.LAX)
                .build();
    }
}

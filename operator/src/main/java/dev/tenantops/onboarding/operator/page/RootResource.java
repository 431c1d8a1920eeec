package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.AccentColor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** What belongs to no page: the root, which somebody finds who cuts a link, and the colours of vendors. */
@Path("/")
public class RootResource {

    @GET
    public Response root(@Context UriInfo uri, @Context HttpHeaders headers) {
        return Answers.secured(Answers.html(Response.ok(), PageContent.card(Cards::root, Asked.of(uri, headers))))
                .build();
    }

    /** A style sheet is the only way to a colour of a vendor's own that needs no style within the page. */
    @GET
    @Path("assets/accent-{colour:[0-9a-f]{6}}.css")
    public Response accent(@PathParam("colour") String colour) {
        return Answers.secured(Response.ok(
                        AccentColor.of(colour)
                                .orElseThrow(NotFoundException::new)
                                .styleSheet(),
                        MediaType.valueOf("text/css;charset=UTF-8")))
                .build();
    }
}

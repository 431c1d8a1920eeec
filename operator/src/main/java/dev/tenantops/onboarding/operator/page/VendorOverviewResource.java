package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.openid.Person;
import dev.tenantops.onboarding.operator.page.openid.Session;
import dev.tenantops.onboarding.operator.page.openid.SignInSettings;
import dev.tenantops.onboarding.operator.page.openid.SignInUnavailable;
import dev.tenantops.onboarding.operator.page.vendor.Access;
import dev.tenantops.onboarding.operator.page.vendor.CsvTable;
import dev.tenantops.onboarding.operator.page.vendor.Language;
import dev.tenantops.onboarding.operator.page.vendor.OnboardingSource;
import dev.tenantops.onboarding.operator.page.vendor.Overview;
import dev.tenantops.onboarding.operator.page.vendor.OverviewFilter;
import dev.tenantops.onboarding.operator.page.vendor.OverviewReason;
import io.quarkus.oidc.OIDCException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * All onboardings that somebody of the vendor may see. It changes nothing. Whoever has not signed in is sent to the provider,
 * by the library, before anything here runs.
 */
@Path(SignInSettings.ROOT)
@Authenticated
@Blocking
public class VendorOverviewResource {

    private static final String HTML = "text/html;charset=UTF-8";

    private final VendorPage page;
    private final OnboardingSource source;
    private final CurrentIdentityAssociation identities;
    private final Session session;
    private final InstantSource clock = InstantSource.system();

    @Inject
    public VendorOverviewResource(
            VendorPage page, OnboardingSource source, CurrentIdentityAssociation identities, Session session) {
        this.page = page;
        this.source = source;
        this.identities = identities;
        this.session = session;
    }

    @GET
    public Response overview(@Context SecurityIdentity identity, @Context UriInfo uri, @Context HttpHeaders headers) {
        var person = person(identity);
        var asked = asked(uri);
        var language = language(uri, headers);
        var access = access(person);
        if (access instanceof Access.Nothing(var cause)) {
            return notice(notice(cause), Status.FORBIDDEN, language);
        }
        var overview =
                Overview.of(source.onboardings(), access, OverviewFilter.of(uri.getQueryParameters()), clock.instant());
        var view = OverviewView.of(overview, person.name(), language, asked, source.silentSince());
        return html(Response.ok(), OverviewTemplates.overview(view, language.name()), language, person.authorization());
    }

    /** The same rows, all pages of them, for a spreadsheet. */
    @GET
    @Path("/onboardings.csv")
    public Response csv(@Context SecurityIdentity identity, @Context UriInfo uri, @Context HttpHeaders headers) {
        var language = language(uri, headers);
        var access = access(person(identity));
        if (access instanceof Access.Nothing(var cause)) {
            return notice(notice(cause), Status.FORBIDDEN, language);
        }
        var words = MessageBundles.get(OverviewMessages.class, Localized.Literal.of(language.name()));
        var rows = Overview.rows(
                source.onboardings(), access, OverviewFilter.of(uri.getQueryParameters()), clock.instant());
        return protectedBy(Response.ok(
                                CsvTable.of(
                                        rows,
                                        row -> OverviewReason.of(row.reason())
                                                .map(words::reason)
                                                .orElse("")),
                                "text/csv;charset=UTF-8")
                        .header("Content-Disposition", "attachment; filename=\"onboardings.csv\""))
                .build();
    }

    /** Where the provider sends browsers back to; the library leads those that it believes to where they came from. */
    @GET
    @Path("/signed-in")
    public Response signedIn() {
        return protectedBy(Response.seeOther(URI.create(SignInSettings.ROOT))).build();
    }

    @GET
    @Path("/sign-out")
    @PermitAll
    public Uni<Response> signOut() {
        var settings = settings();
        return identities
                .getDeferredIdentity()
                .map(it -> Person.of(it, settings.groupsClaim()))
                // A session that is over, or a provider that is away, keeps nobody from signing out.
                .onFailure()
                .recoverWithItem(Optional.empty())
                .call(session::end)
                .map(it -> it.flatMap(person -> Session.endAtProvider(person, settings))
                        .orElseGet(() -> URI.create(settings.address(SignInSettings.SIGNED_OUT))))
                .map(it -> protectedBy(Response.seeOther(it)).build());
    }

    @GET
    @Path("/signed-out")
    @PermitAll
    public Response signedOut(@Context UriInfo uri, @Context HttpHeaders headers) {
        return notice(OverviewNotice.SignedOut, Status.OK, language(uri, headers));
    }

    /** Whatever the provider says why, it may be forged, and is not shown. */
    @GET
    @Path("/sign-in-failed")
    @PermitAll
    public Response failed(@Context UriInfo uri, @Context HttpHeaders headers) {
        return notice(OverviewNotice.Failed, Status.UNAUTHORIZED, language(uri, headers));
    }

    /** Leads whoever has not signed in, or not lately, to the provider; the library alone says 401 where that is away. */
    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Uni<Response> notSignedIn(RoutingContext request, UriInfo uri, HttpHeaders headers) {
        HttpAuthenticator authenticator = request.get(HttpAuthenticator.class.getName());
        return authenticator
                .getChallenge(request)
                .map(challenge -> {
                    var response = Response.status(challenge.status);
                    challenge.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
                    return protectedBy(response).build();
                })
                .onFailure(it -> it instanceof OIDCException || Session.providerIsAway(it))
                .recoverWithItem(() -> away(uri, headers));
    }

    @ServerExceptionMapper(AuthenticationCompletionException.class)
    public Response notAccepted(AuthenticationCompletionException failure, UriInfo uri, HttpHeaders headers) {
        return Session.providerIsAway(failure) ? away(uri, headers) : failed(uri, headers);
    }

    @ServerExceptionMapper({OIDCException.class, SignInUnavailable.class})
    public Response unavailable(UriInfo uri, HttpHeaders headers) {
        return away(uri, headers);
    }

    private Response away(UriInfo uri, HttpHeaders headers) {
        var response = notice(OverviewNotice.Away, Status.SERVICE_UNAVAILABLE, language(uri, headers));
        response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, "60");
        return response;
    }

    private SignInSettings settings() {
        return page.signIn().settings().orElseThrow();
    }

    private Person person(SecurityIdentity identity) {
        return Person.of(identity, settings().groupsClaim())
                .orElseThrow(() -> new AuthenticationCompletionException("Signed in without an ID token"));
    }

    private Access access(Person person) {
        var access = page.access().of(person.groups());
        return access instanceof Access.Nothing && person.groupsLeftOut()
                ? new Access.Nothing(Access.Cause.TooManyGroups)
                : access;
    }

    private static OverviewNotice notice(Access.Cause cause) {
        return switch (cause) {
            case NoGroup -> OverviewNotice.NoGroup;
            case TooManyGroups -> OverviewNotice.TooManyGroups;
        };
    }

    private Response notice(OverviewNotice notice, Status status, Language language) {
        return html(
                Response.status(status),
                OverviewTemplates.notice(notice, language.name(), page.contact().orElse(null)),
                language,
                Optional.empty());
    }

    private static Optional<Language> asked(UriInfo uri) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst("lang")).flatMap(Language::of);
    }

    private static Language language(UriInfo uri, HttpHeaders headers) {
        return asked(uri).orElseGet(() -> Language.preferred(headers.getAcceptableLanguages()));
    }

    /** @param provider where a form leads to when the session has ended meanwhile */
    private static Response html(
            Response.ResponseBuilder response, TemplateInstance template, Language language, Optional<URI> provider) {
        var forms = provider.map(it -> " " + it.getScheme() + "://" + it.getRawAuthority())
                .orElse("");
        return protectedBy(response.entity(template.setLocale(language.locale()).render())
                        .type(HTML)
                        .header("Content-Language", language.name())
                        .header("Vary", "Accept-Language, Cookie"))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'" + forms
                                + "; frame-ancestors 'none'")
                .build();
    }

    private static Response.ResponseBuilder protectedBy(Response.ResponseBuilder response) {
        return response.header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("X-Robots-Tag", "noindex")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}

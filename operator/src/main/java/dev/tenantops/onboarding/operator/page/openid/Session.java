package dev.tenantops.onboarding.operator.page.openid;

import io.quarkus.oidc.OidcSession;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The session of the browser that asks. */
@Singleton
public class Session {

    /** Causes have causes, and nothing says that they end. */
    private static final int DEEPEST = 10;

    private final OidcSession session;

    @Inject
    public Session(OidcSession session) {
        this.session = session;
    }

    /** Ends it here. */
    public Uni<Void> end() {
        return session.logout();
    }

    /**
     * Where to end it at the provider as well, which then leads back here; empty for a provider without such a place, whose
     * session stays.
     */
    public static Optional<URI> endAtProvider(Person person, SignInSettings settings) {
        return person.endSession()
                .map(it -> URI.create(it
                        + (it.getRawQuery() == null ? "?" : "&")
                        + "id_token_hint=" + encoded(person.idToken())
                        + "&client_id=" + encoded(settings.clientId())
                        + "&post_logout_redirect_uri=" + encoded(settings.address(SignInSettings.SIGNED_OUT))));
    }

    /** Whether somebody was not signed in because the provider does not answer, and not because it does not agree. */
    public static boolean providerIsAway(Throwable failure) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(it -> it instanceof IOException
                        || it instanceof TimeoutException
                        || it instanceof java.util.concurrent.TimeoutException
                        || it instanceof SignInUnavailable);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

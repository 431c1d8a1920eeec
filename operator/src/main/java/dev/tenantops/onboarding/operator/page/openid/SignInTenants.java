package dev.tenantops.onboarding.operator.page.openid;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells the library of the provider when somebody comes to what asks for a sign-in, and of none for anything else. So nothing
 * waits for the provider at start, and each visit tries again where it was away.
 */
@Singleton
public class SignInTenants implements TenantConfigResolver {

    private static final Logger LOG = Logger.getLogger(SignInTenants.class);

    /** Has the library make its client anew where it is given another configuration than the one that it knows. */
    private static final String REPLACE = "replace-tenant-configuration-context";

    private record Current(ClientSecret secret, OidcTenantConfig tenant) {}

    private final Optional<SignInSettings> settings;
    private volatile Optional<Current> current = Optional.empty();

    @Inject
    public SignInTenants(SignIn signIn) {
        this.settings = signIn.settings();
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        if (settings.isEmpty() || !SignInSettings.asks(request.normalizedPath())) {
            return Uni.createFrom().nullItem();
        }
        request.put(REPLACE, "true");
        return context.runBlocking(() -> tenant(settings.get()));
    }

    /** The same object as long as the secret is the same. */
    private synchronized OidcTenantConfig tenant(SignInSettings settings) {
        var secret = secret(settings);
        if (current.filter(it -> it.secret().equals(secret)).isEmpty()) {
            current = Optional.of(new Current(secret, SignInTenant.of(settings, secret)));
        }
        return current.get().tenant();
    }

    private ClientSecret secret(SignInSettings settings) {
        try {
            return new ClientSecret(Files.readString(settings.clientSecretFile()));
        } catch (IOException | IllegalArgumentException e) {
            // A mounted file is away for a moment while it is replaced.
            return current.map(Current::secret).orElseThrow(() -> {
                LOG.errorf(
                        "Nobody can sign in: the client's secret in %s cannot be read (%s). Mount it there.",
                        settings.clientSecretFile(), e.getClass().getSimpleName());
                return new SignInUnavailable("The client's secret cannot be read");
            });
        }
    }
}

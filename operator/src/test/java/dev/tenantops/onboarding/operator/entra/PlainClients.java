package dev.tenantops.onboarding.operator.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Microsoft's own libraries before the simulator, set up as their documentation does, without any of the operator. */
final class PlainClients {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private PlainClients() {}

    static ConfidentialClientApplication.Builder msal4j(Laboratory laboratory, IClientCredential credential)
            throws MalformedURLException {
        return ConfidentialClientApplication.builder(Laboratory.VERIFIER, credential)
                .authority(laboratory.simulator.url() + "/organizations/")
                .instanceDiscovery(false)
                .sslSocketFactory(laboratory.authority.clientContext().getSocketFactory())
                .connectTimeoutForDefaultHttpClient(Math.toIntExact(TIMEOUT.toMillis()))
                .readTimeoutForDefaultHttpClient(Math.toIntExact(TIMEOUT.toMillis()));
    }

    /** @param skipCache whether msal4j must not look for a token that it has */
    static IAuthenticationResult acquire(ConfidentialClientApplication application, String tenant, boolean skipCache)
            throws ExecutionException, InterruptedException {
        return application
                .acquireToken(ClientCredentialParameters.builder(Set.of("https://graph.microsoft.com/.default"))
                        .tenant(tenant)
                        .skipCache(skipCache)
                        .build())
                .get();
    }

    static String token(Laboratory laboratory, String tenant) {
        try {
            return acquire(
                            msal4j(laboratory, ClientCredentialFactory.createFromSecret(Laboratory.SECRET))
                                    .build(),
                            tenant,
                            true)
                    .accessToken();
        } catch (MalformedURLException | ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static GraphServiceClient graph(Laboratory laboratory, AccessTokenProvider tokens) {
        return new GraphServiceClient(new BaseGraphRequestAdapter(
                new BaseBearerTokenAuthenticationProvider(tokens),
                laboratory.simulator.url() + "/v1.0",
                http(laboratory, GraphClientFactory.create())));
    }

    /** Trusts the simulator's authority and no other. */
    static OkHttpClient http(Laboratory laboratory, OkHttpClient.Builder builder) {
        return builder.sslSocketFactory(
                        laboratory.authority.clientContext().getSocketFactory(), trustManager(laboratory))
                .callTimeout(TIMEOUT)
                .build();
    }

    /** Gets a token when the first is asked for, and notes the claims that were asked for with each. */
    static final class Tokens implements AccessTokenProvider {

        private final Laboratory laboratory;
        private final List<String> claims = new CopyOnWriteArrayList<>();
        private final AtomicInteger uses = new AtomicInteger();
        private String token;

        Tokens(Laboratory laboratory) {
            this.laboratory = laboratory;
        }

        @Override
        public synchronized String getAuthorizationToken(URI uri, Map<String, Object> context) {
            uses.incrementAndGet();
            if (context != null && context.get("claims") instanceof String asked) {
                claims.add(asked);
            }
            if (token == null) {
                token = token(laboratory, Laboratory.TENANT);
            }
            return token;
        }

        @Override
        public AllowedHostsValidator getAllowedHostsValidator() {
            return new AllowedHostsValidator();
        }

        List<String> claims() {
            return claims;
        }

        int uses() {
            return uses.get();
        }
    }

    private static X509TrustManager trustManager(Laboratory laboratory) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("simulator", laboratory.authority.certificate());
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(anchors);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

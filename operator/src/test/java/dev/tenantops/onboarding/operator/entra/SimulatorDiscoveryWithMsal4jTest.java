package dev.tenantops.onboarding.operator.entra;

import static com.microsoft.aad.msal4j.ClientCredentialFactory.createFromSecret;
import static dev.tenantops.onboarding.operator.entra.Laboratory.SECRET;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.VERIFIER;
import static dev.tenantops.onboarding.operator.entra.PlainClients.msal4j;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What msal4j asks before it asks for a token, and when it does not ask at all. */
class SimulatorDiscoveryWithMsal4jTest {

    @AutoClose
    private final Laboratory laboratory = new Laboratory();

    @Test
    void anAuthorityWithAPortNeverHitsTheCache() throws Exception {
        ConfidentialClientApplication application =
                msal4j(laboratory, createFromSecret(SECRET)).build();
        String first = acquire(application).accessToken();
        assertThat(acquire(application).accessToken()).isNotEqualTo(first);
        assertThat(requests(RequestKind.TOKEN, 200)).isEqualTo(2);
    }

    @Test
    void anAuthorityWithoutAPortHitsTheCacheUnlessToldToSkipIt() throws Exception {
        ConfidentialClientApplication application = redirected("login.microsoftonline.com", new Redirection())
                .instanceDiscovery(false)
                .build();
        String first = acquire(application).accessToken();
        assertThat(acquire(application).accessToken()).isEqualTo(first);
        assertThat(PlainClients.acquire(application, TENANT, true).accessToken())
                .isNotEqualTo(first);
        assertThat(PlainClients.acquire(application, Laboratory.OTHER_TENANT, false)
                        .accessToken())
                .isNotEqualTo(first);
        assertThat(requests(RequestKind.TOKEN, 200)).isEqualTo(3);
    }

    @Test
    void aTokenForFiveMinutesIsNotUsedTwice() throws Exception {
        laboratory.tenants.behaviour().tokenLifetime(Duration.ofSeconds(300));
        ConfidentialClientApplication application = redirected("login.microsoftonline.com", new Redirection())
                .instanceDiscovery(false)
                .build();
        acquire(application);
        acquire(application);
        assertThat(requests(RequestKind.TOKEN, 200)).isEqualTo(2);
    }

    /** msal4j remembers a cloud for as long as the process lives; no other test is about this one. */
    @Test
    void instanceDiscoveryIsAskedOnceAtTheHostItselfAndItsAnswerAccepted() throws Exception {
        Redirection redirection = new Redirection();
        ConfidentialClientApplication application =
                redirected("login.sovcloud-identity.fr", redirection).build();
        String first = acquire(application).accessToken();
        assertThat(acquire(application).accessToken()).isEqualTo(first);
        assertThat(PlainClients.acquire(application, TENANT, true).accessToken())
                .isNotEqualTo(first);
        assertThat(redirection.asked)
                .containsExactly(
                        "login.sovcloud-identity.fr/common/discovery/instance",
                        "login.sovcloud-identity.fr/" + TENANT + "/oauth2/v2.0/token",
                        "login.sovcloud-identity.fr/" + TENANT + "/oauth2/v2.0/token");
        assertThat(requests(RequestKind.DISCOVERY, 200)).isEqualTo(1);
    }

    @Test
    void aHostThatMsal4jDoesNotKnowIsRefusedByMicrosoftsOwn() throws Exception {
        Redirection redirection = new Redirection();
        ConfidentialClientApplication application = redirected("login.unheard-of.example", redirection)
                .validateAuthority(false)
                .build();
        assertThat(catchThrowable(() -> acquire(application)))
                .cause()
                .isInstanceOfSatisfying(
                        MsalServiceException.class,
                        it -> assertThat(it.errorCode()).isEqualTo("invalid_instance"));
        assertThat(redirection.asked).containsExactly("login.microsoftonline.com/common/discovery/instance");
        assertThat(requests(RequestKind.DISCOVERY, 400)).isEqualTo(1);
    }

    @Test
    void theOpenIdConfigurationLeadsToTheTokenEndpoint() throws Exception {
        IAuthenticationResult result = acquire(msal4j(laboratory, createFromSecret(SECRET))
                .oidcAuthority(laboratory.simulator.url() + "/" + TENANT + "/v2.0")
                .build());
        assertThat(result.accessToken()).isNotBlank();
        assertThat(requests(RequestKind.DISCOVERY, 200)).isEqualTo(1);
    }

    private static IAuthenticationResult acquire(ConfidentialClientApplication application)
            throws ExecutionException, InterruptedException {
        return PlainClients.acquire(application, TENANT, false);
    }

    private ConfidentialClientApplication.Builder redirected(String host, Redirection redirection) throws IOException {
        return ConfidentialClientApplication.builder(VERIFIER, createFromSecret(SECRET))
                .authority("https://" + host + "/organizations/")
                .httpClient(redirection);
    }

    private long requests(RequestKind kind, int status) {
        return laboratory.simulator.requests().count(kind, status);
    }

    /** Brings every request to the simulator, as an entry in /etc/hosts would, and notes where it was to go. */
    private final class Redirection implements IHttpClient {

        private final OkHttpClient client = PlainClients.http(laboratory, new OkHttpClient.Builder());
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public IHttpResponse send(HttpRequest request) throws IOException {
            asked.add(request.url().getHost() + request.url().getPath());
            HttpUrl url = HttpUrl.get(laboratory.simulator.url())
                    .newBuilder()
                    .encodedPath(request.url().getPath())
                    .encodedQuery(request.url().getQuery())
                    .build();
            Request.Builder redirected =
                    new Request.Builder().url(url).header("Host", request.url().getHost());
            request.headers().forEach(redirected::header);
            RequestBody body = request.body() == null
                    ? null
                    : RequestBody.create(request.body().getBytes(StandardCharsets.UTF_8));
            redirected.method(request.httpMethod().name(), body);
            try (Response answer = client.newCall(redirected.build()).execute()) {
                HttpResponse response = new HttpResponse()
                        .statusCode(answer.code())
                        .body(answer.body().string());
                response.addHeaders(answer.headers().toMultimap());
                return response;
            }
        }
    }
}

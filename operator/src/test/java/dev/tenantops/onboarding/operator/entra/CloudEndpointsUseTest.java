package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cloud is signed in to, and read, at its own hosts. Nothing here leaves the machine. */
class CloudEndpointsUseTest {

    private static final URI CUSTOM_LOGIN = URI.create("https://login.example:8443");
    private static final URI CUSTOM_GRAPH = URI.create("https://graph.example:9443");

    private final Recorder recorder = new Recorder();
    private final OkHttpClient client =
            new OkHttpClient.Builder().addInterceptor(recorder).build();

    @ParameterizedTest
    @CsvSource({
        "Global, https://login.microsoftonline.com, https://graph.microsoft.com",
        "USGovernment, https://login.microsoftonline.us, https://graph.microsoft.us",
        "USGovernmentDoD, https://login.microsoftonline.us, https://dod-graph.microsoft.us",
        "China, https://login.partner.microsoftonline.cn, https://microsoftgraph.chinacloudapi.cn",
        "Custom, https://login.example:8443, https://graph.example:9443",
    })
    void aCloudIsReadAtItsOwnHostsWithATokenForItsOwnGraph(Cloud name, String login, String graph) {
        CloudEndpoints cloud =
                CloudEndpoints.of(name).orElseGet(() -> new CloudEndpoints(name, CUSTOM_LOGIN, CUSTOM_GRAPH));
        CloudLookup noOther = new CloudLookup(client, List.of(), RequestListener.NONE, Ticker.systemTicker());
        try (MsalTokenSource tokens = new MsalTokenSource(
                client,
                RequestListener.NONE,
                Clock.systemUTC(),
                Ticker.systemTicker(),
                noOther,
                new CredentialPropagation(Duration.ZERO, Clock.systemUTC(), Ticker.systemTicker()))) {
            AccessToken token = tokens.acquire(
                            new TokenKey(cloud, TENANT, VERIFIER, "1"),
                            new Verifier(VERIFIER, new Credential.ClientSecret("1", "a secret")))
                    .ifComplete()
                    .orElseThrow();
            new GraphTransport(client, 1, RequestListener.NONE, Clock.systemUTC(), Ticker.systemTicker())
                    .send(
                            new GraphSession(cloud, TENANT, token.value()),
                            List.of(GraphReads.servicePrincipals(List.of(VERIFIER), true)));
        }
        assertThat(recorder.urls).containsExactly(login + "/" + TENANT + "/oauth2/v2.0/token", graph + "/v1.0/$batch");
        assertThat(scopes(recorder.bodies.getFirst()))
                .contains(graph + "/.default")
                .filteredOn(it -> it.contains("://"))
                .hasSize(1);
    }

    private static List<String> scopes(String form) {
        return List.of(form.split("&")).stream()
                .filter(it -> it.startsWith("scope="))
                .map(it -> URLDecoder.decode(it.substring("scope=".length()), StandardCharsets.UTF_8))
                .flatMap(it -> List.of(it.split(" ")).stream())
                .toList();
    }

    /** Answers in the place of the network. */
    private static final class Recorder implements Interceptor {

        private final List<String> urls = new ArrayList<>();
        private final List<String> bodies = new ArrayList<>();

        @Override
        public Response intercept(Chain chain) throws IOException {
            Request request = chain.request();
            Buffer body = new Buffer();
            request.body().writeTo(body);
            urls.add(request.url().toString());
            bodies.add(body.readUtf8());
            String answer = request.url().encodedPath().endsWith("/token")
                    ? "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"a token\"}"
                    : "{\"responses\":[]}";
            return new Response.Builder()
                    .request(request)
                    .protocol(Protocol.HTTP_1_1)
                    .code(200)
                    .message("OK")
                    .body(ResponseBody.create(answer, MediaType.get("application/json")))
                    .build();
        }
    }
}

package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * The HTTP side of one token request. It sends everything to the configured login service, whatever host msal4j made
 * of the authority, and keeps what msal4j's exceptions lose: the status, the time to wait, and why nothing came back.
 */
final class LoginExchange implements IHttpClient {

    private final OkHttpClient client;
    private final HttpUrl login;
    private final Clock clock;
    private int status;
    private Optional<Duration> retryAfter = Optional.empty();
    private Duration lifetime = Duration.ZERO;
    private Optional<IOException> problem = Optional.empty();

    LoginExchange(OkHttpClient client, URI login, Clock clock) {
        this.client = client;
        this.login = HttpUrl.get(login);
        this.clock = clock;
    }

    /** Passes JSON only: msal4j logs what it cannot parse, and half an answer may hold a whole token. */
    @Override
    public IHttpResponse send(HttpRequest asked) throws IOException {
        try (var answer = client.newCall(request(asked)).execute()) {
            status = answer.code();
            retryAfter = RetryAfter.parse(answer.header("Retry-After"), clock);
            var body = answer.body().string();
            lifetime = lifetime(StrictJson.object(new StringReader(body))
                    .orElseThrow(() -> new UselessAnswerException("it answered HTTP " + status
                            + " without JSON; a proxy or portal may have answered in its place")));
            var response = new HttpResponse().statusCode(status).body(body);
            response.addHeaders(answer.headers().toMultimap());
            return response;
        } catch (IOException e) {
            problem = Optional.of(e);
            throw e;
        }
    }

    /** The HTTP status of the answer; 0 before there is one. */
    int status() {
        return status;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** For how long the token of the answer is valid; nothing where it does not say, so that it serves once. */
    Duration lifetime() {
        return lifetime;
    }

    /** Why no answer came back that could be read. */
    Optional<IOException> problem() {
        return problem;
    }

    /** Some of Entra ID's endpoints write the number as a string. */
    private static Duration lifetime(JsonObject answer) {
        try {
            return answer.get("expires_in") instanceof JsonPrimitive seconds
                    ? Duration.ofSeconds(seconds.getAsLong())
                    : Duration.ZERO;
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    /** Whether Entra ID gave no answer, or is out of order. */
    boolean unanswered() {
        return status >= 500
                ? retryAfter.isEmpty()
                : problem.filter(ConnectionProblem::unanswered).isPresent();
    }

    private Request request(HttpRequest asked) throws IOException {
        var url = login.newBuilder()
                .encodedPath(asked.url().getPath())
                .encodedQuery(asked.url().getQuery())
                .build();
        var request = new Request.Builder().url(url);
        asked.headers().forEach(request::header);
        return switch (asked.httpMethod()) {
            case GET -> request.get().build();
            case POST ->
                request.post(RequestBody.create(asked.body().getBytes(StandardCharsets.UTF_8)))
                        .build();
            default -> throw new IOException("msal4j wants to " + asked.httpMethod());
        };
    }
}

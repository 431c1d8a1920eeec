package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The last to see a request to Microsoft Graph. Only here is the token added, and only for the session's own origin: a
 * nextLink or a redirect to elsewhere cannot take it along. Only JSON of HTTP 200 passes; everything else becomes an
 * exception, since the SDK shows a failed batch as one without answers.
 */
final class GraphGuard implements Interceptor {

    private static final long LARGEST_ERROR_BYTES = 64 * 1024;

    private final long maxResponseBytes;
    private final Clock clock;

    GraphGuard(long maxResponseBytes, Clock clock) {
        this.maxResponseBytes = maxResponseBytes;
        this.clock = clock;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        var request = chain.request();
        var session = request.tag(GraphSession.class);
        if (session == null || !session.reaches(request.url())) {
            throw new UselessAnswerException(
                    "it refers to another host, " + request.url().host() + ", which gets no token");
        }
        var response = chain.proceed(request.newBuilder()
                .header("Authorization", "Bearer " + session.accessToken())
                .build());
        if (response.code() == 200 && isJson(response)) {
            return BoundedBody.limit(response, maxResponseBytes);
        }
        try (response) {
            throw refusal(response);
        }
    }

    private IOException refusal(Response response) throws IOException {
        if (response.code() == 200) {
            return new UselessAnswerException(
                    "its answer is not JSON; a proxy or portal may have answered in its place");
        }
        Optional<JsonObject> body = isJson(response) ? json(response) : Optional.empty();
        return new GraphErrorException(GraphError.of(
                response.code(), body.orElse(null), RetryAfter.parse(response.header("Retry-After"), clock)));
    }

    private static Optional<JsonObject> json(Response response) throws IOException {
        try (var start = response.peekBody(LARGEST_ERROR_BYTES)) {
            return StrictJson.object(start.charStream());
        }
    }

    private static boolean isJson(Response response) {
        var type = response.body().contentType();
        return type != null
                && type.type().equals("application")
                && type.subtype().equals("json");
    }
}

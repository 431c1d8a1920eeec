package dev.tenantops.onboarding.sandbox.microsoft.error;

import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Graph's error shape. */
public final class GraphErrors {

    /** Without a zone, but always with seconds. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private GraphErrors() {}

    static String date(Instant when) {
        return DATE.format(when);
    }

    public static WebResponse respond(GraphError error, WebRequest request) {
        return respond(error.status(), error.code(), error.message(), request);
    }

    public static WebResponse respond(int status, String code, String message, WebRequest request) {
        String requestId = UUID.randomUUID().toString();
        String sent = request.header("client-request-id");
        String clientRequestId = sent == null ? requestId : sent;
        byte[] body = Json.bytes(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeObjectFieldStart("innerError");
            json.writeStringField("date", date(Instant.now()));
            json.writeStringField("request-id", requestId);
            json.writeStringField("client-request-id", clientRequestId);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
        WebResponse response = WebResponse.of(status, "application/json", body)
                .with("request-id", requestId)
                .with("client-request-id", clientRequestId)
                .with("Cache-Control", "no-cache");
        return status == 401
                ? response.with(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"" + request.origin()
                                + "/common/oauth2/authorize\", client_id=\"" + WellKnownResources.MICROSOFT_GRAPH
                                + "\"")
                : response;
    }
}

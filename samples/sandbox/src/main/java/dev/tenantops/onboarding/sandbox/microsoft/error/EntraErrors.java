package dev.tenantops.onboarding.sandbox.microsoft.error;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The errors that Entra ID is known to answer with, and the shape of its answers. */
public final class EntraErrors {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final Map<Integer, EntraError> BY_CODE = load();

    private EntraErrors() {}

    /** The error of this code. One that is not in the table is answered too, since live codes come and go. */
    public static EntraError of(int code) {
        EntraError known = BY_CODE.get(code);
        return known != null
                ? known
                : new EntraError(code, 400, "invalid_request", "The simulator has no description of this error.");
    }

    /** The error of this code with words for the case at hand. */
    public static EntraError of(int code, String message) {
        EntraError known = of(code);
        return new EntraError(code, known.status(), known.error(), message);
    }

    /** The description with its trace, as error_description and as shown on Microsoft's pages. */
    public static String description(EntraError error, Trace trace) {
        return "AADSTS" + error.code() + ": " + error.message() + " Trace ID: " + trace.traceId() + " Correlation ID: "
                + trace.correlationId() + " Timestamp: " + trace.timestamp();
    }

    public static WebResponse respond(EntraError error, WebRequest request, Instant now) {
        Trace trace = Trace.of(request, now);
        byte[] body = Json.bytes(json -> write(json, error, trace, request.origin()));
        return traced(WebResponse.json(error.status(), body), trace);
    }

    /** An answer of the token endpoint, good or bad: it is not kept, and its headers say which request it answers. */
    public static WebResponse traced(WebResponse response, Trace trace) {
        return response.with("Cache-Control", "no-store, no-cache")
                .with("Pragma", "no-cache")
                .with("x-ms-request-id", trace.traceId())
                .with("client-request-id", trace.correlationId());
    }

    private static void write(JsonGenerator json, EntraError error, Trace trace, String origin) throws IOException {
        json.writeStartObject();
        json.writeStringField("error", error.error());
        json.writeStringField("error_description", description(error, trace));
        json.writeArrayFieldStart("error_codes");
        json.writeNumber(error.code());
        json.writeEndArray();
        json.writeStringField("timestamp", trace.timestamp());
        json.writeStringField("trace_id", trace.traceId());
        json.writeStringField("correlation_id", trace.correlationId());
        json.writeStringField("error_uri", origin + "/error?code=" + error.code());
        if (error.hasClaims()) {
            json.writeStringField("suberror", "message_only");
            json.writeStringField(
                    "claims",
                    "{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\""
                            + ObjectIds.guid("conditional access policy") + "\"]}}}");
        }
        json.writeEndObject();
    }

    private static Map<Integer, EntraError> load() {
        try (InputStream file = EntraErrors.class.getResourceAsStream("entra-errors.json")) {
            return Json.MAPPER.readValue(file, new TypeReference<List<EntraError>>() {}).stream()
                    .collect(Collectors.toUnmodifiableMap(EntraError::code, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What identifies an answer to Microsoft's support. */
    public record Trace(String traceId, String correlationId, String timestamp) {

        public static Trace of(WebRequest request, Instant now) {
            String sent = request.header("client-request-id");
            return new Trace(
                    UUID.randomUUID().toString(),
                    Guid.is(sent) ? sent : UUID.randomUUID().toString(),
                    TIMESTAMP.format(now.truncatedTo(ChronoUnit.SECONDS)));
        }
    }
}

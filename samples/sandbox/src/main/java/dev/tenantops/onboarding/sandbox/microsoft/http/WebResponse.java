package dev.tenantops.onboarding.sandbox.microsoft.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer, and how it is delivered. */
public record WebResponse(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    public static final String CONTENT_TYPE = "Content-Type";
    public static final String ODATA_JSON =
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    private static final Delivery WHOLE = new Delivery(0, false, false, false);

    /**
     * @param padding bytes of white space sent before the body
     * @param truncated the connection ends in the middle of the body
     * @param dropped the connection ends without an answer
     * @param omitted a batch leaves this item out
     */
    public record Delivery(long padding, boolean truncated, boolean dropped, boolean omitted) {}

    public static WebResponse of(int status, String contentType, byte[] body) {
        return new WebResponse(status, Map.of(CONTENT_TYPE, contentType), body, WHOLE);
    }

    public static WebResponse json(int status, byte[] body) {
        return of(status, "application/json; charset=utf-8", body);
    }

    public static WebResponse html(int status, String page) {
        return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store")
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .with("Referrer-Policy", "no-referrer")
                .with("X-Frame-Options", "DENY");
    }

    public static WebResponse redirect(String location) {
        return empty(302).with("Location", location).with("Cache-Control", "no-store");
    }

    public static WebResponse empty(int status) {
        return new WebResponse(status, Map.of(), new byte[0], WHOLE);
    }

    public WebResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WebResponse(status, more, body, delivery);
    }

    public WebResponse without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new WebResponse(status, fewer, body, delivery);
    }

    public WebResponse withBody(byte[] other) {
        return new WebResponse(status, headers, other, delivery);
    }

    public WebResponse padded(long bytes) {
        return delivered(new Delivery(bytes, false, false, false));
    }

    public WebResponse truncated() {
        return delivered(new Delivery(0, true, false, false));
    }

    public WebResponse dropped() {
        return delivered(new Delivery(0, false, true, false));
    }

    public WebResponse omitted() {
        return delivered(new Delivery(0, false, false, true));
    }

    public WebResponse delivered(Delivery other) {
        return new WebResponse(status, headers, body, other);
    }

    public boolean isJson() {
        return headers.getOrDefault(CONTENT_TYPE, "").startsWith("application/json");
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request that was read to its end.
 *
 * @param path percent-encoded, as it was sent
 * @param query percent-encoded, or null
 * @param headers by name in lower case; the first value of each
 */
public record WebRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {

    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The scheme and authority that the client used, so that every link leads back to where it came from. */
    public String origin() {
        return "https://" + headers.getOrDefault("host", "localhost");
    }

    public String decodedPath() {
        return decode(path.replace("+", "%2B"));
    }

    public Map<String, String> queryParameters() {
        return parameters(query);
    }

    public Map<String, String> form() {
        return parameters(new String(body, StandardCharsets.UTF_8));
    }

    /** Decoded parameters in their order; of a repeated one, the first. */
    public static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (encoded == null || encoded.isEmpty()) {
            return parameters;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.putIfAbsent(decode(name), decode(value));
            }
        }
        return parameters;
    }

    /** Broken escapes stay as they are. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

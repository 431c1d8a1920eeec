package dev.tenantops.onboarding.sandbox.smoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** What an administrator's browser does with a consent link: opens it, presses Accept, and follows the way back. */
public final class ConsentBrowser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_REDIRECTS = 5;
    private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern INPUT = Pattern.compile("(?is)<input\\b([^>]*)>");
    private static final Pattern BUTTON = Pattern.compile("(?is)<button\\b([^>]*)>(.*?)</button>");
    private static final Pattern CHECKED = Pattern.compile("(?i)\\schecked\\b");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?is)([a-z-]+)\\s*=\\s*\"([^\"]*)\"");

    private final HttpClient http;

    /** @param trust for the pages on the way */
    public ConsentBrowser(SSLContext trust) {
        http = HttpClient.newBuilder()
                .sslContext(trust)
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .cookieHandler(new CookieManager())
                .build();
    }

    /** The page that the browser showed last. */
    public record Page(URI url, int status, String body) {}

    /**
     * Consents.
     *
     * @return where the browser ended
     * @throws IllegalStateException when the link leads to no form that can be accepted
     */
    public Page accept(URI consentUrl) {
        Page page = follow(send(HttpRequest.newBuilder(consentUrl)));
        MatchResult form = FORM.matcher(page.body())
                .results()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the consent page has no form, but says (%d): %s".formatted(page.status(), text(page.body()))));
        Map<String, String> fields = new LinkedHashMap<>();
        INPUT.matcher(form.group(2))
                .results()
                .map(it -> it.group(1))
                .filter(ConsentBrowser::isSent)
                .map(ConsentBrowser::attributes)
                .forEach(it -> fields.put(it.get("name"), it.getOrDefault("value", "")));
        acceptButton(form.group(2)).ifPresent(it -> fields.put(it.get("name"), it.getOrDefault("value", "")));
        String body = fields.entrySet().stream()
                .map(it -> encode(it.getKey()) + "=" + encode(it.getValue()))
                .collect(Collectors.joining("&"));
        return follow(send(HttpRequest.newBuilder(target(page.url(), attributes(form.group(1))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))));
    }

    /** What the browser shows at an address. */
    Page open(URI url) {
        return follow(send(HttpRequest.newBuilder(url)));
    }

    @Override
    public void close() {
        http.close();
    }

    private Page follow(HttpResponse<String> response) {
        HttpResponse<String> current = response;
        for (int redirects = 0; current.statusCode() / 100 == 3; redirects++) {
            if (redirects == MAX_REDIRECTS) {
                throw new IllegalStateException(
                        "more than " + MAX_REDIRECTS + " redirects, the last to " + current.uri());
            }
            String location = current.headers().firstValue("Location").orElseThrow();
            current = send(HttpRequest.newBuilder(current.uri().resolve(location)));
        }
        return new Page(current.uri(), current.statusCode(), current.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while browsing", e);
        }
    }

    /** Hidden fields, and the choices that are preset. */
    private static boolean isSent(String input) {
        Map<String, String> attributes = attributes(input);
        return attributes.containsKey("name")
                && switch (attributes.getOrDefault("type", "text")) {
                    case "hidden" -> true;
                    case "radio", "checkbox" -> CHECKED.matcher(input).find();
                    default -> false;
                };
    }

    /** {@link URI#resolve} takes a reference that is a query alone for one without a path. */
    private static URI target(URI page, Map<String, String> form) {
        String action = form.getOrDefault("action", "");
        return page.resolve(action.isEmpty() || action.startsWith("?") ? page.getRawPath() + action : action);
    }

    private static Optional<Map<String, String>> acceptButton(String form) {
        List<MatchResult> buttons = BUTTON.matcher(form).results().toList();
        return buttons.stream()
                .filter(it -> text(it.group(2)).toLowerCase(Locale.ROOT).contains("accept"))
                .map(it -> attributes(it.group(1)))
                .filter(it -> it.containsKey("name"))
                .findFirst();
    }

    private static Map<String, String> attributes(String tag) {
        return ATTRIBUTE
                .matcher(tag)
                .results()
                .collect(Collectors.toMap(
                        it -> it.group(1).toLowerCase(Locale.ROOT), it -> unescape(it.group(2)), (a, b) -> a));
    }

    private static String text(String html) {
        return unescape(html.replaceAll("(?is)<(style|script|title)\\b.*?</\\1>", " ")
                        .replaceAll("<[^>]*>", " "))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String unescape(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Endpoint;
import dev.tenantops.onboarding.api.UrlPattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is dialled to check an endpoint: a URL as it stands, with a DNS name and a port that exists. */
final class DialledUrl {

    static final String CORRECTION = "Write a URL that can be opened as it stands: https:// or wss://, a DNS name, a"
            + " port between 1 and 65535 or none, and a path without blanks or placeholders.";

    private static final Pattern DIALLED = Pattern.compile(UrlPattern.PROBE);
    private static final Pattern HOST = Pattern.compile(UrlPattern.ENDPOINT_HOST);
    private static final Pattern PORT = Pattern.compile(UrlPattern.ENDPOINT_PORT);
    private static final Pattern REST = Pattern.compile(UrlPattern.ENDPOINT_REST);
    private static final Pattern ADDRESS = Pattern.compile(UrlPattern.ADDRESS);
    private static final int LONGEST_DNS_NAME = 253;

    private DialledUrl() {}

    /** Empty for a wildcard without a probe URL, and for a URL with a mistake. */
    static Optional<URI> of(Endpoint endpoint) {
        return Optional.ofNullable(dialled(endpoint))
                .filter(it -> mistake(endpoint).isEmpty())
                .flatMap(DialledUrl::uri);
    }

    /** What keeps an endpoint from being dialled. */
    static Optional<String> mistake(Endpoint endpoint) {
        var url = dialled(endpoint);
        if (url == null) {
            return Optional.empty();
        }
        return mistake(url).map(it -> (endpoint.probeUrl() == null ? "url " : "probeUrl ") + url + " " + it + ".");
    }

    private static String dialled(Endpoint endpoint) {
        return endpoint.probeUrl() == null && !endpoint.url().contains("*") ? endpoint.url() : endpoint.probeUrl();
    }

    private static Optional<String> mistake(String url) {
        if (!HOST.matcher(url).matches()) {
            return Optional.of("names no host by its DNS name after https:// or wss://");
        }
        if (!PORT.matcher(url).matches()) {
            return Optional.of("has a port that does not exist");
        }
        if (!REST.matcher(url).matches()) {
            return Optional.of("has a path or query that no URL can have");
        }
        if (ADDRESS.matcher(url).matches()) {
            return Optional.of("names an IP address");
        }
        if (!DIALLED.matcher(url).matches()
                || uri(url).filter(it -> it.getHost() != null && it.getHost().length() <= LONGEST_DNS_NAME)
                        .isEmpty()) {
            return Optional.of("names no host that can be looked up");
        }
        return Optional.empty();
    }

    private static Optional<URI> uri(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}

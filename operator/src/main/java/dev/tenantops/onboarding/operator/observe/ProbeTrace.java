package dev.tenantops.onboarding.operator.observe;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a probe did, for whoever has to find it in a log.
 *
 * @param tried the URL without its query
 * @param from the address that was dialled from; empty when nothing was to be dialled
 * @param proxy the proxy's URL, without credentials
 * @param stages in their order; the last one is where the probe ended
 */
public record ProbeTrace(String tried, Optional<String> from, Optional<String> proxy, List<StageTime> stages) {

    private static final String UNUSABLE = "(unusable URL)";

    public ProbeTrace {
        stages = List.copyOf(stages);
    }

    /** What is shown of a URL that is dialled. */
    public static String tried(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority()
                + Optional.ofNullable(url.getRawPath()).orElse("");
    }

    /** What is shown of the URL of a declared proxy. */
    public static String proxy(String url) {
        try {
            var uri = new URI(url);
            return Authority.of(uri).map(it -> uri.getScheme() + "://" + it).orElse(UNUSABLE);
        } catch (URISyntaxException _) {
            return UNUSABLE;
        }
    }

    /** How long one stage took. */
    public record StageTime(ProbeResult.Stage stage, Duration took) {}
}

package dev.tenantops.onboarding.operator.page.view;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What of a status and a catalog may stand in an attribute that a browser follows. Both may hold anything. */
final class Links {

    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:[.][A-Za-z0-9-]{1,63}){1,8}");
    private static final Pattern PICTURE =
            Pattern.compile("data:image/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]{1,43712}={0,2}");

    private Links() {}

    /** An https address; anything else, such as a script, is none. */
    static Optional<String> https(String url) {
        if (url == null) {
            return Optional.empty();
        }
        try {
            var uri = new URI(url);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    static Optional<String> mail(String address) {
        return Optional.ofNullable(address).filter(it -> MAIL.matcher(it).matches());
    }

    static Optional<String> picture(String uri) {
        return Optional.ofNullable(uri).filter(it -> PICTURE.matcher(it).matches());
    }

    /** A text that is there. */
    static Optional<String> text(String text) {
        return Optional.ofNullable(text).filter(it -> !it.isBlank());
    }

    /** Where something of a key stands on the page. Names hold no underscore, so no two keys have the same. */
    static String anchor(String kind, String key) {
        return kind + "_" + key.replace('/', '_');
    }
}

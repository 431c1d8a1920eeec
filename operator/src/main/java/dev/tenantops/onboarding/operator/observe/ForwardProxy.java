package dev.tenantops.onboarding.operator.observe;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A forward proxy, with all that it takes to use it.
 *
 * @param url {@code http://host:port} or {@code https://host:port}
 * @param credentials for the Basic scheme
 * @param caBundlePem extra trust anchors, for the proxy's own certificate and for those it presents
 */
public record ForwardProxy(URI url, Optional<Credentials> credentials, Optional<String> caBundlePem) {

    /** Whether it is spoken to over TLS. */
    public boolean secure() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** Shown nowhere. */
    public record Credentials(String username, String password) {

        private static final Pattern LINE_BREAKS_AT_THE_END = Pattern.compile("[\\r\\n]+\\z");

        /** As they were stored: line breaks at their end are what an editor or {@code echo} adds, never part of them. */
        public static Credentials of(String username, String password) {
            return new Credentials(withoutLineBreak(username), withoutLineBreak(password));
        }

        /**
         * What goes into {@code Proxy-Authorization}. Source:
         * https://datatracker.ietf.org/doc/html/rfc7617#section-2
         */
        public String authorization() {
            return "Basic " + userPass();
        }

        /** Their half of {@link #authorization()}, which is as secret as they are. */
        public String userPass() {
            return Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        private static String withoutLineBreak(String value) {
            return LINE_BREAKS_AT_THE_END.matcher(value).replaceFirst("");
        }

        @Override
        public String toString() {
            return "Credentials[]";
        }
    }
}

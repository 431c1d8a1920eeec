package dev.tenantops.onboarding.operator.page;

import jakarta.ws.rs.core.Cookie;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser is given with a page, and brings along when it returns from a consent page: the token of the page that it
 * came from. It is sent to the callback and nowhere else, and ends with the browser.
 */
final class ConsentReturnCookie {

    static final String PATH = ConsentCallbackResource.PATH;

    private static final String PREFIX = "onboarding-";

    private ConsentReturnCookie() {}

    /** Each onboarding has its own, since an administrator may have several pages open. */
    static String name(String uid) {
        return PREFIX + uid;
    }

    /** The token that was brought for an onboarding, if it is good for that one. */
    static Optional<String> token(Map<String, Cookie> cookies, String uid, AdministratorPages pages) {
        return Optional.ofNullable(cookies.get(name(uid)))
                .map(Cookie::getValue)
                .filter(it -> pages.uid(it).filter(uid::equals).isPresent());
    }
}

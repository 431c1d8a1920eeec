package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.page.ConsentCallbackResource;
import dev.tenantops.onboarding.operator.page.openid.SignInSettings;

/** What is asked for at the public port, without who asks. */
enum PageRoute {
    /** An administrator's page, what a script puts in its place, the message to send and the proof. */
    Page,
    /** A stream of events, for an administrator's page that is open. */
    Events,
    /** Where consent returns to. */
    Callback,
    /** The overview of the vendor's own people, and how they sign in. */
    Overview,
    /** Everything else: style sheets and scripts, the root, and what there is not. */
    Other;

    static PageRoute of(String path) {
        if (path.startsWith(PageLinks.PATH)) {
            return path.endsWith("/events") ? Events : Page;
        }
        if (path.equals(ConsentCallbackResource.PATH)) {
            return Callback;
        }
        return SignInSettings.asks(path) ? Overview : Other;
    }
}

package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.openid.SignInSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Where nobody can sign in there is no overview either: it is not found, and asks nobody who they are. */
@Singleton
public class VendorOverviewFilter {

    private static final int NOT_FOUND = 404;

    /** Before anything asks who somebody is. */
    private static final int PRIORITY = 900;

    void register(@Observes Filters filters, VendorPage page) {
        if (page.signIn().on()) {
            return;
        }
        filters.register(
                exchange -> {
                    if (SignInSettings.asks(exchange.normalizedPath())) {
                        exchange.response().setStatusCode(NOT_FOUND).end();
                    } else {
                        exchange.next();
                    }
                },
                PRIORITY);
    }
}

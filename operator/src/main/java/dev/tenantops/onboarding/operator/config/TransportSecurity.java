package dev.tenantops.onboarding.operator.config;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/**
 * Has browsers take https for every later visit, once they came by https: whatever the public port answers says so (RFC 6797).
 * Where the public address is http, or there is none, it says nothing. Names below the public host are not this operator's to
 * decide on.
 */
@Singleton
public class TransportSecurity {

    static final String HEADER = "Strict-Transport-Security";
    static final String A_YEAR = "max-age=31536000";

    /** Before whatever makes the answer. */
    private static final int PRIORITY = 1000;

    private final Optional<URI> publicUrl;

    @Inject
    public TransportSecurity(OnboardingConfig config) {
        this(config.publicUrl());
    }

    TransportSecurity(Optional<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    void register(@Observes Filters filters) {
        if (publicUrl.filter(it -> "https".equalsIgnoreCase(it.getScheme())).isPresent()) {
            filters.register(
                    exchange -> {
                        exchange.response().putHeader(HEADER, A_YEAR);
                        exchange.next();
                    },
                    PRIORITY);
        }
    }
}

package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Instant;
import java.util.Optional;

/** Where pages have from what they show, without a request to anybody. Safe for many threads at once. */
public interface PageSource {

    /** Whether all that there is has been seen; before, what is missing means nothing. */
    boolean synced();

    /** An onboarding by {@code metadata.uid}. */
    Optional<TenantOnboarding> onboarding(String uid);

    /** A catalog by its name. */
    Optional<ApplicationCatalog> catalog(String name);

    /** How old that may be: when the API server was last heard of, where it is silent now. */
    Optional<Instant> silentSince();
}

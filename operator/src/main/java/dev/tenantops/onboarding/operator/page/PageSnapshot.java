package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is to be shown of an onboarding at one moment. */
final class PageSnapshot {

    /** What changes with the time alone is shown so soon. */
    static final Duration COUNTS = Duration.ofSeconds(5);

    private final TenantOnboarding onboarding;
    private final Map<String, ApplicationCatalog> catalogs;
    private final Optional<Instant> silentSince;
    private final Instant now;
    private final String revision;

    PageSnapshot(
            TenantOnboarding onboarding,
            Map<String, ApplicationCatalog> catalogs,
            Optional<Instant> silentSince,
            Instant now) {
        this.onboarding = onboarding;
        this.catalogs = Map.copyOf(catalogs);
        this.silentSince = silentSince;
        this.now = now;
        this.revision = PageContent.revision(this);
    }

    /** Whether there is nothing newer to be shown. Objects that change are others. */
    boolean shows(
            TenantOnboarding wanted, Map<String, ApplicationCatalog> from, Optional<Instant> silent, Instant when) {
        return onboarding == wanted
                && silentSince.equals(silent)
                && !when.isBefore(now)
                && when.isBefore(now.plus(COUNTS))
                && catalogs.size() == from.size()
                && from.entrySet().stream().allMatch(it -> catalogs.get(it.getKey()) == it.getValue());
    }

    String uid() {
        return onboarding.getMetadata().getUid();
    }

    TenantOnboarding onboarding() {
        return onboarding;
    }

    Map<String, ApplicationCatalog> catalogs() {
        return catalogs;
    }

    /** When the API server was last heard of, where it is silent. */
    Optional<Instant> silentSince() {
        return silentSince;
    }

    Instant now() {
        return now;
    }

    /** Tells what is shown from what is shown otherwise, in whatever language. */
    String revision() {
        return revision;
    }
}

package dev.tenantops.onboarding.operator.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Page;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.consent.PageLink;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages that there are, by the tokens of their links. A link that is no longer good is answered as one that never was:
 * whoever guesses learns nothing.
 */
public final class AdministratorPages {

    private static final int MOST_KEPT = 5_000;
    private static final long MOST_CHARACTERS = 16_000_000;
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final URI publicUrl;
    private final PageLinks links;
    private final Supplier<PageKeys> keys;
    private final PageSource source;
    private final InstantSource clock;
    private final Cache<String, PageSnapshot> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterAccess(KEPT).build();
    private final Cache<Made, String> made = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((Made _, String content) -> content.length())
            .expireAfterAccess(KEPT)
            .build();

    /**
     * @param publicUrl where browsers reach the page
     * @param keys that prove links
     */
    public AdministratorPages(URI publicUrl, Supplier<PageKeys> keys, PageSource source, InstantSource clock) {
        this.publicUrl = publicUrl;
        this.links = new PageLinks(publicUrl, keys);
        this.keys = keys;
        this.source = source;
        this.clock = clock;
    }

    /** What is made once for all who see the same. */
    private record Made(String token, Asked asked, String revision) {}

    /** What a token leads to. */
    sealed interface Found {

        /** The page of an onboarding. */
        record Shown(PageSnapshot page) implements Found {}

        /** The link was good once, and has ended. */
        record Ended() implements Found {}

        /** No page, or none any more. */
        record Nothing() implements Found {}

        /** Nobody can tell yet: there is no key, or not everything was seen. */
        record Unavailable() implements Found {}
    }

    Found find(String token) {
        if (keys.get().isEmpty() || !source.synced()) {
            return new Found.Unavailable();
        }
        var link = links.verify(token);
        var onboarding = link.map(PageLink::uid).flatMap(source::onboarding);
        if (onboarding.isEmpty()) {
            return new Found.Nothing();
        }
        var page = Optional.ofNullable(onboarding.get().getSpec().page()).orElse(Page.DEFAULT);
        if (page.linkVersion() != link.get().version()) {
            return new Found.Nothing();
        }
        var now = clock.instant();
        if (link.get().hasEnded(now)
                || page.end().filter(it -> !now.isBefore(it)).isPresent()) {
            return new Found.Ended();
        }
        return new Found.Shown(snapshot(token, onboarding.get()));
    }

    /** All who look at the same at once share it, and what was made of it. */
    private PageSnapshot snapshot(String token, TenantOnboarding onboarding) {
        var catalogs = catalogs(onboarding);
        var now = clock.instant();
        var silent = source.silentSince();
        return kept.asMap().compute(token, (_, before) -> {
            if (before != null && before.shows(onboarding, catalogs, silent, now)) {
                return before;
            }
            return new PageSnapshot(onboarding, catalogs, silent, now);
        });
    }

    /** The part of a page that changes, which is made once for all who see the same. */
    String content(String token, PageSnapshot page, Asked asked) {
        return made.get(
                new Made(token, asked, page.revision()),
                _ -> PageContent.main(page, asked, token).render());
    }

    /** The uid of the onboarding that a token is of, if any key signed it. */
    Optional<String> uid(String token) {
        return links.verify(token).map(PageLink::uid);
    }

    /** The address of the page of a token. */
    URI address(String token) {
        return URI.create(publicUrl + PageLinks.PATH + token);
    }

    /** Whether browsers come by https. */
    boolean secure() {
        return "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    /** Those that the licences name, and those of what is left of earlier licences. */
    private Map<String, ApplicationCatalog> catalogs(TenantOnboarding onboarding) {
        return Stream.concat(
                        onboarding.getSpec().licenses().stream().map(License::catalog),
                        onboarding.known().applications().stream().map(it -> it.catalog()))
                .distinct()
                .flatMap(it -> source.catalog(it).stream())
                .collect(Collectors.toMap(it -> it.getMetadata().getName(), it -> it));
    }
}

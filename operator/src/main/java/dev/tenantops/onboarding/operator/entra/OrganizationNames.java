package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.EntryFields.Field;
import dev.tenantops.onboarding.operator.entra.GraphCollections.Page;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.OrganizationName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.regex.Pattern;

/**
 * What customers call their organizations. A tenant is asked once a day, by one of its verifiers; by the next one too where
 * the first may not read it. No verdict depends on it, so nothing that is wrong with it is told.
 */
final class OrganizationNames {

    private static final Duration DAY = Duration.ofDays(1);

    /** After a reading that was lost altogether, which may be because of this question. */
    private static final Duration LOST = Duration.ofHours(1);

    private static final long MOST = 100_000;

    /** What could tell a terminal something, or turn the text around it. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069\\uFEFF]+");

    private static final Field<String> ID = Field.text("id");
    private static final Field<String> DISPLAY_NAME = Field.text("displayName");

    private final Ticker ticker;
    private final DoubleSupplier random;
    private final Cache<Tenant, Entry> entries;

    private record Tenant(CloudEndpoints cloud, String tenantId) {

        static Tenant of(TenantQuery query) {
            return new Tenant(query.cloud(), query.tenantId());
        }
    }

    /**
     * @param askedBy the verifiers that have asked since it was due
     * @param due when it is to be read anew, as the ticker has it
     */
    private record Entry(Optional<String> name, Set<String> askedBy, long due) {}

    private record Organization(String id, Optional<String> displayName) {}

    /** @param random from 0 to 1: spreads over a day what is known already when the process starts */
    OrganizationNames(Ticker ticker, DoubleSupplier random) {
        this.ticker = ticker;
        this.random = random;
        this.entries = Caffeine.newBuilder()
                .expireAfterAccess(DAY.multipliedBy(2))
                .maximumSize(MOST)
                .ticker(ticker)
                .build();
    }

    /** Whether this query should ask; whoever may ask is the only one to do so. */
    synchronized boolean isDue(TenantQuery query) {
        if (query.organizationName() == OrganizationName.NotWanted) {
            return false;
        }
        var now = ticker.read();
        var tenant = Tenant.of(query);
        var verifier = query.verifier().clientId();
        var entry = entries.getIfPresent(tenant);
        if (entry == null && query.organizationName() == OrganizationName.Known) {
            entries.put(
                    tenant, new Entry(Optional.empty(), Set.of(), now + (long) (DAY.toNanos() * random.getAsDouble())));
            return false;
        }
        if (entry == null || now - entry.due() >= 0) {
            entries.put(
                    tenant,
                    new Entry(entry == null ? Optional.empty() : entry.name(), Set.of(verifier), now + LOST.toNanos()));
            return true;
        }
        if (entry.name().isEmpty()
                && query.organizationName() == OrganizationName.Unknown
                && !entry.askedBy().contains(verifier)) {
            var askedBy = new HashSet<>(entry.askedBy());
            askedBy.add(verifier);
            entries.put(tenant, new Entry(Optional.empty(), askedBy, entry.due()));
            return true;
        }
        return false;
    }

    /**
     * Remembers an answer.
     *
     * @param first what the same request was told beside it: nothing where it was lost
     */
    synchronized void answered(TenantQuery query, Reading<JsonBody> first, Reading<JsonBody> answer) {
        var entry = entries.getIfPresent(Tenant.of(query));
        if (entry == null || first.ifFailed().isPresent() && answer.ifFailed().isPresent()) {
            return;
        }
        entries.put(
                Tenant.of(query),
                new Entry(
                        name(query.tenantId(), answer).or(entry::name),
                        entry.askedBy(),
                        ticker.read() + DAY.toNanos()));
    }

    /** What is known of a name that is wanted. */
    Optional<String> known(TenantQuery query) {
        return query.organizationName() == OrganizationName.NotWanted
                ? Optional.empty()
                : Optional.ofNullable(entries.getIfPresent(Tenant.of(query))).flatMap(Entry::name);
    }

    private static Optional<String> name(String tenantId, Reading<JsonBody> answer) {
        var page = GraphCollections.page(GraphPart.Organization, answer, json -> {
            var fields = EntryFields.of(json, List.of(ID, DISPLAY_NAME));
            return new Organization(fields.require(ID), fields.find(DISPLAY_NAME));
        });
        return page.ifComplete().map(Page::entries).stream()
                .flatMap(List::stream)
                .filter(it -> it.id().equalsIgnoreCase(tenantId))
                .flatMap(it -> it.displayName().stream())
                .map(OrganizationNames::clean)
                .filter(it -> !it.isEmpty())
                .findFirst();
    }

    private static String clean(String name) {
        var beginning = name.substring(0, Math.min(name.length(), 4 * StatusLimit.DISPLAY_NAME));
        var clean = UNPRINTABLE.matcher(beginning).replaceAll(" ").strip();
        return clean.substring(0, Math.min(clean.length(), StatusLimit.DISPLAY_NAME));
    }
}

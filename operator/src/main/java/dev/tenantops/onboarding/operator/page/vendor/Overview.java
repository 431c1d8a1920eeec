package dev.tenantops.onboarding.operator.page.vendor;

import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody sees: one page of the rows that they may see and asked for.
 *
 * @param rows those of this page
 * @param matching how many there are on all pages
 * @param visible how many there are without the filter
 * @param byReady of those that match, how many are ready, are not, and are unknown
 * @param namespaces those that the person sees something in
 * @param filter with the page that there is, where one behind the last was asked for
 * @param cut whether there are more onboardings than are shown
 */
public record Overview(
        List<OverviewRow> rows,
        int matching,
        int visible,
        Map<Ready, Long> byReady,
        List<String> namespaces,
        OverviewFilter filter,
        int pages,
        boolean cut) {

    public static final int ROWS_OF_A_PAGE = 50;

    /** As many as the product is made for; nobody reads more, and no answer gets larger. */
    public static final int MOST = 10_000;

    private static final int MOST_NAMESPACES = 500;

    /** What a person sees of all onboardings. */
    public static Overview of(Stream<TenantOnboarding> onboardings, Access access, OverviewFilter filter, Instant now) {
        var visible = visible(onboardings, access, now);
        var matching = matching(visible, filter);
        var pages = Math.max(1, Math.ceilDiv(matching.size(), ROWS_OF_A_PAGE));
        var page = Math.min(filter.page(), pages);
        var namespaces = visible.stream()
                .map(OverviewRow::namespace)
                .distinct()
                .sorted()
                .limit(MOST_NAMESPACES)
                .toList();
        return new Overview(
                matching.stream()
                        .skip((long) (page - 1) * ROWS_OF_A_PAGE)
                        .limit(ROWS_OF_A_PAGE)
                        .toList(),
                matching.size(),
                Math.min(visible.size(), MOST),
                matching.stream().collect(Collectors.groupingBy(OverviewRow::ready, Collectors.counting())),
                namespaces,
                new OverviewFilter(filter.ready(), filter.actor(), filter.namespace(), filter.text(), page),
                pages,
                visible.size() > MOST);
    }

    /** All rows that a person may see and asked for, on whatever page. */
    public static List<OverviewRow> rows(
            Stream<TenantOnboarding> onboardings, Access access, OverviewFilter filter, Instant now) {
        return matching(visible(onboardings, access, now), filter);
    }

    /** How many of those that match are so. */
    public long count(Ready ready) {
        return byReady.getOrDefault(ready, 0L);
    }

    public int page() {
        return filter.page();
    }

    /** At most one more than are shown. */
    private static List<OverviewRow> visible(Stream<TenantOnboarding> onboardings, Access access, Instant now) {
        return onboardings
                .filter(it -> access.sees(it.getMetadata().getNamespace()))
                .sorted(Comparator.comparing(
                                (TenantOnboarding it) -> it.getMetadata().getNamespace())
                        .thenComparing(it -> it.getMetadata().getName()))
                .limit(MOST + 1L)
                .map(it -> OverviewRow.of(it, now))
                .toList();
    }

    private static List<OverviewRow> matching(List<OverviewRow> visible, OverviewFilter filter) {
        return visible.stream()
                .limit(MOST)
                .filter(filter::matches)
                .sorted(OverviewRow.ORDER)
                .toList();
    }
}

package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.vendor.Language;
import dev.tenantops.onboarding.operator.page.vendor.NextActor;
import dev.tenantops.onboarding.operator.page.vendor.Overview;
import dev.tenantops.onboarding.operator.page.vendor.OverviewFilter;
import dev.tenantops.onboarding.operator.page.vendor.OverviewReason;
import dev.tenantops.onboarding.operator.page.vendor.OverviewRow;
import dev.tenantops.onboarding.operator.page.vendor.Ready;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The overview as its template needs it. What is absent is null, which the template leaves out.
 *
 * @param silentSince when the cluster was last heard of, where it is silent
 * @param lang the language that was asked for, where one was
 */
public record OverviewView(Overview overview, String person, Language language, String lang, String silentSince) {

    /** Something to choose. */
    public record Choice<T>(T value, boolean chosen) {}

    /** This page in another language. */
    public record Translation(String code, String name, String href) {}

    /** A row, with what depends on the language. */
    public record Row(
            OverviewRow row, OverviewReason reason, String tenantName, String customer, String since, String page) {}

    static OverviewView of(
            Overview overview,
            String person,
            Language language,
            Optional<Language> asked,
            Optional<Instant> silentSince) {
        return new OverviewView(
                overview,
                person,
                language,
                asked.map(Enum::name).orElse(null),
                silentSince.map(it -> format(it, language)).orElse(null));
    }

    public int most() {
        return Overview.MOST;
    }

    public boolean filtered() {
        return !overview.filter().wantsAll();
    }

    public long open() {
        return overview.count(Ready.False);
    }

    public long unknown() {
        return overview.count(Ready.Unknown);
    }

    public long ready() {
        return overview.count(Ready.True);
    }

    public List<Choice<Ready>> states() {
        return choices(Stream.of(Ready.values()), overview.filter().ready());
    }

    public List<Choice<NextActor>> actors() {
        return choices(Stream.of(NextActor.values()), overview.filter().actor());
    }

    public List<Choice<String>> namespaces() {
        return choices(
                overview.namespaces().stream(), Optional.of(overview.filter().namespace()));
    }

    public List<Row> rows() {
        return overview.rows().stream().map(this::row).toList();
    }

    public List<Translation> languages() {
        return Stream.of(Language.values())
                .filter(it -> it != language)
                .map(it -> new Translation(
                        it.name(),
                        it.locale().getDisplayLanguage(it.locale()),
                        "/onboardings" + overview.filter().query(overview.page(), Optional.of(it))))
                .toList();
    }

    public String allHref() {
        return "/onboardings" + OverviewFilter.ALL.query(1, asked());
    }

    public String csvHref() {
        return "/onboardings/onboardings.csv" + overview.filter().query(1, Optional.of(language));
    }

    public String previousHref() {
        return overview.page() > 1 ? href(overview.page() - 1) : null;
    }

    public String nextHref() {
        return overview.page() < overview.pages() ? href(overview.page() + 1) : null;
    }

    private String href(int page) {
        return "/onboardings" + overview.filter().query(page, asked());
    }

    private Optional<Language> asked() {
        return Optional.ofNullable(lang).flatMap(Language::of);
    }

    private Row row(OverviewRow row) {
        return new Row(
                row,
                row.known().orElse(null),
                row.tenantName().orElse(null),
                row.tenantName().orElse(row.tenantId()),
                row.since().map(it -> format(it, language)).orElse(null),
                row.page().map(Object::toString).orElse(null));
    }

    private static <T> List<Choice<T>> choices(Stream<T> values, Optional<T> chosen) {
        return values.map(it -> new Choice<>(it, chosen.filter(it::equals).isPresent()))
                .toList();
    }

    private static String format(Instant time, Language language) {
        return DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", language.locale())
                .withZone(ZoneOffset.UTC)
                .format(time);
    }
}

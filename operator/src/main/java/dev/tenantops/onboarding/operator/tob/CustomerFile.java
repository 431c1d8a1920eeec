package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.operator.tob.CustomerRow.Key;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Customers as a spreadsheet lists them, one licence in each row.
 *
 * @param customers the rows of each onboarding, sorted
 * @param mistakes what is wrong, each with its line and what to do; where there is any, nothing is to be written
 */
record CustomerFile(Map<Key, List<CustomerRow>> customers, List<String> mistakes) {

    static final List<String> REQUIRED = List.of("name", "tenantId", "catalog");
    static final List<String> OPTIONAL = List.of("namespace", "plans", "applications", "proxy", "interval");

    private static final int MOST_LICENSES = 20;
    private static final int MOST_PLANS = 20;
    private static final int MOST_APPLICATIONS = 50;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern PROXY = Pattern.compile("https?://[^\\s/@?#]+:[0-9]{1,5}/?");
    private static final Pattern INTERVAL = Pattern.compile("([0-9]{1,6}(h|m|s))+");

    /** @param text the file, whose cells are separated by commas, semicolons or tabs */
    static CustomerFile parse(String text) {
        var mistakes = new ArrayList<String>();
        var rows = new ArrayList<CustomerRow>();
        var content = text.startsWith("\ufeff") ? text.substring(1) : text;
        try (var parser = CSVParser.parse(new StringReader(content), format(content))) {
            var columns = parser.getHeaderMap();
            REQUIRED.stream()
                    .filter(it -> !columns.containsKey(it))
                    .map(it -> "Line 1: there is no column " + it + ". The first line names the columns: "
                            + String.join(", ", REQUIRED) + "; and, where wanted, " + String.join(", ", OPTIONAL) + ".")
                    .forEach(mistakes::add);
            columns.keySet().stream()
                    .filter(it ->
                            Stream.concat(REQUIRED.stream(), OPTIONAL.stream()).noneMatch(it::equalsIgnoreCase))
                    .map(it -> "Line 1: nothing is known of the column \"" + it + "\". Remove it, or correct its name.")
                    .forEach(mistakes::add);
            if (!mistakes.isEmpty()) {
                return new CustomerFile(Map.of(), mistakes);
            }
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord it : parser) {
                if (!it.isConsistent()) {
                    mistakes.add("Line " + line + ": it has " + it.size() + " cells and the first line "
                            + columns.size() + ". Put a cell with a separator into double quotes.");
                } else {
                    row(it, line, mistakes).ifPresent(rows::add);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            mistakes.add("The file cannot be read as CSV: " + e.getMessage());
        } catch (UncheckedIOException e) {
            mistakes.add("The file cannot be read as CSV: " + e.getCause().getMessage());
        }
        if (rows.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("The file lists no customer. Below the line with the names of the columns each line is one"
                    + " licence.");
        }
        var customers = new TreeMap<Key, List<CustomerRow>>();
        rows.forEach(it ->
                customers.computeIfAbsent(it.key(), _ -> new ArrayList<>()).add(it));
        customers.forEach((key, all) -> together(key, all, mistakes));
        tenants(customers, mistakes);
        return new CustomerFile(customers, List.copyOf(mistakes));
    }

    private static CSVFormat format(String content) {
        var heading = content.lines().findFirst().orElse("");
        var separator = Stream.of(',', ';', '\t')
                .max((one, other) -> Long.compare(count(heading, one), count(heading, other)))
                .orElse(',');
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(it -> it == wanted).count();
    }

    private static Optional<CustomerRow> row(CSVRecord cells, long line, List<String> mistakes) {
        if (Stream.of(cells.values()).allMatch(String::isBlank)) {
            return Optional.empty();
        }
        var before = mistakes.size();
        var row = new CustomerRow(
                line,
                cell(cells, "namespace"),
                cell(cells, "name").orElse(""),
                cell(cells, "tenantId").orElse("").toLowerCase(Locale.ROOT),
                cell(cells, "catalog").orElse(""),
                words(cells, "plans"),
                words(cells, "applications"),
                cell(cells, "proxy"),
                cell(cells, "interval"));
        check(row, mistakes);
        return mistakes.size() == before ? Optional.of(row) : Optional.empty();
    }

    private static void check(CustomerRow row, List<String> mistakes) {
        var says = new Says(row.line(), mistakes);
        says.unless(
                isName(SUBDOMAIN, row.name(), LONGEST_NAME),
                "the name \"" + row.name() + "\" is none for Kubernetes. Use small letters, digits, dots and hyphens.");
        says.unless(
                row.namespace().filter(it -> !isName(LABEL, it, LONGEST_LABEL)).isEmpty(),
                "the namespace \"" + row.namespace().orElse("") + "\" is none for Kubernetes. Use small letters, digits"
                        + " and hyphens, or leave it empty.");
        says.unless(
                GUID.matcher(row.tenantId()).matches(),
                "the tenantId \"" + row.tenantId() + "\" is no GUID. Of a domain tells"
                        + " https://login.microsoftonline.com/DOMAIN/v2.0/.well-known/openid-configuration, in issuer.");
        says.unless(
                isName(SUBDOMAIN, row.catalog(), LONGEST_NAME),
                "the catalog \"" + row.catalog() + "\" is no name. kubectl get appcat lists those that there are.");
        says.unless(
                !row.plans().isEmpty() || !row.applications().isEmpty(),
                "neither plans nor applications are named. Name at least one of the catalog's.");
        Stream.concat(row.plans().stream(), row.applications().stream())
                .filter(it -> !isName(LABEL, it, LONGEST_LABEL))
                .forEach(it -> says.unless(
                        false, "\"" + it + "\" is no name of a plan or application. Separate several by blanks."));
        says.unless(row.plans().size() <= MOST_PLANS, "it names more than " + MOST_PLANS + " plans.");
        says.unless(
                row.applications().size() <= MOST_APPLICATIONS,
                "it names more than " + MOST_APPLICATIONS + " applications.");
        says.unless(
                row.proxy().filter(it -> !PROXY.matcher(it).matches()).isEmpty(),
                "the proxy \"" + row.proxy().map(CustomerFile::withoutUser).orElse("")
                        + "\" is not of the form http://host:port. Credentials belong into a Secret.");
        says.unless(
                row.interval().filter(it -> !INTERVAL.matcher(it).matches()).isEmpty(),
                "the interval \"" + row.interval().orElse("") + "\" is none. Write it as 5m or 1h30m.");
    }

    /** A password that was put there by mistake is shown to nobody. */
    private static String withoutUser(String url) {
        return url.replaceAll("//.*@", "//…@");
    }

    private record Says(long line, List<String> mistakes) {

        void unless(boolean right, String what) {
            if (!right) {
                mistakes.add("Line " + line + ": " + what);
            }
        }
    }

    /** The rows of one onboarding have to agree. */
    private static void together(Key key, List<CustomerRow> rows, List<String> mistakes) {
        var first = rows.getFirst();
        var catalogs = new HashSet<String>();
        for (CustomerRow it : rows) {
            var says = new Says(it.line(), mistakes);
            says.unless(
                    it.tenantId().equals(first.tenantId()),
                    key.name() + " has another tenantId than in line " + first.line()
                            + ". Each tenant is an onboarding of its own: give it another name.");
            says.unless(
                    catalogs.add(it.catalog()),
                    key.name() + " licenses the catalog " + it.catalog() + " twice. Put its plans into one row.");
            says.unless(
                    it.proxy().equals(first.proxy()) && it.interval().equals(first.interval()),
                    key.name() + " has another proxy or interval than in line " + first.line()
                            + ". Write the same into each of its rows.");
        }
        new Says(rows.getLast().line(), mistakes)
                .unless(
                        rows.size() <= MOST_LICENSES,
                        key.name() + " has more than " + MOST_LICENSES + " licences, which no onboarding takes.");
    }

    /** With one verifier a tenant is verified for one onboarding only. */
    private static void tenants(Map<Key, List<CustomerRow>> customers, List<String> mistakes) {
        var seen = new HashMap<List<String>, CustomerRow>();
        customers.values().stream()
                .flatMap(List::stream)
                .sorted((one, other) -> Long.compare(one.line(), other.line()))
                .forEach(it -> {
                    var other = seen.putIfAbsent(List.of(it.tenantId(), it.catalog()), it);
                    if (other != null && !other.key().equals(it.key())) {
                        mistakes.add("Line " + it.line() + ": the tenant " + it.tenantId() + " has a licence of "
                                + it.catalog()
                                + " in line " + other.line()
                                + " too, under another name. The operator verifies it for one of"
                                + " them only: remove one.");
                    }
                });
    }

    private static boolean isName(Pattern form, String name, int longest) {
        return name.length() <= longest && form.matcher(name).matches();
    }

    private static Optional<String> cell(CSVRecord cells, String column) {
        return cells.isMapped(column)
                ? Optional.of(cells.get(column).strip()).filter(it -> !it.isEmpty())
                : Optional.empty();
    }

    private static List<String> words(CSVRecord cells, String column) {
        Set<String> words = new TreeSet<>();
        cell(cells, column).ifPresent(it -> words.addAll(List.of(it.split("[\\s,;|]+"))));
        words.remove("");
        return List.copyOf(words);
    }
}

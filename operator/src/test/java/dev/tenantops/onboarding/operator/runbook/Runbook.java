package dev.tenantops.onboarding.operator.runbook;

import dev.tenantops.onboarding.api.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A runbook in the form that {@code docs/runbooks/README.md} lays down.
 *
 * @param name the reason or the alert, which is the file's name, too
 * @param facts the list under the title: what stands before the colon, and after it
 * @param sections the headings of the second level, with their text
 * @param text the whole file
 */
public record Runbook(String name, Map<String, String> facts, Map<String, String> sections, String text) {

    public static final String ONBOARDING = "TenantOnboarding";
    public static final String CATALOG = "ApplicationCatalog";
    static final String MEANS = "Means";
    static final String NEXT_STEP = "Next step";

    private static final Pattern PLACE = Pattern.compile("`([A-Za-z.\\[\\]]+)`(?: \\(([A-Za-z, ]+)\\))?(?:, |$)");
    private static final String HEADING = "## ";

    /** Where a reason shows: a condition and the statuses that it has with this reason, or another field. */
    public record Place(String name, List<Condition.Status> statuses) {}

    static Runbook parse(String name, String text) {
        var facts = new LinkedHashMap<String, String>();
        var sections = new LinkedHashMap<String, String>();
        var fact = "";
        var section = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith(HEADING)) {
                section = line.substring(HEADING.length());
                sections.put(section, "");
            } else if (!section.isEmpty()) {
                sections.merge(section, line + "\n", String::concat);
            } else if (line.startsWith("- ") && line.contains(": ")) {
                fact = line.substring(2, line.indexOf(": "));
                facts.put(fact, line.substring(line.indexOf(": ") + 2));
            } else if (line.startsWith("  ") && !fact.isEmpty()) {
                facts.merge(fact, " " + line.strip(), String::concat);
            }
        }
        return new Runbook(name, facts, sections, text);
    }

    String means() {
        return facts.getOrDefault(MEANS, "");
    }

    String nextStep() {
        return facts.getOrDefault(NEXT_STEP, "");
    }

    /** Where the reason shows in the status of a kind; empty if it never does. */
    List<Place> places(String kind) {
        var places = new ArrayList<Place>();
        PLACE.matcher(facts.getOrDefault(kind, ""))
                .results()
                .map(it -> new Place(
                        it.group(1),
                        Stream.ofNullable(it.group(2))
                                .flatMap(statuses -> Stream.of(statuses.split(", ")))
                                .map(Condition.Status::valueOf)
                                .toList()))
                .forEach(places::add);
        return List.copyOf(places);
    }

    /** Whether it says that a condition can be as this one is. */
    public boolean tells(String kind, Condition condition) {
        return places(kind).stream()
                .anyMatch(it ->
                        it.name().equals(condition.type()) && it.statuses().contains(condition.status()));
    }
}

package dev.tenantops.onboarding.operator.runbook;

import dev.tenantops.onboarding.operator.runbook.Runbook.Place;
import dev.tenantops.onboarding.operator.status.OwnedCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is generated from the runbooks: the tables of conditions.md, and the index of the runbooks. */
final class RunbookDocuments {

    private static final String BEGIN = "<!-- %s, generated from docs/runbooks: make docs -->\n";
    private static final String END = "<!-- End of what is generated -->\n";

    private final List<String> reasons;
    private final Map<String, Runbook> ofReasons;
    private final Map<String, Runbook> ofAlerts;

    /** @param reasons in the order in which they are shown */
    RunbookDocuments(List<String> reasons, Map<String, Runbook> ofReasons, Map<String, Runbook> ofAlerts) {
        this.reasons = reasons;
        this.ofReasons = ofReasons;
        this.ofAlerts = ofAlerts;
    }

    /** docs/conditions.md with its tables written anew. */
    String conditions(String document) {
        return generated(
                generated(document, "Reasons of TenantOnboarding", reasons(Runbook.ONBOARDING)),
                "Reasons of ApplicationCatalog",
                reasons(Runbook.CATALOG));
    }

    /** README.md of the runbooks with its index written anew. */
    String index(String index) {
        return generated(generated(index, "Alerts", alerts()), "Reasons", index());
    }

    private String reasons(String kind) {
        var rows = reasons.stream()
                .filter(ofReasons::containsKey)
                .map(ofReasons::get)
                .filter(it -> !it.places(kind).isEmpty())
                .sorted(Comparator.comparing(it -> rank(it.places(kind).getFirst())))
                .map(it -> "| %s | [`%s`](runbooks/%s.md) | %s | %s |\n"
                        .formatted(it.facts().get(kind), it.name(), it.name(), cell(it.means()), cell(it.nextStep())))
                .collect(Collectors.joining());
        return "\n| Condition | Reason | Means | Next step |\n|---|---|---|---|\n" + rows + "\n";
    }

    private static int rank(Place place) {
        return OwnedCondition.of(place.name()).map(Enum::ordinal).orElse(Integer.MAX_VALUE);
    }

    private String alerts() {
        var rows = ofAlerts.values().stream()
                .map(it -> "| [`%s`](alerts/%s.md) | %s | %s |\n"
                        .formatted(it.name(), it.name(), cell(it.means()), cell(it.nextStep())))
                .collect(Collectors.joining());
        return "\n| Alert | Means | Next step |\n|---|---|---|\n" + rows + "\n";
    }

    private String index() {
        var rows = ofReasons.values().stream()
                .map(it -> "| [`%s`](%s.md) | %s |\n".formatted(it.name(), it.name(), cell(it.means())))
                .collect(Collectors.joining());
        return "\n| Reason | Means |\n|---|---|\n" + rows + "\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String generated(String document, String what, String content) {
        var mark = BEGIN.formatted(what);
        var begin = document.indexOf(mark);
        var end = document.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            throw new IllegalStateException("The document has lost the marks around: " + what);
        }
        return document.substring(0, begin + mark.length()) + content + document.substring(end);
    }
}

package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.plan.CatalogPlan;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.Change;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan for people: on a terminal, and in a pull request. */
final class PlanText {

    /** A comment of a pull request has room for 65,536 characters. */
    private static final int MOST_CHARACTERS = 60_000;

    private static final int NAMED = 5;

    private final CatalogPlan plan;

    PlanText(CatalogPlan plan) {
        this.plan = plan;
    }

    String table() {
        if (plan.onboardings().isEmpty()) {
            return headline();
        }
        var table = new TextTable("NAMESPACE", "NAME", "TENANT", "WHAT", "CHANGE", "BY WHOM");
        plan.onboardings()
                .forEach(it -> rows(it).forEach(row -> table.row(
                        List.of(it.namespace(), it.name(), it.tenantId(), row.what(), row.change(), row.byWhom()))));
        return table + System.lineSeparator() + System.lineSeparator() + headline() + System.lineSeparator() + counts();
    }

    String markdown() {
        var text = new StringBuilder("### What this change means for customers\n\n")
                .append(headline())
                .append("\n\n");
        if (plan.onboardings().isEmpty()) {
            return text.toString();
        }
        text.append("| | Customers |\n|---|---:|\n");
        figures()
                .forEach(it -> text.append("| ")
                        .append(it.what())
                        .append(" | ")
                        .append(it.count())
                        .append(" |\n"));
        text.append("\n| Customer | What | Change | By whom |\n|---|---|---|---|\n");
        var shown = 0;
        for (PlannedOnboarding it : plan.onboardings()) {
            var rows = rows(it).stream()
                    .map(row -> "| " + cell(it.namespace() + "/" + it.name()) + "<br>" + cell(it.title()) + " | "
                            + cell(row.what()) + " | " + cell(row.change()) + " | " + cell(row.byWhom()) + " |\n")
                    .collect(Collectors.joining());
            if (text.length() + rows.length() > MOST_CHARACTERS) {
                break;
            }
            text.append(rows);
            shown++;
        }
        if (shown < plan.onboardings().size()) {
            text.append("\nand ")
                    .append(plan.onboardings().size() - shown)
                    .append(" more customers: `kubectl tob plan --output json` lists them all.\n");
        }
        return text.toString();
    }

    private record Row(String what, String change, String byWhom) {}

    private record Figure(String what, long count) {}

    private String headline() {
        if (plan.catalogs().isEmpty()) {
            return "No catalog changes.";
        }
        var catalogs = String.join(", ", plan.catalogs());
        return plan.onboardings().isEmpty()
                ? catalogs + ": nothing changes for any of " + plan.considered() + " onboardings, as of " + plan.asOf()
                        + "."
                : catalogs + ": of " + plan.considered() + " onboardings something changes for "
                        + plan.onboardings().size() + ", as of " + plan.asOf() + ".";
    }

    private String counts() {
        return figures().stream()
                .map(it -> "  " + it.count() + " " + it.what())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private List<Figure> figures() {
        return Stream.of(
                        new Figure("need a new consent", plan.needingConsent()),
                        new Figure("may need one: unknown until the next check", plan.undecided()),
                        new Figure("are ready and would not be", plan.losingReady()),
                        new Figure("keep grants that become surplus", plan.withSurplus()),
                        new Figure("get other links", plan.withChangedLinks()),
                        new Figure("cannot be resolved any more", plan.withProblems()))
                .filter(it -> it.count() > 0)
                .toList();
    }

    private static List<Row> rows(PlannedOnboarding onboarding) {
        var rows = new ArrayList<Row>();
        onboarding.problems().forEach(it -> rows.add(new Row("spec", it, "whoever edits the resources")));
        onboarding.verifiers().forEach(it -> {
            if (it.replaced()) {
                rows.add(new Row(
                        it.catalog() + ", verifier",
                        "is another application: needs consent unless it has it, and nothing is verified until then",
                        it.grantableBy()));
            } else {
                rows.add(new Row(it.catalog() + ", verifier", "its link changes", "-"));
            }
        });
        onboarding.applications().forEach(it -> rows.addAll(rows(it)));
        return rows;
    }

    private static List<Row> rows(PlannedApplication it) {
        var what = it.catalog() + "/" + it.name();
        var rows = new ArrayList<Row>();
        var byWhom = it.grantableBy().orElse("-");
        if (it.needsConsent()) {
            rows.add(new Row(what, "needs consent to " + named(it.needs()) + optional(it), byWhom));
        }
        if (!it.needsUnlessHeld().isEmpty()) {
            rows.add(new Row(
                    what,
                    "needs consent to " + named(it.needsUnlessHeld()) + optional(it)
                            + " unless granted already; unknown until the next check"
                            + it.doubt().map(why -> ": " + why.why()).orElse(""),
                    byWhom));
        }
        if (it.retired()) {
            rows.add(new Row(what, "needs what is retired: no consent helps", "the publisher"));
        }
        if (!it.attest().isEmpty()) {
            rows.add(new Row(what, "needs an attestation of " + String.join(", ", it.attest()), "whoever may attest"));
        }
        if (!it.surplus().isEmpty()) {
            rows.add(new Row(what, "surplus: " + named(it.surplus()), "-"));
        }
        if (it.change() == Change.Removed && it.surplus().isEmpty()) {
            rows.add(new Row(
                    what,
                    "is no longer licensed; "
                            + it.doubt()
                                    .map(why -> "what it still holds is unknown until the next check: " + why.why())
                                    .orElse("it holds nothing"),
                    "-"));
        }
        if (it.change() == Change.Added && rows.isEmpty()) {
            rows.add(new Row(
                    what,
                    it.doubt().isPresent()
                            ? "is new, and needs a consent unless it has one"
                            : "is new, and needs nothing that is not granted",
                    byWhom));
        }
        if (it.linkChanges()) {
            rows.add(new Row(what, "its link changes", "-"));
        }
        if (rows.isEmpty() && it.doubt().isPresent()) {
            rows.add(new Row(
                    what,
                    "what becomes surplus is unknown until the next check: "
                            + it.doubt().get().why(),
                    "-"));
        }
        if (rows.isEmpty()) {
            rows.add(new Row(what, "counts for Ready now, and is not granted", byWhom));
        }
        return rows;
    }

    private static String optional(PlannedApplication it) {
        return it.optional() ? " (optional)" : "";
    }

    private static String named(List<Permission> permissions) {
        var shown = permissions.stream().limit(NAMED).map(Permission::toString).collect(Collectors.joining(", "));
        return permissions.size() > NAMED ? shown + " and " + (permissions.size() - NAMED) + " more" : shown;
    }

    /** A name that a customer chose is no markup. */
    private static String cell(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace("@", "&#64;")
                .replace("[", "\\[")
                .replace("`", "\\`")
                .replace("*", "\\*")
                .replaceAll("\\R", " ");
    }
}

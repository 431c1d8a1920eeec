package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.Change;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedApplication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds what a plan says of an onboarding to what the operator says of it once the catalog is applied. */
public final class PlanComparison {

    /** What a plan can say; a comparison that never met one of them shows nothing of it. */
    public enum Met {
        Consent,
        UnlessHeld,
        Surplus,
        Removed,
        Link,
        Problem,
        LosesReady,
        Nothing
    }

    public final List<String> differences = new ArrayList<>();
    public final Map<Met, Integer> met = new EnumMap<>(Met.class);

    /** @param askedBefore by catalog and application, all that the catalog asked for */
    public void compare(
            String name,
            TenantOnboardingStatus before,
            Optional<PlannedOnboarding> planned,
            TenantOnboardingStatus after,
            Map<String, Set<String>> askedBefore) {
        if (planned.isEmpty()) {
            count(Met.Nothing);
        }
        for (ApplicationStatus it : after.applications()) {
            application(name, before, planned, it, askedBefore.getOrDefault(key(it.catalog(), it.name()), Set.of()));
        }
        planned.stream()
                .flatMap(it -> it.applications().stream())
                .filter(it -> after.application(it.catalog(), it.name()).isEmpty())
                .forEach(it -> check(
                        it.surplus().isEmpty() && it.needs().isEmpty(),
                        name,
                        it.name() + " is planned and is not there"));
        ready(name, before, planned, after);
    }

    public static String key(String catalog, String application) {
        return catalog + "/" + application;
    }

    private void application(
            String name,
            TenantOnboardingStatus before,
            Optional<PlannedOnboarding> planned,
            ApplicationStatus after,
            Set<String> asked) {
        var known = before.application(after.catalog(), after.name())
                .filter(it -> Optional.ofNullable(it.clientId()).equals(Optional.ofNullable(after.clientId())));
        var plan = planned.stream()
                .flatMap(it -> it.applications().stream())
                .filter(it -> it.catalog().equals(after.catalog()) && it.name().equals(after.name()))
                .findFirst();
        if (after.state() == ApplicationState.NoLongerLicensed) {
            former(name, known, plan, after);
            return;
        }
        if (after.consentUrl() != null) {
            link(name, before, plan, after);
        }
        if (after.state() == ApplicationState.NotVerified) {
            plan.ifPresent(it -> check(it.needs().isEmpty(), name, "for sure, and nobody can read " + it));
            return;
        }
        var certain = known.filter(
                        it -> it.state() != ApplicationState.NotVerified && it.state() != ApplicationState.Propagating)
                .isPresent();
        var news = new TreeSet<>(lacks(after));
        known.map(PlanComparison::lacks).ifPresent(news::removeAll);
        if (!certain) {
            news.removeIf(it -> asked.contains(it.resource() + "/" + it.type() + "/" + it.value()));
        }
        var needs = plan.map(PlannedApplication::needs).orElse(List.of());
        var unless = plan.map(PlannedApplication::needsUnlessHeld).orElse(List.of());
        check(news.containsAll(needs), name, after.name() + " needs " + news + ", planned for sure " + needs);
        check(
                union(needs, unless).containsAll(news),
                name,
                after.name() + " needs " + news + ", planned " + needs + " unless held " + unless);
        if (!needs.isEmpty()) {
            count(Met.Consent);
            check(
                    plan.flatMap(PlannedApplication::grantableBy).equals(Optional.ofNullable(after.grantableBy())),
                    name,
                    "by whom: " + plan + " and " + after.grantableBy());
        }
        if (!unless.isEmpty()) {
            count(Met.UnlessHeld);
        }
        surplus(name, known, plan, after, certain);
    }

    private void surplus(
            String name,
            Optional<ApplicationStatus> known,
            Optional<PlannedApplication> plan,
            ApplicationStatus after,
            boolean certain) {
        var surplus = new TreeSet<>(after.surplus());
        known.ifPresent(it -> surplus.removeAll(it.surplus()));
        var said = plan.map(PlannedApplication::surplus).orElse(List.of());
        check(surplus.containsAll(said), name, after.name() + " has surplus " + surplus + ", planned " + said);
        var exact = certain && plan.flatMap(PlannedApplication::doubt).isEmpty();
        if (exact
                && known.filter(it -> it.state() != ApplicationState.NoLongerLicensed)
                        .isPresent()) {
            // A larger permission that nothing shows while a smaller one needs it comes to light.
            surplus.removeIf(
                    it -> it.value().equals("Directory.Read.All") || it.value().equals("User.Read.All"));
            check(said.containsAll(surplus), name, after.name() + " has surplus " + surplus + ", planned only " + said);
        }
        if (!said.isEmpty()) {
            count(Met.Surplus);
        }
    }

    private void former(
            String name,
            Optional<ApplicationStatus> known,
            Optional<PlannedApplication> plan,
            ApplicationStatus after) {
        var before = known.filter(it -> it.state() == ApplicationState.NoLongerLicensed);
        if (before.isPresent()) {
            return;
        }
        check(
                plan.filter(it -> it.change() == Change.Removed).isPresent(),
                name,
                after.name() + " is no longer licensed, planned " + plan);
        plan.ifPresent(it -> {
            count(Met.Removed);
            check(
                    after.surplus().containsAll(it.surplus()),
                    name,
                    after.name() + " still holds " + after.surplus() + ", planned " + it.surplus());
            if (it.doubt().isEmpty()) {
                var held = new TreeSet<>(after.surplus());
                held.removeIf(one ->
                        one.value().equals("Directory.Read.All") || one.value().equals("User.Read.All"));
                check(it.surplus().containsAll(held), name, after.name() + " still holds " + held + ", planned " + it);
            }
        });
    }

    private void link(
            String name, TenantOnboardingStatus before, Optional<PlannedApplication> plan, ApplicationStatus after) {
        var old = before.application(after.catalog(), after.name()).map(ApplicationStatus::consentUrl);
        var changes = old.filter(it -> !it.equals(after.consentUrl())).isPresent();
        check(
                plan.filter(PlannedApplication::linkChanges).isPresent() == changes,
                name,
                "the link of " + after.name() + ": " + old + " and " + after.consentUrl() + ", planned " + plan);
        plan.flatMap(PlannedApplication::link)
                .ifPresent(it -> check(it.equals(after.consentUrl()), name, it + " is " + after.consentUrl()));
        if (changes) {
            count(Met.Link);
        }
    }

    private void ready(
            String name,
            TenantOnboardingStatus before,
            Optional<PlannedOnboarding> planned,
            TenantOnboardingStatus after) {
        var loses = isReady(before) && !isReady(after);
        if (planned.filter(PlannedOnboarding::losesReady).isPresent()) {
            count(Met.LosesReady);
            check(loses, name, "is planned to lose Ready: " + planned + " and is " + after.conditions());
        } else if (loses) {
            check(
                    planned.filter(PlannedOnboarding::undecided).isPresent(),
                    name,
                    "loses Ready, planned " + planned + ", is " + after.conditions());
        }
        if (after.condition(ConditionType.READY)
                .filter(it -> it.reason().equals("Suspended"))
                .isPresent()) {
            return;
        }
        var stuck = stuck(after).filter(it -> !stuck(before).equals(Optional.of(it)));
        var problems = planned.filter(it -> !it.problems().isEmpty()).isPresent();
        if (problems) {
            count(Met.Problem);
        }
        check(stuck.isEmpty() || problems, name, "is " + stuck + ", planned " + planned);
        check(
                !problems || stuck(after).isPresent() || !canBeRead(after),
                name,
                "planned " + planned + after.conditions());
    }

    /** Why a person has to edit something, or that nothing that could be proven is licensed. */
    private static Optional<String> stuck(TenantOnboardingStatus status) {
        return status.condition(ConditionType.READY)
                .filter(it -> it.reason().equals(ApplicationState.NotVerifiable.name())
                        || status.condition(ConditionType.STALLED).isPresent())
                .map(Condition::reason);
    }

    private static boolean canBeRead(TenantOnboardingStatus status) {
        return status.condition(ConditionType.VERIFIER_AUTHORIZED)
                .filter(it -> it.status() == Condition.Status.True)
                .isPresent();
    }

    private static boolean isReady(TenantOnboardingStatus status) {
        return status.condition(ConditionType.READY)
                .filter(it -> it.status() == Condition.Status.True)
                .isPresent();
    }

    private static Set<Permission> lacks(ApplicationStatus application) {
        return union(application.missing(), application.awaited());
    }

    private static Set<Permission> union(Collection<Permission> one, Collection<Permission> other) {
        return Stream.concat(one.stream(), other.stream()).collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    private void count(Met what) {
        met.merge(what, 1, Integer::sum);
    }

    private void check(boolean holds, String name, String what) {
        if (!holds) {
            differences.add(name + ": " + what);
        }
    }
}

package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps what is known of the applications of a licence while nobody can tell what it brings: its catalog is deleted and
 * applied again, or a label of the namespace is away for a moment. It counts for nothing, and what is revoked meanwhile
 * is told as revoked afterwards.
 */
final class UnresolvedStatuses {

    private static final String UNRESOLVED =
            "The licence that brought it could not be resolved, so it is not checked, and"
                    + " nothing is lost: this is what the last check found. It is checked again once what the condition Ready"
                    + " names is corrected.";

    private UnresolvedStatuses() {}

    /** @param licensed what the licences are known to bring */
    static List<ApplicationStatus> render(StatusInput input, List<ApplicationStatus> licensed) {
        var catalogs = unresolved(input, _ -> true);
        catalogs.removeAll(unresolved(input, SpecProblem.Reason::hidesTheTenant));
        var known = known(input, licensed);
        var former = new FormerStatuses(input);
        return input.previous().applications().stream()
                .filter(it -> catalogs.contains(it.catalog()))
                .filter(it -> !known.contains(name(it.catalog(), it.name())))
                .map(it -> Memories.noLongerLicensed(it) ? former.unresolved(it) : kept(input, it))
                .limit(Math.max(0, StatusLimit.APPLICATIONS - licensed.size()))
                .toList();
    }

    /** Whether an application is shown for the sake of its memory alone: then nobody is sent anywhere to consent. */
    static boolean isOne(ApplicationStatus application) {
        return application.state() == ApplicationState.NotVerified
                && application.link().equals(Link.NONE);
    }

    private static Set<String> unresolved(StatusInput input, Predicate<SpecProblem.Reason> reasons) {
        return input.verdict().problems().stream()
                .filter(it -> reasons.test(it.reason()))
                .map(SpecProblem::unresolved)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** What this check has a verdict on, be it that it is gone. */
    private static Set<List<String>> known(StatusInput input, List<ApplicationStatus> licensed) {
        return Stream.concat(
                        licensed.stream().map(it -> name(it.catalog(), it.name())),
                        input.verdict().former().stream()
                                .map(FormerVerdict::application)
                                .map(it -> name(it.catalog(), it.name())))
                .collect(Collectors.toSet());
    }

    private static List<String> name(String catalog, String name) {
        return List.of(catalog, name);
    }

    private static ApplicationStatus kept(StatusInput input, ApplicationStatus previous) {
        var memory = input.memory(previous).outdated();
        return ApplicationStatuses.unverified(previous, memory, UNRESOLVED, Link.NONE, List.of());
    }
}

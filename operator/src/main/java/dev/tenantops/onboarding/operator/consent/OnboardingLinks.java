package dev.tenantops.onboarding.operator.consent;

import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything is consented to that an onboarding needs.
 *
 * @param verifiers by the name of the catalog
 * @param applications without those for which there is no page to send anybody to
 * @param actions where what is to be done beside a consent, or instead of one, is done
 */
public record OnboardingLinks(
        Map<String, ConsentLink> verifiers,
        Map<ApplicationName, ConsentLink> applications,
        Map<ApplicationName, ConsentLink> actions) {

    /** Links to nothing. */
    public static final OnboardingLinks NONE = new OnboardingLinks(Map.of(), Map.of(), Map.of());

    public OnboardingLinks {
        verifiers = Map.copyOf(verifiers);
        applications = Map.copyOf(applications);
        actions = Map.copyOf(actions);
    }

    /** What tells an application from the others of an onboarding. */
    public record ApplicationName(String catalog, String name) {

        static ApplicationName of(DesiredApplication application) {
            return new ApplicationName(application.catalog(), application.name());
        }
    }

    /** Where an application is consented to, if there is such a page. */
    public Optional<ConsentLink> application(DesiredApplication application) {
        return Optional.ofNullable(applications.get(ApplicationName.of(application)));
    }

    /** Where the action of an application is done, if there is such a page. */
    public Optional<ConsentLink> action(DesiredApplication application) {
        return Optional.ofNullable(actions.get(ApplicationName.of(application)));
    }
}

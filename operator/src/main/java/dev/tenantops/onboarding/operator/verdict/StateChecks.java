package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Attested;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Ineffective;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.ResourceMissing;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Undefined;
import java.util.List;
import java.util.function.Predicate;

/**
 * In which state an application is: that of the first check that holds. What makes everything else meaningless comes
 * first, then what is not sure yet, then what is there, then what is missing and why.
 *
 * <p>How bad a state is beside those of other applications is another matter, and is the order of {@link ApplicationState}.
 */
final class StateChecks {

    static final List<StateCheck> IN_ORDER = List.of(
            check(ApplicationState.UnknownPermission, it -> it.any(Undefined.class)),
            check(ApplicationState.PermissionRetired, ApplicationFindings::retired),
            check(ApplicationState.DisabledByMicrosoft, ApplicationFindings::disabledByMicrosoft),
            check(ApplicationState.ApplicationDeactivated, ApplicationFindings::deactivated),
            check(ApplicationState.RegistrationDeleted, it -> it.withdrawn(ApplicationState.RegistrationDeleted)),
            check(
                    ApplicationState.RegistrationSingleTenant,
                    it -> it.withdrawn(ApplicationState.RegistrationSingleTenant)),
            check(ApplicationState.ApplicationDisabled, ApplicationFindings::disabled),
            check(ApplicationState.ApplicationDeleted, ApplicationFindings::deleted),
            check(ApplicationState.Propagating, ApplicationFindings::losesUnconfirmed),
            check(ApplicationState.ResourceServicePrincipalMissing, it -> it.any(ResourceMissing.class)),
            check(ApplicationState.NotVerifiable, it -> it.needsNothing() && it.complete()),
            check(ApplicationState.ResourceDisabled, it -> it.resourceDisabled() && it.complete()),
            check(ApplicationState.PermissionWithdrawn, it -> it.any(Ineffective.class) && it.complete()),
            check(ApplicationState.Attested, it -> it.any(Attested.class) && it.complete()),
            check(ApplicationState.Granted, ApplicationFindings::complete),
            check(ApplicationState.Propagating, ApplicationFindings::consentedJustNow),
            check(ApplicationState.ConsentRequired, ApplicationFindings::absent),
            check(ApplicationState.ConsentRevoked, it -> it.nothingLeft() && it.lost()),
            check(ApplicationState.UserConsentOnly, it -> it.nothingEver() && it.grantedByUsers()),
            check(ApplicationState.ConsentRequired, ApplicationFindings::nothingEver),
            check(ApplicationState.NotRequestedByApplication, ApplicationFindings::appearedInPart),
            check(ApplicationState.ReconsentRequired, it -> it.everGranted() && !it.lost()),
            check(ApplicationState.PermissionsMissing, _ -> true));

    private StateChecks() {}

    /** What holds where an application is in a state, and no earlier check holds. */
    record StateCheck(ApplicationState state, Predicate<ApplicationFindings> holds) {}

    static ApplicationState state(ApplicationFindings findings) {
        for (StateCheck it : IN_ORDER) {
            if (it.holds().test(findings)) {
                return it.state();
            }
        }
        throw new IllegalStateException("The last check holds always");
    }

    private static StateCheck check(ApplicationState state, Predicate<ApplicationFindings> holds) {
        return new StateCheck(state, holds);
    }
}

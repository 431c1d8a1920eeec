package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationState;

/**
 * What the page makes of a state.
 *
 * @param actor who has to do something about it
 * @param consentHelps whether a consent changes it
 */
record Treatment(Mark mark, Actor actor, boolean consentHelps) {

    static Treatment of(ApplicationState state) {
        return switch (state) {
            case ConsentRequired, ConsentRevoked, UserConsentOnly, PermissionsMissing, ReconsentRequired ->
                new Treatment(Mark.Open, Actor.Customer, true);
            case ApplicationDeleted, ResourceServicePrincipalMissing ->
                new Treatment(Mark.Problem, Actor.Customer, true);
            case ApplicationDisabled, ResourceDisabled -> new Treatment(Mark.Problem, Actor.Customer, false);
            case ApplicationDeactivated,
                    DisabledByMicrosoft,
                    RegistrationDeleted,
                    RegistrationSingleTenant,
                    PermissionWithdrawn,
                    PermissionRetired,
                    UnknownPermission,
                    NotRequestedByApplication -> new Treatment(Mark.Problem, Actor.Publisher, false);
            case Propagating -> new Treatment(Mark.Waiting, Actor.Nobody, false);
            case NotVerified -> new Treatment(Mark.Waiting, Actor.Nobody, true);
            case Attested -> new Treatment(Mark.Attested, Actor.Nobody, false);
            case Granted -> new Treatment(Mark.Done, Actor.Nobody, false);
            case NotVerifiable, NoLongerLicensed -> new Treatment(Mark.Neutral, Actor.Nobody, false);
        };
    }
}

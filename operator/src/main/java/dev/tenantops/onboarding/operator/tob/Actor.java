package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.util.Arrays;
import java.util.Set;

/** Who acts next. */
enum Actor {
    CustomerAdministrator("an administrator of the customer's tenant"),
    Publisher("the publisher of the application"),
    PlatformTeam("whoever keeps the resources in Kubernetes and the operator"),
    NetworkTeam("whoever runs the network or the proxy on the way"),
    Operator("nobody: the operator looks again by itself"),
    Nobody("nobody");

    private static final Set<String> REACHED = Set.of("Reachable", "UpgradeNotProven", "NotProbed");

    private static final Set<String> IN_THE_CLUSTER = Set.of("AddressNotAllowed", "SecretNotReadable");

    private final String title;

    Actor(String title) {
        this.title = title;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** Who acts where an application is in a state. */
    static Actor of(ApplicationState state) {
        return switch (state) {
            case ConsentRequired,
                    ConsentRevoked,
                    UserConsentOnly,
                    PermissionsMissing,
                    ReconsentRequired,
                    ApplicationDeleted,
                    ApplicationDisabled,
                    ResourceDisabled,
                    ResourceServicePrincipalMissing -> CustomerAdministrator;
            case ApplicationDeactivated,
                    DisabledByMicrosoft,
                    RegistrationDeleted,
                    RegistrationSingleTenant,
                    PermissionWithdrawn,
                    PermissionRetired,
                    NotRequestedByApplication -> Publisher;
            case UnknownPermission -> PlatformTeam;
            case NotVerified, Propagating -> Operator;
            case Attested, Granted, NotVerifiable, NoLongerLicensed -> Nobody;
        };
    }

    /** Who acts where a verifier is in a state. */
    static Actor ofVerifier(String state) {
        return Arrays.stream(Failure.Reason.values())
                .filter(it -> it.name().equals(state))
                .findFirst()
                .map(it -> switch (it) {
                    case VerifierConsentRequired, VerifierPermissionsMissing, ConditionalAccessBlocked ->
                        CustomerAdministrator;
                    case CredentialsInvalid, CredentialsExpired, TenantNotFound, WrongCloud -> PlatformTeam;
                    case TenantRestricted -> NetworkTeam;
                    case CredentialsPropagating, Throttled, GraphUnavailable, ReplicaBehind -> Operator;
                })
                .orElse(Nobody);
    }

    /** Who acts where an endpoint is in a state. */
    static Actor ofEndpoint(String state) {
        if (REACHED.contains(state)) {
            return Nobody;
        }
        if (state.equals("Probing")) {
            return Operator;
        }
        return IN_THE_CLUSTER.contains(state) ? PlatformTeam : NetworkTeam;
    }
}

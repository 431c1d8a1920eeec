package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.status.ConditionReason.Mistake;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unreached;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The conditions that this operator owns, and what follows from the type of one: whoever sets, sums up, withdraws, tells or
 * counts conditions asks here. What follows from its reason says {@link ConditionReason}. Those that {@code Ready} waits for
 * stand in the order in which it takes its reason from them.
 */
public enum OwnedCondition {
    /** Everything that the object needs was proven. Set by {@link ReadyFinding}, and by {@link CatalogStatusBuilder}. */
    Ready(
            ConditionType.READY,
            Set.of(Mistake.class),
            Summary.Onboarded,
            Summary.Usable,
            Summary.CloudNotConfigured,
            new Open(ApplicationState.NotVerified),
            Summary.Suspended,
            Summary.CheckFailed),

    /** The verifier of every licence can read the tenant. Set by {@link VerifierFinding}. */
    VerifierAuthorized(
            ConditionType.VERIFIER_AUTHORIZED,
            Set.of(Unread.class),
            Summary.Authorized,
            new Open(ApplicationState.NotVerified),
            Summary.Suspended,
            Summary.CheckFailed),

    /** The verifier of a catalog has a credential. Set by {@link CredentialFinding}. */
    CredentialsValid(
            ConditionType.CREDENTIALS_VALID,
            Set.of(),
            Summary.CredentialsFound,
            Summary.ExpiresSoon,
            new Unread(Failure.Reason.CredentialsInvalid),
            new Unread(Failure.Reason.CredentialsExpired),
            new Unread(Failure.Reason.CredentialsPropagating),
            Summary.CheckFailed),

    /**
     * The registrations of a catalog's applications serve all tenants; absent while nothing is known against them. Set by
     * {@link RegistrationFinding}.
     */
    RegistrationsValid(
            ConditionType.REGISTRATIONS_VALID,
            Set.of(),
            new Open(ApplicationState.ApplicationDeactivated),
            new Open(ApplicationState.DisabledByMicrosoft),
            new Open(ApplicationState.RegistrationDeleted),
            new Open(ApplicationState.RegistrationSingleTenant),
            Summary.RegistrationsFound,
            Summary.RegistrationsNotRead,
            Summary.RegistrationNotFound,
            Summary.PermissionNotRequested,
            Summary.ReplyUrlMissing,
            Summary.DeactivationNotShown,
            Summary.CheckFailed),

    /** Every needed permission is granted tenant-wide. Set by {@link ConsentFinding}. */
    ConsentGranted(
            ConditionType.CONSENT_GRANTED,
            Set.of(Open.class, Mistake.class),
            Summary.AllGranted,
            Summary.Attested,
            Summary.Suspended,
            Summary.CheckFailed),

    /** Every endpoint that can be probed was reached; absent without endpoints. Set by {@link NetworkFinding}. */
    NetworkReachable(
            ConditionType.NETWORK_REACHABLE,
            Set.of(Unreached.class),
            Summary.AllReachable,
            Summary.NotProbed,
            Summary.UpgradeNotProven,
            Summary.Probing,
            Summary.ProbeFailed,
            Summary.InvalidUrl,
            Summary.SecretNotReadable,
            new Open(ApplicationState.NotVerified),
            Summary.Suspended,
            Summary.CheckFailed),

    /**
     * Whatever somebody has to attest is attested; absent where nothing has to be, and nothing is. Set by {@link
     * AttestationFinding}.
     */
    Attested(
            ConditionType.ATTESTED,
            Set.of(),
            Summary.Attested,
            Summary.AttestationRequired,
            Summary.AttestationExpired,
            Summary.AttestationInvalid,
            new Open(ApplicationState.NotVerified),
            Summary.Suspended,
            Summary.CheckFailed),

    /** No permission that a catalog's applications need is retired; absent without retirements. Set by {@link RetirementFinding}. */
    PermissionsValid(
            ConditionType.PERMISSIONS_VALID,
            Set.of(),
            Summary.RetirementAnnounced,
            new Open(ApplicationState.PermissionRetired),
            Summary.CheckFailed),

    /** The operator is at work; present only while True. Set by {@link StatusBuilder}. */
    Reconciling(ConditionType.RECONCILING, Set.of()),

    /** A person has to edit a resource; present only while True. Set by {@link StatusBuilder}. */
    Stalled(ConditionType.STALLED, Set.of());

    /** Whether True is the good news. */
    public enum Polarity {
        Positive,
        Negative
    }

    private static final Map<String, OwnedCondition> BY_TYPE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(OwnedCondition::type, Function.identity()));

    private final String type;
    private final Set<Class<? extends ConditionReason>> kinds;
    private final List<ConditionReason> others;

    OwnedCondition(String type, Set<Class<? extends ConditionReason>> kinds, ConditionReason... others) {
        this.type = type;
        this.kinds = kinds;
        this.others = List.of(others);
    }

    /** The condition of a type; empty for one that is not this operator's. */
    public static Optional<OwnedCondition> of(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    public String type() {
        return type;
    }

    /** Kubernetes reads a negative one as abnormal while it is there. */
    public Polarity polarity() {
        return switch (this) {
            case Ready,
                    VerifierAuthorized,
                    CredentialsValid,
                    RegistrationsValid,
                    ConsentGranted,
                    NetworkReachable,
                    Attested,
                    PermissionsValid -> Polarity.Positive;
            case Reconciling, Stalled -> Polarity.Negative;
        };
    }

    /**
     * Whether {@code Ready} waits for it to be True, unless its reason is none that holds back {@code Ready}. A catalog goes
     * on to be usable for all who do without what is retired.
     */
    public boolean blocksReady() {
        return switch (this) {
            case VerifierAuthorized, CredentialsValid, RegistrationsValid, ConsentGranted, NetworkReachable, Attested ->
                true;
            case Ready, PermissionsValid, Reconciling, Stalled -> false;
        };
    }

    /** Whether it has the reason that another condition has. */
    public boolean repeats() {
        return switch (this) {
            case Ready, Reconciling, Stalled -> true;
            case VerifierAuthorized,
                    CredentialsValid,
                    RegistrationsValid,
                    ConsentGranted,
                    NetworkReachable,
                    Attested,
                    PermissionsValid -> false;
        };
    }

    /** Whether True and False rest on evidence that ends, so that somebody has to take them back in time. */
    boolean claims() {
        return switch (this) {
            case Ready, ConsentGranted -> true;
            case VerifierAuthorized,
                    CredentialsValid,
                    RegistrationsValid,
                    NetworkReachable,
                    Attested,
                    PermissionsValid,
                    Reconciling,
                    Stalled -> false;
        };
    }

    /** Whether no check can read an onboarding anew until a person has acted, with a condition as it is. */
    public static boolean awaitsPerson(Condition condition) {
        return of(condition.type())
                .filter(it -> switch (it) {
                    case VerifierAuthorized -> condition.status() == Status.False;
                    case Stalled -> condition.status() == Status.True;
                    case Ready,
                            CredentialsValid,
                            RegistrationsValid,
                            ConsentGranted,
                            NetworkReachable,
                            Attested,
                            PermissionsValid,
                            Reconciling -> false;
                })
                .isPresent();
    }

    /** Whether it has a reason of its own accord, and not because it repeats another condition. */
    public boolean owns(ConditionReason reason) {
        return kinds.contains(reason.getClass()) || others.contains(reason);
    }
}

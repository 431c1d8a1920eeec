package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.verdict.StateKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why a condition is as it is. These are all the reasons that conditions and Events of this operator can have: a
 * condition is set with one of them and with nothing else. Each has its runbook in {@code docs/runbooks}.
 */
public sealed interface ConditionReason {

    /** The one CamelCase word that programs rely on. */
    String name();

    /** Whether {@code Ready} waits for the condition that has it. */
    default boolean holdsBackReady() {
        return true;
    }

    /** Whether nobody has to look: a person asked for it, or granted what is on its way, or will be told in a moment. */
    default boolean intended() {
        return false;
    }

    /** Whether it is well still, and somebody has to act before it is not. */
    default boolean announces() {
        return false;
    }

    /** What no verdict has a word for. */
    enum Summary implements ConditionReason {
        /** {@code Ready}: everything that the licences need was proven. */
        Onboarded,
        /** Every condition of an onboarding: it is suspended, so nothing is proven. */
        Suspended,
        /** {@code VerifierAuthorized}: the tenant can be read for every licence. */
        Authorized,
        /** {@code ConsentGranted}: every needed permission is granted tenant-wide. */
        AllGranted,
        /** {@code NetworkReachable}: every endpoint that can be probed answered. */
        AllReachable,
        /** {@code NetworkReachable}: there is nothing to dial. */
        NotProbed,
        /** {@code NetworkReachable}: reached, but no WebSocket was seen to work. */
        UpgradeNotProven,
        /** {@code NetworkReachable}: there is no result yet that counts. */
        Probing,
        /** {@code NetworkReachable}: nothing came of the probe, which says nothing about the network. */
        ProbeFailed,
        /** {@code NetworkReachable}: the catalog's URL of an endpoint cannot be dialled. */
        InvalidUrl,
        /** {@code NetworkReachable}: what the declared proxy refers to cannot be read. */
        SecretNotReadable,
        /** {@code Attested}: whatever has to be attested is; {@code ConsentGranted}: what is not granted is attested. */
        Attested,
        /** {@code Attested}: nobody vouches for a prerequisite that the catalog calls required. */
        AttestationRequired,
        /** {@code Attested}: an attestation is over, and is not needed or was not renewed. */
        AttestationExpired,
        /** {@code Attested}: an attestation is of nothing that somebody could vouch for. */
        AttestationInvalid,
        /** Every condition of an onboarding or a catalog: its check failed for a reason that is the operator's. */
        CheckFailed,
        /** {@code Ready} of a catalog: no mistake in it is known. */
        Usable,
        /** {@code Ready} of a catalog: the operator does not know the endpoints of its cloud. */
        CloudNotConfigured,
        /** {@code CredentialsValid}: the verifier's credential is there, and no tenant refuses it. */
        CredentialsFound,
        /** {@code CredentialsValid}: the credential ends soon. */
        ExpiresSoon,
        /** {@code RegistrationsValid}: Graph does not show in this cloud whether an application was deactivated. */
        DeactivationNotShown,
        /** {@code RegistrationsValid}: all of them are as they have to be. */
        RegistrationsFound,
        /** {@code RegistrationsValid}: the publisher's tenant cannot be read. */
        RegistrationsNotRead,
        /** {@code RegistrationsValid}: the publisher's tenant never had one of them. */
        RegistrationNotFound,
        /** {@code RegistrationsValid}: a registration does not request what the catalog asks for. */
        PermissionNotRequested,
        /** {@code RegistrationsValid}: a registration lacks the reply URL that consent returns to. */
        ReplyUrlMissing,
        /** {@code PermissionsValid}: a permission that the catalog's applications need is going to be retired. */
        RetirementAnnounced;

        /** Of some nobody can say more, and some are about what nothing needs. */
        @Override
        public boolean holdsBackReady() {
            return this != NotProbed
                    && this != UpgradeNotProven
                    && this != AttestationExpired
                    && this != AttestationInvalid;
        }

        @Override
        public boolean announces() {
            return this == ExpiresSoon || this == RetirementAnnounced;
        }

        @Override
        public boolean intended() {
            return this == Suspended || this == Probing;
        }
    }

    /** {@code Ready}, then {@code Stalled}: a person has to edit a resource. */
    record Mistake(SpecProblem.Reason reason) implements ConditionReason {
        @Override
        public String name() {
            return reason.name();
        }
    }

    /** {@code VerifierAuthorized} and {@code CredentialsValid}: the tenant cannot be read. */
    record Unread(Failure.Reason reason) implements ConditionReason {
        @Override
        public String name() {
            return reason.name();
        }
    }

    /** {@code ConsentGranted}: the worst state of an application that is needed; {@code PermissionsValid} as well. */
    record Open(ApplicationState state) implements ConditionReason {

        public Open {
            if (!StateKind.of(state).open()) {
                throw new IllegalArgumentException("No consent is open for want of " + state);
            }
        }

        @Override
        public boolean intended() {
            return state == ApplicationState.Propagating;
        }

        @Override
        public String name() {
            return state.name();
        }
    }

    /** {@code NetworkReachable}: where the way to an endpoint ends. */
    record Unreached(ProbeResult.Reason reason) implements ConditionReason {
        @Override
        public String name() {
            return reason.name();
        }
    }

    /** All of them; two may have the same name. */
    public static List<ConditionReason> all() {
        return Stream.<Stream<? extends ConditionReason>>of(
                        Stream.of(Summary.values()),
                        Stream.of(SpecProblem.Reason.values()).map(Mistake::new),
                        Stream.of(Failure.Reason.values()).map(Unread::new),
                        Stream.of(ApplicationState.values())
                                .filter(it -> StateKind.of(it).open())
                                .map(Open::new),
                        Stream.of(ProbeResult.Reason.values()).map(Unreached::new))
                .<ConditionReason>flatMap(it -> it)
                .toList();
    }
}

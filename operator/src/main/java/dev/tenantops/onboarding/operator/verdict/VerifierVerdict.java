package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.VerifierStatus.Tier;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import java.util.Optional;

/**
 * Whether a catalog's verifier can read the tenant.
 *
 * @param catalog the catalog's name
 * @param clientId the verifier's appId
 * @param tier how much it was seen to read; empty when this check did not show it
 * @param failure why it cannot read all that is needed
 */
public record VerifierVerdict(String catalog, String clientId, Optional<Tier> tier, Optional<Failure> failure) {

    /**
     * Judges a verifier by what it read.
     *
     * @param needsDelegated whether any application of the catalog needs delegated permissions, which the lower read
     *     tier does not show
     */
    public static VerifierVerdict of(
            String catalog, String clientId, TenantObservation observation, boolean needsDelegated) {
        var failure = observation
                .applications()
                .ifFailed()
                .or(() -> failure(observation.resources()))
                .or(() -> observation
                        .definitionsUnreadable()
                        .filter(VerifierVerdict::counts)
                        .findFirst());
        var applications = observation.applications().ifComplete().stream()
                .flatMap(it -> it.values().stream())
                .filter(it -> it.servicePrincipal().isPresent())
                .toList();
        var roles = applications.stream()
                .flatMap(it -> failure(it.appRoleAssignments()).stream())
                .findFirst();
        var delegated = applications.stream()
                .flatMap(it -> failure(it.delegatedGrants()).stream())
                .findFirst()
                .or(observation::delegatedGrantsUnreadable);
        var delegatedSeen = applications.stream()
                .anyMatch(it -> it.delegatedGrants().ifComplete().isPresent());
        return new VerifierVerdict(
                catalog,
                clientId,
                tier(delegatedSeen, failure.or(() -> roles), delegated),
                failure.or(() -> roles).or(() -> delegated.filter(it -> needsDelegated)));
    }

    private static Optional<Failure> failure(Reading<?> reading) {
        return reading.ifFailed().filter(VerifierVerdict::counts);
    }

    /** That a replica is behind is not for want of anything that the verifier could have. */
    private static boolean counts(Failure failure) {
        return failure.reason() != Failure.Reason.ReplicaBehind;
    }

    private static Optional<Tier> tier(boolean delegatedSeen, Optional<Failure> failure, Optional<Failure> delegated) {
        if (failure.isPresent()) {
            return Optional.empty();
        }
        if (delegated.isEmpty()) {
            return delegatedSeen ? Optional.of(Tier.Directory) : Optional.empty();
        }
        return delegated
                .filter(it -> it.reason() == Failure.Reason.VerifierPermissionsMissing)
                .map(it -> Tier.Application);
    }
}

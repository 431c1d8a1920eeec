package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a status rests on, by the page's own clock: the operator may be away, and its last green would stand there still.
 *
 * @param current whether the status speaks of the spec as it is now
 */
record Evidence(Optional<Instant> lastVerified, Optional<Instant> validUntil, boolean current, Instant now) {

    static Evidence of(TenantOnboarding onboarding, Instant now) {
        var status = onboarding.known();
        var generation = onboarding.getMetadata().getGeneration();
        return new Evidence(
                time(status.lastVerified()),
                time(status.validUntil()),
                status.observedGeneration() >= 0 && (generation == null || generation == status.observedGeneration()),
                now);
    }

    boolean fresh() {
        return validUntil.filter(now::isBefore).isPresent();
    }

    /** Whether there was evidence that is over. */
    boolean ended() {
        return validUntil.isPresent() && !fresh();
    }

    /** A state that says how something is counts as long as its evidence; what is known of no reading stays. */
    ApplicationState believed(ApplicationState state) {
        return switch (state) {
            case NotVerified, NotVerifiable, NoLongerLicensed, PermissionRetired -> state;
            case ConsentRevoked,
                    ApplicationDeleted,
                    ApplicationDisabled,
                    ApplicationDeactivated,
                    DisabledByMicrosoft,
                    RegistrationDeleted,
                    RegistrationSingleTenant,
                    ResourceDisabled,
                    PermissionWithdrawn,
                    UnknownPermission,
                    PermissionsMissing,
                    ReconsentRequired,
                    NotRequestedByApplication,
                    ResourceServicePrincipalMissing,
                    UserConsentOnly,
                    ConsentRequired,
                    Propagating,
                    Attested,
                    Granted -> fresh() ? state : ApplicationState.NotVerified;
        };
    }

    /** A time of a status; a text that is none says nothing. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.ofNullable(text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}

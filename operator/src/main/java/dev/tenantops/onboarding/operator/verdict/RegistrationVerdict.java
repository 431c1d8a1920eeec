package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.desired.DesiredRegistration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one registration after its publisher's tenant was read.
 *
 * @param deletedAt when it was deleted, where that is known
 * @param missingReplyUrl the reply URL that it does not have
 * @param notRequested what the catalog asks for and it does not request, sorted
 */
public record RegistrationVerdict(
        DesiredRegistration desired,
        RegistrationState state,
        Optional<Instant> deletedAt,
        Optional<String> missingReplyUrl,
        List<Permission> notRequested) {

    public RegistrationVerdict {
        notRequested = List.copyOf(notRequested);
    }
}

package dev.tenantops.onboarding.operator.verdict;

import java.util.List;

/**
 * What is known after a check about one catalog in the tenant.
 *
 * @param applications what the licences bring, in the order of consent
 * @param former what they no longer bring
 */
public record CatalogVerdict(
        VerifierVerdict verifier, List<ApplicationVerdict> applications, List<FormerVerdict> former) {

    public CatalogVerdict {
        applications = List.copyOf(applications);
        former = List.copyOf(former);
    }
}

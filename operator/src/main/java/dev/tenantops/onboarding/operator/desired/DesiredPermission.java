package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A permission that an application needs.
 *
 * @param permission as people name it
 * @param resourceAppId the appId, in lower case, of the API that defines it
 * @param required false when readiness does not wait for it
 * @param satisfiedBy values of the same resource and type, each of which does as well
 * @param retirements when it ends, or one of those
 * @param waivable whether a customer may do without it
 * @param attested when somebody vouches that the customer does
 */
public record DesiredPermission(
        Permission permission,
        String resourceAppId,
        boolean required,
        List<String> satisfiedBy,
        List<Retirement> retirements,
        boolean waivable,
        AttestationTimes attested) {

    /**
     * Sign-in adds these to each request by itself, so a directory that does not list them says nothing about them.
     * Source: https://learn.microsoft.com/entra/identity-platform/scopes-oidc
     */
    private static final Set<String> OPENID_SCOPES = Set.of("openid", "profile", "email", "offline_access");

    public DesiredPermission {
        satisfiedBy = List.copyOf(satisfiedBy);
        retirements = List.copyOf(retirements);
    }

    /** One that goes on working, and that nobody can do without. */
    public DesiredPermission(Permission permission, String resourceAppId, boolean required, List<String> satisfiedBy) {
        this(permission, resourceAppId, required, satisfiedBy, List.of(), false, AttestationTimes.NONE);
    }

    DesiredPermission attested(AttestationTimes times) {
        return new DesiredPermission(permission, resourceAppId, required, satisfiedBy, retirements, waivable, times);
    }

    /** Whether the directory can show if it is granted. */
    public boolean verifiable() {
        return permission.type() != PermissionType.Delegated
                || !resourceAppId.equals(WellKnownResource.MicrosoftGraph.appId())
                || !OPENID_SCOPES.contains(permission.value().toLowerCase(Locale.ROOT));
    }

    /**
     * The end of a value of the same resource and type.
     *
     * @param value of itself, or of a larger one that does in its place
     */
    public Optional<Retirement> retirementOf(String value) {
        return retirements.stream()
                .filter(it -> it.value().equalsIgnoreCase(value))
                .findFirst();
    }

    /** Whether such a value does not work any more. */
    public boolean isRetired(String value, Instant now) {
        return retirementOf(value).filter(it -> it.isOver(now)).isPresent();
    }

    /** Whether it does not work any more, whatever the tenant has granted: nothing that does goes on in its place. */
    public boolean isRetired(Instant now) {
        return isRetired(permission.value(), now)
                && satisfiedBy.stream().allMatch(it -> isRetired(it, now))
                && attested.until(now).isEmpty();
    }

    /** In one word, as the status and attestations name it. */
    public String compact() {
        return permission.resource() + "/" + permission.type() + "/" + permission.value();
    }
}

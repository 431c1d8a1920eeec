package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An oauth2PermissionGrant: scopes of one resource, for one user or, where userId is null, for the whole tenant. */
public record DelegatedGrant(String id, String resourceId, String userId, List<String> scopes) {

    static DelegatedGrant of(String clientId, String resourceId, String userId, Collection<String> scopes) {
        return new DelegatedGrant(
                ObjectIds.delegatedGrant(clientId, resourceId, userId), resourceId, userId, List.copyOf(scopes));
    }

    public boolean tenantWide() {
        return userId == null;
    }

    boolean sameKey(DelegatedGrant other) {
        return id.equals(other.id);
    }

    DelegatedGrant plus(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(scopes);
        all.addAll(more);
        return new DelegatedGrant(id, resourceId, userId, List.copyOf(all));
    }

    DelegatedGrant minus(String scope) {
        List<String> rest = new ArrayList<>(scopes);
        rest.remove(scope);
        return new DelegatedGrant(id, resourceId, userId, List.copyOf(rest));
    }
}

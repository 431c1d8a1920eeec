package dev.tenantops.onboarding.operator.desired;

import java.util.List;
import java.util.Optional;

/** The clouds that this operator knows the endpoints of. Hosts come from here alone, never from a resource. */
@FunctionalInterface
public interface Clouds {

    Optional<CloudEndpoints> endpoints(CloudName name);

    /** The names of those that the operator's configuration has, sorted. */
    default List<String> custom() {
        return List.of();
    }
}

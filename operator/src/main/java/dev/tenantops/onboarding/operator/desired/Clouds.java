package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.Cloud;
import java.util.Optional;

/** The clouds that this operator knows the endpoints of. Hosts come from here alone, never from a resource. */
@FunctionalInterface
public interface Clouds {

    Optional<CloudEndpoints> endpoints(Cloud cloud);
}

package dev.tenantops.onboarding.operator.tob;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets {@code spec.suspend} where it is otherwise. */
final class Suspension {

    private Suspension() {}

    /** @return what was changed */
    static List<String> set(Cluster cluster, Scope scope, String name, boolean suspend) {
        return cluster.onboardings(scope, Optional.ofNullable(name)).stream()
                .filter(it -> it.getSpec().suspend() != suspend)
                .map(it -> {
                    cluster.merge(it, Json.of(Map.of("spec", Map.of("suspend", suspend))));
                    return it.getMetadata().getNamespace() + "/"
                            + it.getMetadata().getName();
                })
                .toList();
    }
}

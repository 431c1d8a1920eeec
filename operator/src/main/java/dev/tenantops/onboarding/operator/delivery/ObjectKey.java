package dev.tenantops.onboarding.operator.delivery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Where an object of a kind is found. Two objects may have it one after the other; their uids tell them apart.
 *
 * @param namespace empty for what is cluster-scoped
 */
public record ObjectKey(String namespace, String name) {

    public static ObjectKey of(HasMetadata object) {
        return new ObjectKey(
                Optional.ofNullable(object.getMetadata().getNamespace()).orElse(""),
                object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}

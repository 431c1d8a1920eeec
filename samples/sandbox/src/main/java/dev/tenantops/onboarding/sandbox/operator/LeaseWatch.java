package dev.tenantops.onboarding.sandbox.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Which replica leads. */
public final class LeaseWatch {

    private final KubernetesClient client;
    private final String name;

    /** @param name of the Lease in the operator's namespace */
    public LeaseWatch(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    public Optional<String> holder() {
        return lease().map(it -> it.getSpec().getHolderIdentity()).filter(it -> !it.isEmpty());
    }

    public Optional<Lease> lease() {
        return Optional.ofNullable(client.leases()
                .inNamespace(Installation.NAMESPACE)
                .withName(name)
                .get());
    }
}

package dev.tenantops.onboarding.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The client that writes statuses and renews the Lease: no reading, however long it hangs, keeps either waiting. */
public record DeliveryClient(KubernetesClient client) {}

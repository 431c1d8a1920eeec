package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.sandbox.Sandbox;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;

/** What a test of the whole operator reaches. The test itself says with which resource and profile it is started. */
abstract class OperatorInSandbox {

    @Inject
    KubernetesClient client;

    @TestHTTPResource("/consent/callback")
    URI callback;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    Sandbox sandbox;

    final Customer newCustomer() {
        return new Customer(client, sandbox.microsoft().directory(), callback.toString());
    }
}

package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real API server for the tests of one class, and a client of its administrator. */
public final class TestApiServer implements BeforeAllCallback, AfterAllCallback {

    private final List<CustomResourceDefinition> definitions;
    private ApiServer server;
    private KubernetesClient client;

    public TestApiServer() {
        this(List.of());
    }

    public TestApiServer(List<CustomResourceDefinition> definitions) {
        this.definitions = definitions;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = ApiServer.start();
        client = server.newClient();
        server.define(definitions);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        client.close();
        server.close();
    }

    public ApiServer server() {
        return server;
    }

    public KubernetesClient client() {
        return client;
    }
}

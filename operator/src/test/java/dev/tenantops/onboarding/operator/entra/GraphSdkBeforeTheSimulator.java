package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import dev.tenantops.onboarding.operator.entra.PlainClients.Tokens;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** The Graph SDK as a plain client of a simulated tenant that has one application. */
abstract class GraphSdkBeforeTheSimulator {

    static final String APPLICATION = Laboratory.clientId(1);
    static final String NOWHERE = "99999999-0000-4000-8000-000000000009";

    @AutoClose
    final Laboratory laboratory = new Laboratory();

    Tokens tokens;
    GraphServiceClient graph;

    @BeforeEach
    void start() {
        laboratory.install(TENANT, 1);
        tokens = new Tokens(laboratory);
        graph = PlainClients.graph(laboratory, tokens);
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.graph;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single items of {@code /directory/deletedItems}. */
class RecycleBinTest {

    @AutoClose
    private final Simulation simulation = new Simulation();

    private String id;

    @BeforeEach
    void consent() {
        simulation.directory.consent(TENANT, CONSOLE);
        id = simulation.servicePrincipalId(CONSOLE);
    }

    @Test
    void anItemIsADirectoryObjectThatSaysWhatItIs() {
        simulation.directory.delete(TENANT, CONSOLE);

        JsonNode item = read(id + "?$select=id,appId,deletedDateTime").json();

        assertThat(item.path("@odata.context").asText())
                .endsWith("/v1.0/$metadata#directoryObjects(id,appId,deletedDateTime)/$entity");
        assertThat(item.path("@odata.type").asText()).isEqualTo("#microsoft.graph.servicePrincipal");
        assertThat(item.path("id").asText()).isEqualTo(id);
        assertThat(item.path("appId").asText()).isEqualTo(CONSOLE);
        assertThat(item.path("deletedDateTime").asText()).isEqualTo("2026-07-14T08:12:33Z");
        assertThat(item.size()).isEqualTo(5);
        assertThat(read(id.toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
    }

    @Test
    void whatLivesIsNotInTheBin() {
        assertNotFound();

        simulation.directory.delete(TENANT, CONSOLE);
        simulation.directory.restore(TENANT, CONSOLE);

        assertNotFound();
    }

    @Test
    void whatIsGoneForGoodIsNotInTheBin() {
        simulation.directory.delete(TENANT, CONSOLE);
        simulation.directory.purge(TENANT, CONSOLE);

        assertNotFound();
    }

    @Test
    void theBinIsEmptiedAfterThirtyDays() {
        simulation.directory.delete(TENANT, CONSOLE);

        simulation.clock.advance(Duration.ofDays(30));
        assertThat(read(id).status()).isEqualTo(200);

        simulation.clock.advance(Duration.ofSeconds(1));
        assertNotFound();
    }

    @Test
    void theBinKeepsTheOldObjectBesideTheNewOne() {
        simulation.directory.delete(TENANT, CONSOLE);
        simulation.directory.consent(TENANT, CONSOLE);

        assertThat(simulation.servicePrincipalId(CONSOLE)).isNotEqualTo(id);
        assertThat(read(id).status()).isEqualTo(200);
    }

    @Test
    void theLowerTierMayReadItAndNobodyElseMay() {
        simulation.directory.delete(TENANT, CONSOLE);

        simulation.directory.revoke(TENANT, VERIFIER, GRAPH, PermissionType.Application, "Directory.Read.All");
        assertThat(read(id).status()).isEqualTo(200);

        simulation.directory.revoke(TENANT, VERIFIER, GRAPH, PermissionType.Application, "Application.Read.All");
        Answer denied = read(id);
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.errorCode()).isEqualTo("Authorization_RequestDenied");
    }

    @Test
    void aNameIsNoId() {
        assertThat(read("console").errorCode()).isEqualTo("Request_BadRequest");
    }

    private void assertNotFound() {
        Answer answer = read(id);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("Request_ResourceNotFound");
    }

    private Answer read(String item) {
        return simulation.graph("/directory/deletedItems/" + item);
    }
}

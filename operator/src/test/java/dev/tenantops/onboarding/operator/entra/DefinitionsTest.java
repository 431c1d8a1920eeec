package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.OTHER_TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** For how long, and for whom, it is remembered which permissions an API defines. */
class DefinitionsTest {

    private static final String THIRD_TENANT = "3c1f6d0e-0000-4000-8000-000000000003";

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock);

    @Test
    void microsoftsDefinitionsAreReadOnceForAllTenantsAndAgainWhenAsked() {
        PermissionDefinitions first = definitions(laboratory.read(TENANT, List.of()), GRAPH);
        laboratory.simulator.requests().reset();
        assertThat(definitions(laboratory.read(OTHER_TENANT, List.of()), GRAPH)).isSameAs(first);
        assertThat(count(RequestKind.BATCH_ITEM)).isEqualTo(1);
        laboratory.tenants.retirePermission(GRAPH, PermissionType.Application, "User.Read.All");
        assertThat(definitions(laboratory.read(TENANT, List.of()), GRAPH)).isSameAs(first);
        clock.advance(Duration.ofSeconds(11));
        PermissionDefinitions fresh = definitions(laboratory.read(TENANT, List.of(), true), GRAPH);
        assertThat(fresh.appRole("User.Read.All").orElseThrow().enabled()).isFalse();
        assertThat(definitions(laboratory.read(OTHER_TENANT, List.of()), GRAPH)).isSameAs(fresh);
    }

    @Test
    void manyTenantsThatAskForFreshDefinitionsShareTheOnesJustRead() {
        laboratory.read(TENANT, List.of(), true);
        laboratory.simulator.requests().reset();
        laboratory.read(OTHER_TENANT, List.of(), true);
        assertThat(count(RequestKind.BATCH_ITEM)).isEqualTo(1);
    }

    @Test
    void definitionsOfOtherApisSpeakForTheirOwnTenantOnly() {
        String api = "cccccccc-0000-4000-8000-000000000001";
        laboratory.tenants.defineResource(api, "An API", List.of("Things.Read"), List.of("Things.Read"));
        laboratory.tenants.provisionResource(TENANT, api);
        laboratory.tenants.provisionResource(OTHER_TENANT, api);
        PermissionDefinitions first = definitions(read(TENANT, api), api);
        PermissionDefinitions equal = definitions(read(OTHER_TENANT, api), api);
        assertThat(equal).isSameAs(first);
        laboratory.tenants.retirePermission(api, PermissionType.Application, "Things.Read");
        laboratory.tenants.createTenant(THIRD_TENANT, "Third");
        laboratory.tenants.consent(THIRD_TENANT, Laboratory.VERIFIER);
        laboratory.tenants.provisionResource(THIRD_TENANT, api);
        assertThat(definitions(read(THIRD_TENANT, api), api)).isNotEqualTo(first);
        assertThat(definitions(read(TENANT, api), api)).isSameAs(first);
    }

    @Test
    void manyTenantsAtOnceReadMicrosoftsDefinitionsTwiceAtMost() throws Exception {
        List<String> tenantIds = new ArrayList<>();
        for (int number = 1; number <= 8; number++) {
            String tenantId = "3c1f6d0e-0000-4000-9000-%012d".formatted(number);
            laboratory.tenants.createTenant(tenantId, "Tenant " + number);
            laboratory.tenants.consent(tenantId, Laboratory.VERIFIER);
            tenantIds.add(tenantId);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TenantObservation>> readings = tenantIds.stream()
                    .map(it -> threads.submit(() -> laboratory.read(laboratory.cloud(), it)))
                    .toList();
            for (Future<TenantObservation> reading : readings) {
                assertThat(reading.get().resources().ifComplete()).isPresent();
            }
        }
        // One look-up each, and the definitions of the first one or two.
        assertThat(count(RequestKind.BATCH_ITEM)).isBetween(9L, 10L);
    }

    @Test
    void definitionsAreForgottenAfterTheirTime() {
        PermissionDefinitions first = definitions(laboratory.read(TENANT, List.of()), GRAPH);
        laboratory.tenants.retirePermission(GRAPH, PermissionType.Application, "User.Read.All");
        clock.advance(Duration.ofHours(6));
        assertThat(definitions(laboratory.read(TENANT, List.of()), GRAPH)).isNotEqualTo(first);
    }

    private TenantObservation read(String tenantId, String resourceAppId) {
        return laboratory.directory.read(new TenantQuery(
                laboratory.cloud(), tenantId, laboratory.verifier(), List.of(), Set.of(resourceAppId), false));
    }

    private long count(RequestKind kind) {
        return laboratory.simulator.requests().count(kind);
    }

    private static PermissionDefinitions definitions(TenantObservation seen, String resourceAppId) {
        return seen.resources()
                .ifComplete()
                .orElseThrow()
                .get(resourceAppId)
                .definitions()
                .ifComplete()
                .orElseThrow();
    }
}

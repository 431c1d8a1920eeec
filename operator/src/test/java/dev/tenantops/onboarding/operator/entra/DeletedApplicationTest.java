package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The recycle bin explains an absence. What is wrong with it harms nothing else. */
class DeletedApplicationTest {

    private static final String RECYCLE_BIN = "/directory/deletedItems/";

    static final List<Effect> BIN_UNREADABLE = Laboratory.UNREADABLE;

    @AutoClose
    private final Laboratory laboratory = new Laboratory();

    private List<String> three;

    @BeforeEach
    void start() {
        three = laboratory.install(TENANT, 3);
        laboratory.read(TENANT, three);
        laboratory.tenants.delete(TENANT, three.getFirst());
        laboratory.simulator.requests().reset();
    }

    @Test
    void thatTheGrantsOfADeletedApplicationAreNotFoundIsNoFailure() {
        Map<String, ApplicationObservation> seen = read();
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH_ITEM, 404))
                .as("its app role assignments")
                .isEqualTo(1);
        assertThat(seen.get(three.getFirst()).deleted()).isPresent();
        assertNothingFailed(seen);
    }

    @Test
    void allThatIsMissingFromTheFirstBatchIsInTheSecond() {
        laboratory.tenants.purge(TENANT, three.getLast());
        laboratory.tenants.consent(TENANT, three.getLast());
        Map<String, ApplicationObservation> seen = read();
        assertThat(seen.get(three.getFirst()).deleted()).isPresent();
        assertThat(seen.get(three.getLast()).servicePrincipal()).isPresent();
        assertNothingFailed(seen);
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isEqualTo(2);
    }

    @Test
    void aVerifierOfTheLowerTierReadsTheRecycleBinToo() {
        laboratory.tenants.revoke(
                TENANT, Laboratory.VERIFIER, Laboratory.GRAPH, PermissionType.Application, "Directory.Read.All");
        assertThat(read().get(three.getFirst()).deleted()).isPresent();
    }

    @ParameterizedTest
    @FieldSource("BIN_UNREADABLE")
    void aRecycleBinThatCannotBeReadIsNotMissed(Effect effect) {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect).onPath(RECYCLE_BIN));
        Map<String, ApplicationObservation> seen = read();
        assertThat(seen.get(three.getFirst())).isEqualTo(ApplicationObservation.absent());
        assertNothingFailed(seen);
    }

    @Test
    void norIsTheBatchThatAskedForIt() {
        // Takes the first batch, so that the next fault is left to the second.
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH, Effect.slow(Duration.ZERO)).times(1));
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(503)));
        Map<String, ApplicationObservation> seen = read();
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH, 503))
                .isEqualTo(1);
        assertThat(seen.get(three.getFirst())).isEqualTo(ApplicationObservation.absent());
        assertNothingFailed(seen);
    }

    private void assertNothingFailed(Map<String, ApplicationObservation> seen) {
        assertThat(seen).containsOnlyKeys(three);
        assertThat(seen.values()).allSatisfy(it -> {
            assertThat(it.appRoleAssignments().ifComplete().map(List::size))
                    .contains(it.servicePrincipal().isPresent() ? 1 : 0);
            assertThat(it.delegatedGrants().ifComplete().map(List::size))
                    .contains(it.servicePrincipal().isPresent() ? 1 : 0);
        });
    }

    private Map<String, ApplicationObservation> read() {
        return laboratory.applications(TENANT, three);
    }
}

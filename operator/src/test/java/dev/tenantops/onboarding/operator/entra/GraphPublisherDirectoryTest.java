package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.PublisherDirectory;
import dev.tenantops.onboarding.operator.observe.PublisherDirectoryContract;
import dev.tenantops.onboarding.operator.observe.PublisherObservation;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import dev.tenantops.onboarding.operator.observe.PublisherQuery;
import dev.tenantops.onboarding.operator.observe.PublisherWorld;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The adapter before the simulator keeps the contract, and takes no odd answer for an absence. */
class GraphPublisherDirectoryTest implements PublisherDirectoryContract {

    static final List<Effect> UNREADABLE = Laboratory.UNREADABLE;

    @AutoClose
    private Laboratory laboratory;

    private final PublisherWorld world = new SimulatedWorld();

    @BeforeEach
    void start() {
        laboratory = new Laboratory();
    }

    @Override
    public PublisherWorld world() {
        return world;
    }

    @Test
    void manyRegistrationsTakeThreeRequests() {
        var clientIds =
                IntStream.rangeClosed(1, 51).mapToObj(Laboratory::clientId).toList();
        clientIds.forEach(it -> world.register(it, List.of(REPLY_URL), Map.of()));
        laboratory.tenants.deleteRegistration(clientIds.getLast());
        read(clientIds);
        laboratory.simulator.requests().reset();
        assertThat(read(clientIds).ifComplete().orElseThrow().registrations())
                .hasSize(51)
                .containsKeys(clientIds.toArray(String[]::new));
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isEqualTo(3);
        assertThat(laboratory.simulator.requests().count(RequestKind.GRAPH)).isZero();
    }

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void whatCannotBeReadIsNeitherAbsentNorDeleted(Effect effect) {
        world.register(AGENT, List.of(REPLY_URL), Map.of());
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect).onPath("/applications"));
        assertThat(read(List.of(AGENT)).ifFailed()).isPresent();
        laboratory.tenants.heal();
        laboratory.tenants.deleteRegistration(AGENT);
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect).onPath("/directory/deletedItems"));
        assertThat(read(List.of(AGENT)).ifFailed()).as("the recycle bin").isPresent();
    }

    @Test
    void anotherPublishersRegistrationIsAbsent() {
        laboratory.tenants.register(
                new ApplicationRegistration(AGENT, "Agent", Laboratory.TENANT, List.of(), List.of(), Set.of()));
        assertThat(read(List.of(AGENT)).ifComplete().orElseThrow().registrations())
                .containsEntry(AGENT, new Seen.Absent());
    }

    private Reading<PublisherObservation> read(List<String> clientIds) {
        return world.directory()
                .registrations(new PublisherQuery(
                        world.cloud(), world.tenantId(), world.verifier(), clientIds, Set.of(GRAPH)));
    }

    private final class SimulatedWorld implements PublisherWorld {

        private final Map<String, ApplicationRegistration> registered = new HashMap<>();

        @Override
        public PublisherDirectory directory() {
            return laboratory.directory;
        }

        @Override
        public CloudEndpoints cloud() {
            return laboratory.cloud();
        }

        @Override
        public String tenantId() {
            return Laboratory.PUBLISHER;
        }

        @Override
        public Verifier verifier() {
            return laboratory.verifier();
        }

        @Override
        public void register(String clientId, List<String> replyUrls, Map<String, PermissionType> permissions) {
            var registration = new ApplicationRegistration(
                    clientId,
                    "Application " + clientId,
                    Laboratory.PUBLISHER,
                    permissions.entrySet().stream()
                            .map(it -> new RequestedPermission(GRAPH, it.getValue(), it.getKey()))
                            .toList(),
                    replyUrls,
                    Set.of());
            registered.put(clientId, registration);
            laboratory.tenants.register(registration);
        }

        @Override
        public void close(String clientId) {
            laboratory.tenants.register(registered.get(clientId).singleTenant());
        }

        @Override
        public void delete(String clientId) {
            laboratory.tenants.deleteRegistration(clientId);
        }

        @Override
        public void restore(String clientId) {
            laboratory.tenants.restoreRegistration(clientId);
        }

        @Override
        public void denyVerifier() {
            for (String role : List.of("Directory.Read.All", "Application.Read.All")) {
                laboratory.tenants.revoke(
                        Laboratory.PUBLISHER, Laboratory.VERIFIER, GRAPH, PermissionType.Application, role);
            }
        }

        @Override
        public void removeVerifier() {
            laboratory.tenants.purge(Laboratory.PUBLISHER, Laboratory.VERIFIER);
        }
    }
}

package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.OTHER_TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.network.ForgetfulGateway;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that something on the way has forgotten, without telling either end. */
class SilentConnectionsTest {

    private static final Duration CALL = Duration.ofSeconds(9);
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private Laboratory laboratory;

    @AutoClose
    private ForgetfulGateway gateway;

    @AutoClose
    private GraphTenantDirectory directory;

    @BeforeEach
    void start() throws IOException {
        laboratory = new Laboratory();
        gateway = new ForgetfulGateway(laboratory.simulator.url().getPort());
        directory = directory();
    }

    @Test
    void aReadingOverOneIsRepeatedOnANewConnection() {
        assertRead(TENANT);
        gateway.forget();
        clock.advance(IDLE);

        assertRead(TENANT);
        assertThat(gateway.connections()).isEqualTo(2);
    }

    @Test
    void soIsASignIn() {
        assertRead(TENANT);
        gateway.forget();
        clock.advance(IDLE);

        assertRead(OTHER_TENANT);
    }

    @Test
    void whatIsIdleBesideOneIsGivenUpWithIt() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readings = IntStream.range(0, 8)
                    .mapToObj(_ -> threads.submit(() -> assertRead(TENANT)))
                    .toList();
            for (var reading : readings) {
                reading.get();
            }
        }
        var before = gateway.connections();
        gateway.forget();
        clock.advance(IDLE);
        assertRead(TENANT);

        await().until(() -> gateway.closedByClients() >= before);
        assertRead(OTHER_TENANT);
        assertThat(gateway.connections()).isEqualTo(before + 1);
    }

    @Test
    void aNewConnectionThatIsSilentIsNotTriedTwice() throws Exception {
        gateway.close();
        try (var stuck = new StuckServer(laboratory.authority, StuckServer.Behaviour.NO_ANSWER)) {
            var observation = read(TENANT, stuck.url("https"));

            assertThat(observation.applications().ifFailed())
                    .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Failure.Reason.GraphUnavailable));
            assertThat(stuck.accepted()).isOne();
        }
    }

    @Test
    void aConnectionIsReusedWhileNothingForgetsIt() {
        assertRead(TENANT);
        clock.advance(IDLE);
        assertRead(TENANT);
        assertRead(TENANT);

        assertThat(gateway.connections()).isOne();
    }

    /** Before the gateways that are known to forget soonest do. */
    @Test
    void anIdleConnectionIsClosedInTime() {
        assertThat(HttpClients.IDLE_LIMIT).isLessThan(Duration.ofSeconds(20));
        assertRead(TENANT);

        await().atMost(Duration.ofMinutes(1)).until(() -> gateway.closedByClients() == gateway.connections());
    }

    private void assertRead(String tenant) {
        var observation = read(tenant, URI.create("https://localhost:" + gateway.port()));
        assertThat(observation.applications().ifFailed()).isEmpty();
    }

    private TenantObservation read(String tenant, URI microsoft) {
        return directory.read(new TenantQuery(
                new CloudEndpoints(Cloud.Custom, microsoft, microsoft),
                tenant,
                laboratory.verifier(),
                List.of(),
                Set.of(Laboratory.GRAPH),
                false));
    }

    private GraphTenantDirectory directory() {
        return new GraphTenantDirectory(
                Laboratory.settings(laboratory.authority, Optional.empty(), CALL),
                clock,
                clock::nanos,
                RequestListener.NONE);
    }
}

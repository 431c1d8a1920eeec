package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All tenants are asked to slow down at once: what that costs, and what it costs when it ends. */
class ThrottlingStormTest {

    private static final int TENANTS = 10;

    private final VirtualClock clock = new VirtualClock(Instant.now());
    private final List<String> tenants = new ArrayList<>();

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock);

    @BeforeEach
    void start() {
        for (int number = 1; number <= TENANTS; number++) {
            String tenantId = "3c1f6d0e-0000-4000-9000-%012d".formatted(number);
            laboratory.tenants.createTenant(tenantId, "Tenant " + number);
            laboratory.tenants.consent(tenantId, Laboratory.VERIFIER);
            tenants.add(tenantId);
            laboratory.read(tenantId, List.of());
        }

        laboratory.simulator.requests().reset();
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"BATCH", "BATCH_ITEM"})
    void withATimeEachTenantIsAskedOnceUntilItIsOver(RequestKind kind) {
        laboratory.tenants.fail(Fault.on(kind, Effect.throttled(Duration.ofSeconds(60))));
        for (int check = 0; check < 6; check++) {
            assertThat(readAll()).hasSize(TENANTS).allMatch(it -> it.reason() == Reason.Throttled);
            clock.advance(Duration.ofSeconds(9));
        }
        assertThat(batches()).isEqualTo(TENANTS);
        laboratory.tenants.heal();
        clock.advance(Duration.ofSeconds(6));
        assertThat(readAll()).isEmpty();
        assertThat(batches()).isEqualTo(2 * TENANTS);
    }

    @Test
    void withoutATimeEachCheckAsksOnce() {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(429)));
        for (int check = 1; check <= 3; check++) {
            assertThat(readAll()).hasSize(TENANTS).allMatch(it -> it.reason() == Reason.Throttled);
            assertThat(batches()).isEqualTo((long) check * TENANTS);
        }
        laboratory.tenants.heal();
        assertThat(readAll()).isEmpty();
        assertThat(batches()).isEqualTo(4L * TENANTS);
    }

    private List<Failure> readAll() {
        return tenants.stream()
                .flatMap(it -> laboratory.read(it, List.of()).applications().ifFailed().stream())
                .toList();
    }

    private long batches() {
        return laboratory.simulator.requests().count(RequestKind.BATCH);
    }
}

package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.OTHER_TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the clock: nothing becomes older or younger by it. */
class SteppedClockTest {

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock);

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aTokenLastsAsLongAsEntraIdSaid(int hours) {
        read();
        clock.step(Duration.ofHours(hours));
        read();
        clock.advance(Duration.ofMinutes(54));
        read();
        assertThat(count(RequestKind.TOKEN)).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        read();
        assertThat(count(RequestKind.TOKEN)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-7, 7})
    void definitionsLastForTheirTime(int hours) {
        read();
        clock.step(Duration.ofHours(hours));
        laboratory.simulator.requests().reset();
        laboratory.read(OTHER_TENANT, List.of());
        assertThat(count(RequestKind.BATCH_ITEM)).as("the look-up alone").isEqualTo(1);
        clock.advance(Duration.ofHours(6));
        laboratory.simulator.requests().reset();
        read();
        assertThat(count(RequestKind.BATCH_ITEM))
                .as("the definitions of two APIs with it")
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aTenantIsLeftAloneForAsLongAsItWasAskedFor(int hours) {
        read();
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.throttled(Duration.ofSeconds(60)))
                .times(1));
        read();
        laboratory.simulator.requests().reset();
        clock.step(Duration.ofHours(hours));
        clock.advance(Duration.ofSeconds(59));
        assertThat(read().applications().ifFailed()).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo(Reason.Throttled);
            assertThat(it.retryAfter()).contains(Duration.ofSeconds(1));
        });
        assertThat(laboratory.simulator.requests().counters()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(read().applications().ifComplete()).isPresent();
    }

    private TenantObservation read() {
        return laboratory.read(TENANT, List.of());
    }

    private long count(RequestKind kind) {
        return laboratory.simulator.requests().count(kind);
    }
}

package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.Status;
import org.junit.jupiter.api.Test;

class WatchHealthTest {

    @Test
    void aWatchThatHasStoppedIsNotAlive() {
        assertThat(WatchHealth.hasStopped(new Informer(true, false, false))).isTrue();
    }

    @Test
    void aWatchThatTriesToReachTheApiServerIs() {
        assertThat(WatchHealth.hasStopped(new Informer(true, false, true))).isFalse();
    }

    @Test
    void aWatchThatHasNotBegunYetIs() {
        assertThat(WatchHealth.hasStopped(new Informer(false, false, false))).isFalse();
    }

    private record Informer(boolean hasSynced, boolean isWatching, boolean isRunning)
            implements InformerHealthIndicator {
        @Override
        public String getTargetNamespace() {
            return "";
        }

        @Override
        public Status getStatus() {
            return Status.UNHEALTHY;
        }
    }
}

package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.TestApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generated definition lets every status through that was cut, on a real API server. */
class StatusLimitsApiServerTest {

    @RegisterExtension
    private static final TestApiServer SERVER =
            new TestApiServer(dev.tenantops.onboarding.sandbox.Samples.definitions());

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3"})
    void theLargestStatusesAreWrittenAndReadBack(long seed, int size) {
        var onboarding = create("hostile-" + seed);
        var hostile = new HostileStatus(seed, size);
        for (int i = 0; i < 8; i++) {
            var cut = StatusLimits.fit(hostile.next());
            onboarding.setStatus(cut);
            onboarding = SERVER.client().resource(onboarding).updateStatus();
            HostileStatus.assertSame(onboarding.getStatus(), cut, "seed " + seed + " status " + i);
        }
    }

    @Test
    void anythingLongerIsRefused() {
        var onboarding = create("refused");
        var refused = 0;
        var hostile = new HostileStatus(4, 3);
        for (int i = 0; i < 5; i++) {
            onboarding.setStatus(hostile.next());
            try {
                SERVER.client().resource(onboarding).updateStatus();
            } catch (RuntimeException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(5);
    }

    private static TenantOnboarding create(String name) {
        var onboarding = Samples.onboarding(Samples.ONBOARDING);
        onboarding.getMetadata().setName(name);
        onboarding.getMetadata().setNamespace("default");
        onboarding.getMetadata().setUid(null);
        onboarding.getMetadata().setGeneration(null);
        return SERVER.client().resource(onboarding).create();
    }
}

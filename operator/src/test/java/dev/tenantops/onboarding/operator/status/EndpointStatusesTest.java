package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.EndpointStatus;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an earlier run of the operator wrote about endpoints, before this one has probed them. */
class EndpointStatusesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DesiredEndpoint PORTAL = new DesiredEndpoint(
            "heedify/portal", "https://portal.heedify.io", Optional.of(URI.create("https://portal.heedify.io")));

    @Test
    void anEntryStandsUntilTheFirstProbe() {
        assertThat(afterRestart("ProxyForbidden"))
                .extracting(Finding::status, it -> it.reason().name())
                .containsExactly(Status.False, "ProxyForbidden");
    }

    @Test
    void anEntryWithAStateThatOnlyAnotherVersionKnowsDoesNotStand() {
        assertThat(afterRestart("ProxyMoody"))
                .extracting(Finding::status, it -> it.reason().name())
                .containsExactly(Status.Unknown, "Probing");
    }

    private static Finding afterRestart(String state) {
        var entry = new EndpointStatus(
                PORTAL.name(), state, "ProxyTunnel", "2026-03-01T11:00:00Z", null, null, null, "it failed", null, null);
        var previous = new TenantOnboardingStatus(
                1, null, null, "2026-03-01T11:55:00Z", null, null, null, null, List.of(entry), null);
        var verdict = new OnboardingVerdict(
                NOW, List.of(), List.of(), List.of(), List.of(), List.of(new EndpointVerdict.Pending(PORTAL, true)));
        var input = new StatusInput(
                1,
                previous,
                verdict,
                _ -> null,
                _ -> Optional.empty(),
                Optional.empty(),
                false,
                NOW,
                Story.FRESHNESS,
                Duration.ofMinutes(2));
        return NetworkFinding.of(EndpointStatuses.render(input)).orElseThrow();
    }
}

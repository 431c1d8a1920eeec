package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.EndpointStatus.Advice;
import dev.tenantops.onboarding.api.EndpointStatus.Outcome;
import dev.tenantops.onboarding.api.EndpointStatus.Route;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.operator.consent.OnboardingLinks;
import dev.tenantops.onboarding.operator.consent.PageAddress;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
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

    private static final String URL = "https://portal.heedify.io";
    private static final String PROXY = "http://proxy.example.com:3128";

    @Test
    void anEntryStandsUntilTheFirstProbe() {
        assertThat(afterRestart(entry("ProxyForbidden", URL, PROXY)))
                .extracting(Finding::status, it -> it.reason().name())
                .containsExactly(Status.False, "ProxyForbidden");
    }

    @Test
    void anEntryWithAStateThatOnlyAnotherVersionKnowsDoesNotStand() {
        assertProbing(entry("ProxyMoody", URL, PROXY));
    }

    @Test
    void anEntryOfAnAddressThatIsDialledNoLongerDoesNotStand() {
        assertProbing(entry("Reachable", "https://old.heedify.io", PROXY));
    }

    @Test
    void anEntryOfAnotherProxyDoesNotStand() {
        assertProbing(entry("Reachable", URL, "http://old.example.com:3128"));
        assertProbing(entry("Reachable", URL, null));
    }

    @Test
    void anEntryOfWhatCouldNotBeReadStandsSinceItsReferenceIsTheSame() {
        assertThat(afterRestart(entry("SecretNotReadable", null, null)))
                .extracting(Finding::status, it -> it.reason().name())
                .containsExactly(Status.Unknown, "SecretNotReadable");
    }

    @Test
    void anEntryThatTellsOfNothingDialledDoesNotStand() {
        assertProbing(entry("NotProbed", null, null));
    }

    @Test
    void whatCameToNothingSaysNothingAboutTheNetwork() {
        var trace = new ProbeTrace(URL, Optional.empty(), Optional.empty(), List.of());
        var probed = new EndpointVerdict.Probed(
                PORTAL, new ProbeResult.Unfinished(trace, "it ended with an error", "Report it"), true, NOW);

        var entries = render(entry("Reachable", URL, null), probed);

        assertThat(entries).singleElement().satisfies(it -> {
            assertThat(it.state()).isEqualTo("ProbeFailed");
            assertThat(it.tried()).isEqualTo(URL);
            assertThat(it.message()).isEqualTo("it ended with an error");
            assertThat(it.nextStep()).isEqualTo("Report it");
        });
        assertThat(NetworkFinding.of(entries).orElseThrow())
                .extracting(Finding::status, it -> it.reason().name())
                .containsExactly(Status.Unknown, "ProbeFailed");
    }

    @Test
    void anEntryStandsHoweverLongTheNextProbeTakesToFailAlike() {
        var entries = render(entry("Probing", null, null), refused("it answered HTTP 502", 2));

        assertThat(render(entries.getFirst(), refused("it answered HTTP 502", 5)))
                .isEqualTo(entries);
    }

    @Test
    void anEntryOfAnAnswerThatOnlyBeginsAlikeDoesNotStand() {
        var entries = render(entry("Probing", null, null), refused("it answered HTTP 502 and a page", 2));

        assertThat(render(entries.getFirst(), refused("it answered HTTP 502", 5)))
                .extracting(EndpointStatus::message)
                .containsExactly("it answered HTTP 502, after 5s");
    }

    private static EndpointVerdict refused(String message, int seconds) {
        var stage = ProbeResult.Stage.ProxyTunnel;
        var trace = new ProbeTrace(
                URL,
                Optional.of("10.1.2.3"),
                Optional.of(PROXY),
                List.of(new ProbeTrace.StageTime(stage, Duration.ofSeconds(seconds))));
        return new EndpointVerdict.Probed(
                PORTAL,
                new ProbeResult.Unreachable(
                        trace, stage, ProbeResult.Reason.ProxyCannotReachTarget, message, "Ask for the proxy's log"),
                true,
                NOW);
    }

    private static void assertProbing(EndpointStatus previous) {
        assertThat(afterRestart(previous))
                .extracting(Finding::status, it -> it.reason().name())
                .containsExactly(Status.Unknown, "Probing");
    }

    private static Finding afterRestart(EndpointStatus previous) {
        var pending = new EndpointVerdict.Pending(PORTAL, true, Optional.of(PROXY));
        return NetworkFinding.of(render(previous, pending)).orElseThrow();
    }

    private static List<EndpointStatus> render(EndpointStatus entry, EndpointVerdict endpoint) {
        var previous = new TenantOnboardingStatus(
                new Handled(1, null),
                Customer.UNKNOWN,
                Progress.NONE,
                new Times("2026-03-01T11:55:00Z", null),
                new Entries(List.of(), List.of(), List.of(entry), null),
                List.of());
        var verdict = new OnboardingVerdict(NOW, List.of(), List.of(), List.of(), List.of(), List.of(endpoint));
        return EndpointStatuses.render(new StatusInput(
                1,
                previous,
                verdict,
                OnboardingLinks.NONE,
                Optional.empty(),
                PageAddress.NONE,
                Optional.empty(),
                false,
                NOW,
                Story.FRESHNESS,
                Duration.ofMinutes(2)));
    }

    private static EndpointStatus entry(String state, String tried, String proxy) {
        return new EndpointStatus(
                PORTAL.name(),
                new Outcome(state, null, "2026-03-01T11:00:00Z", List.of()),
                new Route(tried, null, proxy),
                new Advice("it failed", null));
    }
}

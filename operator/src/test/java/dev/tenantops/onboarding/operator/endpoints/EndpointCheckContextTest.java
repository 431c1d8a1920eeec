package dev.tenantops.onboarding.operator.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class EndpointCheckContextTest {

    private static final Map<String, String> CONTEXT =
            Map.of("namespace", "customer-contoso", "name", "contoso", "tenantId", "t");

    @Test
    void aProbeAndItsFailureNameTheOnboardingOnWhateverThreadTheyRun() {
        NetworkProbe failing = (target, _) -> {
            Logger.getLogger(EndpointCheck.class).info("probing " + target.url());
            throw new IllegalStateException("broken on purpose");
        };
        try (var log = new CapturedLog(Level.INFO)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var timing =
                        new VerificationTiming(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(2));
                new EndpointCheck(
                                failing,
                                new ProxyReferences(null),
                                timing,
                                new RoundTiming(Duration.ofSeconds(30), Duration.ofMinutes(2)),
                                RoundExecutor.of(threads),
                                Clock.systemUTC(),
                                _ -> {})
                        .run(onboarding(), desired());
                // An executor that is closing takes no more of the round.
                await().until(() -> lines(log).size() == 3);
            }
            assertThat(lines(log))
                    .extracting(CapturedLog.Line::context)
                    .hasSize(3)
                    .allSatisfy(it -> assertThat(it).containsAllEntriesOf(CONTEXT));
        }
        assertThat(MDC.get("tenantId")).isNull();
    }

    @Test
    void aRoundThatEndsAtOnceNamesItToo() {
        NetworkProbe failing = (_, _) -> {
            throw new IllegalStateException("broken on purpose");
        };
        try (var log = new CapturedLog(Level.INFO)) {
            var timing = new VerificationTiming(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(2));
            new EndpointCheck(
                            failing,
                            new ProxyReferences(null),
                            timing,
                            new RoundTiming(Duration.ofSeconds(30), Duration.ofMinutes(2)),
                            RoundExecutor.of(Runnable::run),
                            Clock.systemUTC(),
                            _ -> {})
                    .run(onboarding(), desired());
            assertThat(lines(log))
                    .extracting(CapturedLog.Line::context)
                    .singleElement()
                    .satisfies(it -> assertThat(it).containsAllEntriesOf(CONTEXT));
        }
        assertThat(MDC.get("tenantId")).isNull();
    }

    /** Whatever else runs in this process may log too. */
    private static List<CapturedLog.Line> lines(CapturedLog log) {
        return log.lines().stream()
                .filter(it -> it.logger().equals(EndpointCheck.class.getName()))
                .toList();
    }

    private static TenantOnboarding onboarding() {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace("customer-contoso")
                .withName("contoso")
                .withUid("uid")
                .build());
        onboarding.setSpec(new TenantOnboardingSpec("t", List.of(), null, null, false));
        return onboarding;
    }

    private static DesiredOnboarding desired() {
        var endpoints = List.of(endpoint("one"), endpoint("two"));
        return new DesiredOnboarding(
                List.of(new DesiredCatalog(
                        "acme", "Acme", null, null, Optional.empty(), List.of(), List.of(), endpoints)),
                List.of(),
                List.of());
    }

    private static DesiredEndpoint endpoint(String name) {
        var url = "wss://" + name + ".example.com";
        return new DesiredEndpoint("acme/" + name, url, Optional.of(URI.create(url)));
    }
}

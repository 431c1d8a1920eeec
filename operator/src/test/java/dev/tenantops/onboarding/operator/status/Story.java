package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.consent.ConsentLinks;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationJudge;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import dev.tenantops.onboarding.operator.verdict.VerifierVerdict;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An onboarding through time: each check sees the status that the one before it left, and nothing else of the past. */
final class Story {

    static final Duration FRESHNESS = Duration.ofMinutes(15);

    private final ApplicationJudge judge =
            new ApplicationJudge(new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2)));
    private final ConsentLinks links =
            new ConsentLinks(Optional.of(URI.create("https://onboarding.example.com/consent/callback")));

    private DesiredOnboarding desired = Samples.desired();
    private TenantOnboardingStatus status = TenantOnboardingStatus.initial();
    private ProbeResult network = new ProbeResult.Reachable();
    private boolean suspended;
    private Optional<String> requestedAt = Optional.empty();
    private long generation = 1;

    Story wants(DesiredOnboarding desired) {
        this.desired = desired;
        this.generation++;
        return this;
    }

    Story network(ProbeResult network) {
        this.network = network;
        return this;
    }

    Story suspended(boolean suspended) {
        this.suspended = suspended;
        this.generation++;
        return this;
    }

    Story requested(String at) {
        this.requestedAt = Optional.of(at);
        return this;
    }

    TenantOnboardingStatus check(TenantObservation observation) {
        var applications = desired.applications().stream()
                .map(it -> judge.judge(
                        it,
                        observation,
                        status.application(it.catalog(), it.name())
                                .map(previous -> Memories.of(status, previous))
                                .orElse(Memory.NONE)))
                .toList();
        var verifiers = desired.catalogs().stream()
                .map(it -> VerifierVerdict.of(it.name(), it.verifier().clientId(), observation, true))
                .toList();
        var endpoints = desired.catalogs().stream()
                .flatMap(it -> it.endpoints().stream())
                .map(it -> it.probe().isPresent()
                        ? (EndpointVerdict) new EndpointVerdict.Probed(it, network)
                        : new EndpointVerdict.NotProbed(it))
                .toList();
        return apply(observation.readAt(), applications, verifiers, endpoints);
    }

    private TenantOnboardingStatus apply(
            Instant now,
            List<ApplicationVerdict> applications,
            List<VerifierVerdict> verifiers,
            List<EndpointVerdict> endpoints) {
        status = StatusBuilder.build(new StatusInput(
                generation,
                status,
                new OnboardingVerdict(now, desired.problems(), verifiers, applications, endpoints),
                it -> links.verifier(desired.catalogs().getFirst(), Samples.TENANT, Samples.UID),
                it -> links.application(desired.catalogs().getFirst(), it, Samples.TENANT, Samples.UID),
                requestedAt,
                suspended,
                now,
                FRESHNESS,
                Duration.ofMinutes(2)));
        return status;
    }

    TenantOnboardingStatus status() {
        return status;
    }

    Condition condition(String type) {
        return status.condition(type).orElseThrow();
    }

    boolean has(String type) {
        return status.condition(type).isPresent();
    }
}

package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.consent.ConsentLinks;
import dev.tenantops.onboarding.operator.consent.PageAddress;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.SeenApplication;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationJudge;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import dev.tenantops.onboarding.operator.verdict.VerifierVerdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** An onboarding through time: each check sees the status that the one before it left, and nothing else of the past. */
final class Story {

    static final Duration FRESHNESS = Duration.ofMinutes(15);

    private final ApplicationJudge judge =
            new ApplicationJudge(new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2)));
    private final ConsentLinks links =
            new ConsentLinks(Optional.of(URI.create("https://onboarding.example.com/consent/callback")));

    private Function<List<SeenApplication>, DesiredOnboarding> wanted = seen -> Samples.desired();
    private DesiredOnboarding desired;
    private TenantOnboardingStatus status = TenantOnboardingStatus.initial();
    private ProbeResult network = new ProbeResult.Reachable(trace(ProbeResult.Stage.Tls));
    private boolean suspended;
    private Optional<String> requestedAt = Optional.empty();
    private long generation = 1;

    Story wants(DesiredOnboarding desired) {
        return wants(seen -> desired);
    }

    /** @param wanted what is wanted after what was seen in the tenant */
    Story wants(Function<List<SeenApplication>, DesiredOnboarding> wanted) {
        this.wanted = wanted;
        this.generation++;
        return this;
    }

    Story reachable() {
        return network(new ProbeResult.Reachable(trace(ProbeResult.Stage.Tls)));
    }

    Story unreachable(ProbeResult.Stage stage, ProbeResult.Reason reason, String message, String next) {
        return network(new ProbeResult.Unreachable(trace(stage), stage, reason, message, next));
    }

    static ProbeTrace trace(ProbeResult.Stage stage) {
        return new ProbeTrace(
                "wss://hub.example.com/client",
                Optional.of("10.1.2.3"),
                Optional.of("http://proxy.example.com:3128"),
                List.of(new ProbeTrace.StageTime(stage, Duration.ofSeconds(2))));
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

    /** Whatever else than a check wrote the status. */
    void left(TenantOnboardingStatus left) {
        status = left;
    }

    TenantOnboardingStatus check(TenantObservation observation) {
        desired = wanted.apply(Memories.seen(status));
        var applications = desired.applications().stream()
                .map(it -> judge.judge(
                        it,
                        observation,
                        status.application(it.catalog(), it.name())
                                .filter(previous ->
                                        Optional.ofNullable(previous.clientId()).equals(it.clientId()))
                                .map(previous -> Memories.of(status, previous))
                                .orElse(Memory.NONE)))
                .toList();
        var verifiers = desired.catalogs().stream()
                .map(it -> VerifierVerdict.of(it.name(), it.verifier().clientId(), observation, true))
                .toList();
        var endpoints = desired.catalogs().stream()
                .flatMap(it -> it.endpoints().stream())
                .map(it -> it.probe().isPresent()
                        ? (EndpointVerdict) new EndpointVerdict.Probed(it, network, true, observation.readAt())
                        : new EndpointVerdict.NotProbed(it))
                .toList();
        var former = Stream.concat(desired.catalogs().stream(), desired.unlicensed().stream())
                .flatMap(it -> it.former().stream())
                .map(it -> suspended
                        ? new FormerVerdict.Unread(it)
                        : judge.judge(
                                it,
                                observation,
                                Memories.of(
                                        status,
                                        status.application(it.catalog(), it.name())
                                                .orElseThrow())))
                .toList();
        return apply(new OnboardingVerdict(
                observation.readAt(),
                desired.problems(),
                verifiers,
                applications,
                former,
                endpoints,
                desired.attestationMistakes()));
    }

    private TenantOnboardingStatus apply(OnboardingVerdict verdict) {
        status = StatusBuilder.build(new StatusInput(
                generation,
                status,
                verdict,
                links.of(desired, Samples.TENANT, Samples.UID),
                Optional.empty(),
                PageAddress.NONE,
                requestedAt,
                suspended,
                verdict.readAt(),
                FRESHNESS,
                Duration.ofMinutes(2)));
        return status;
    }

    /** The client ids that the last check needed consents of. */
    List<String> needed() {
        return desired.applications().stream()
                .flatMap(it -> it.clientId().stream())
                .toList();
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

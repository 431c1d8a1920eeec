package dev.tenantops.onboarding.operator.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.LocalSecretReference;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reachable;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unfinished;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict.Pending;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict.Probed;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict.ReferenceNotReadable;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds of probes: what one endpoint, one clock or one impatient person can do to the others. */
class EndpointCheckTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration FRESHNESS = Duration.ofMinutes(15);
    private static final Duration AMPLE = Duration.ofMinutes(1);

    private final VirtualClock wall = new VirtualClock(START);
    private final VirtualClock passing = new VirtualClock(START);
    private final VirtualRounds inline = new VirtualRounds(passing);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Queue<String> probed = new ConcurrentLinkedQueue<>();
    private final Queue<ObjectKey> woken = new ConcurrentLinkedQueue<>();
    private final TenantOnboarding onboarding = onboarding(null);

    @AfterEach
    void end() {
        released.countDown();
        threads.shutdownNow();
    }

    static Stream<Throwable> whateverIsThrown() {
        return Stream.of(new IllegalArgumentException("Illegal character"), new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("whateverIsThrown")
    void whatOneProbeThrowsIsTheResultOfItsEndpointAlone(Throwable failure) {
        var verdicts = check(throwing(failure), AMPLE, inline).run(onboarding, desired("bad", "good"));

        assertThat(result(verdicts.getFirst())).isInstanceOfSatisfying(Unfinished.class, it -> {
            assertThat(it.trace().tried()).isEqualTo("https://bad.example.com");
            assertThat(it.message()).contains(failure.getClass().getSimpleName());
            assertThat(it.next()).isNotBlank();
        });
        assertThat(result(verdicts.getLast())).isInstanceOf(Reachable.class);
    }

    @Test
    void anErrorIsToldWithItsStackOnceAndNotWithEachRound() {
        var check = check(throwing(new IllegalStateException("broken on purpose")), AMPLE, inline);
        try (var log = new CapturedLog(Level.WARNING)) {
            for (int round = 0; round < 5; round++) {
                check.run(onboarding, desired("bad", "bad-too"));
                pass(INTERVAL);
            }
            assertThat(probed).hasSize(10);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://local host:1", "http://{tenant}.example.com:3128", "http://proxy.example.com:3128%"})
    void aProxyThatIsNoUrlIsAFinding(String url) {
        var verdicts =
                check(this::probe, AMPLE, inline).run(onboarding(new Proxy(url, null, null)), desired("one", "two"));

        assertThat(verdicts)
                .hasSize(2)
                .allSatisfy(it -> assertThat(result(it)).isInstanceOfSatisfying(Unreachable.class, unreachable -> {
                    assertThat(unreachable.reason()).isEqualTo(Reason.ProxyInvalid);
                    assertThat(unreachable.toString()).doesNotContain(url);
                }));
        assertThat(probed).isEmpty();
    }

    @Test
    void anErrorInReadingWhatTheProxyRefersToIsAFinding() {
        // Without a client the look-up of the Secret ends in a NullPointerException.
        var proxied =
                onboarding(new Proxy("http://proxy.example.com:3128", new LocalSecretReference("credentials"), null));

        var verdicts = check(this::probe, AMPLE, inline).run(proxied, desired("one"));

        assertThat(verdicts).singleElement().isInstanceOfSatisfying(ReferenceNotReadable.class, it -> {
            assertThat(it.message()).contains("NullPointerException");
            assertThat(it.next()).contains("report");
        });
    }

    @Test
    void theOthersOfARoundShowTheirResultsWhileOneHangs() {
        var check = check(this::probe, AMPLE, inThreads());

        await().until(() ->
                result(check.run(onboarding, desired("silent", "good")).getLast()) instanceof Reachable);

        assertThat(check.run(onboarding, desired("silent", "good")).getFirst()).isInstanceOf(Pending.class);
        assertThat(woken).isEmpty();
    }

    @Test
    void anEndpointWithoutAResultInTimeIsNotProbingForEver() {
        var check = check(this::probe, Duration.ofMillis(300), inThreads());
        check.run(onboarding, desired("silent", "good"));

        await().until(() -> woken.size() == 1);
        var verdicts = check.run(onboarding, desired("silent", "good"));

        assertThat(result(verdicts.getFirst())).isInstanceOf(Unfinished.class);
        assertThat(result(verdicts.getLast())).isInstanceOf(Reachable.class);
    }

    @Test
    void soIsOneWhoseProxyReferencesHang() {
        var hanging = (KubernetesClient) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KubernetesClient.class}, (_, _, _) -> {
                    awaitRelease();
                    return null;
                });
        var check = new EndpointCheck(
                (target, _) -> probe(target),
                new ProxyReferences(hanging),
                timing(),
                rounds(Duration.ofMillis(300)),
                inThreads(),
                wall,
                woken::add);
        var proxied =
                onboarding(new Proxy("http://proxy.example.com:3128", new LocalSecretReference("credentials"), null));
        check.run(proxied, desired("one"));

        await().until(() -> woken.size() == 1);
        assertThat(check.run(proxied, desired("one"))).noneMatch(Pending.class::isInstance);
    }

    @Test
    void aRoundWithoutAResultTakesNothingFromEvidenceThatIsFresh() {
        var check = check(this::probe, Duration.ofMillis(300), inThreads());
        check.run(onboarding, desired("fading"));
        await().until(() -> woken.size() == 1);
        pass(INTERVAL);
        check.run(onboarding, desired("fading"));
        await().until(() -> probed.size() == 2);

        await().untilAsserted(() -> {
            var verdict = check.run(onboarding, desired("fading")).getFirst();
            assertThat(result(verdict)).isInstanceOf(Reachable.class);
            assertThat(verdict.readAt()).contains(START);
        });
        pass(FRESHNESS);
        await().until(() -> result(check.run(onboarding, desired("fading")).getFirst()) instanceof Unfinished);
    }

    @Test
    void whatARoundBroughtNoResultOfIsTheFirstInTheNext() {
        NetworkProbe once = (target, caller) -> {
            var first = !probed.contains("https://late.example.com");
            var result = probe(target);
            if (first && target.url().getHost().startsWith("late")) {
                throw new CancellationException();
            }
            return result;
        };
        var check = check(once, AMPLE, inline);
        check.run(onboarding, desired("one", "late", "two"));
        pass(INTERVAL);
        check.run(onboarding, desired("one", "late", "two"));

        assertThat(probed.stream().skip(3).findFirst()).contains("https://late.example.com");
    }

    @Test
    void aRoundThatTheEndOfTheOperatorInterruptsTellsNothing() {
        var check = check(this::probe, AMPLE, inThreads());
        check.run(onboarding, desired("silent"));
        await().until(() -> probed.size() == 1);
        threads.shutdownNow();

        await().until(threads::isTerminated);
        assertThat(check.run(onboarding, desired("silent"))).allMatch(Pending.class::isInstance);
        assertThat(woken).isEmpty();
    }

    @Test
    void aChangeDoesNotWaitForTheRoundThatHangs() {
        var check = check(this::probe, AMPLE, inThreads());
        check.run(onboarding, desired("silent"));
        await().until(() -> probed.size() == 1);
        pass(RoundTiming.DISTANCE);
        check.run(onboarding, desired("good"));

        await().until(() -> woken.size() == 1);
        assertThat(result(check.run(onboarding, desired("good")).getFirst())).isInstanceOf(Reachable.class);
    }

    @Test
    void roundsThatAPersonAsksForKeepTheirDistance() {
        var check = check(this::probe, AMPLE, inline);
        for (int second = 0; second < 60; second++) {
            request("at " + second);
            check.run(onboarding, desired("good"));
            pass(Duration.ofSeconds(1));
        }

        assertThat(probed).hasSize(12);
    }

    @Test
    void soDoRoundsOfAPlanThatChangesBackAndForth() {
        var check = check(this::probe, AMPLE, inline);
        for (int second = 0; second < 60; second++) {
            check.run(onboarding, second % 2 == 0 ? desired("good") : desired("good", "better"));
            pass(Duration.ofSeconds(1));
        }

        assertThat(probed.stream().filter("https://good.example.com"::equals)).hasSize(12);
    }

    @Test
    void whoAsksTooEarlyHasARoundAsSoonAsOneMayStart() {
        var check = check(this::probe, AMPLE, inline);
        check.run(onboarding, desired("good"));
        pass(Duration.ofSeconds(1));
        request("once");
        check.run(onboarding, desired("good"));
        request("twice");
        check.run(onboarding, desired("good"));
        assertThat(probed).hasSize(1);
        assertThat(inline.postponed()).containsExactly(Duration.ofSeconds(4));

        pass(Duration.ofSeconds(4));
        inline.runPostponed();
        check.run(onboarding, desired("good"));
        assertThat(probed).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aStepOfTheWallClockNeitherStopsTheRoundsNorHurriesThem(int hours) {
        var check = check(this::probe, AMPLE, inline);
        check.run(onboarding, desired("good"));
        wall.advance(Duration.ofHours(hours));
        check.run(onboarding, desired("good"));
        assertThat(probed).hasSize(1);

        pass(INTERVAL);
        check.run(onboarding, desired("good"));
        assertThat(probed).hasSize(2);
    }

    @Test
    void aStepOfTheWallClockNeitherEndsAResultNorMakesAnOldOneFresh() {
        var check = check(this::probe, Duration.ofMillis(300), inThreads());
        check.run(onboarding, desired("fading"));
        await().until(() -> woken.size() == 1);
        wall.advance(Duration.ofHours(1));
        assertThat(check.run(onboarding, desired("fading")).getFirst())
                .isInstanceOfSatisfying(
                        Probed.class, it -> assertThat(it.probedAt()).isEqualTo(START.plus(Duration.ofHours(1))));

        pass(FRESHNESS.plusSeconds(1));
        wall.advance(Duration.ofHours(-1));
        assertThat(check.run(onboarding, desired("fading"))).allMatch(Pending.class::isInstance);
    }

    @Test
    void whatAnEarlierRunReportedCountsForAsLongAsItsOwnTimesSay() {
        onboarding.setStatus(status(START.minusSeconds(1), START.plusSeconds(60)));
        var check = check(this::probe, AMPLE, inThreads());

        assertThat(check.run(onboarding, desired("silent"))).allMatch(it -> ((Pending) it).asBefore());
        pass(Duration.ofSeconds(59));
        assertThat(check.run(onboarding, desired("silent"))).allMatch(it -> ((Pending) it).asBefore());
        // The tenant is verified anew, which says nothing about the endpoint.
        onboarding.setStatus(status(wall.instant(), wall.instant().plus(FRESHNESS)));
        pass(Duration.ofSeconds(1));
        assertThat(check.run(onboarding, desired("silent"))).noneMatch(it -> ((Pending) it).asBefore());
    }

    @Test
    void whereItSaysNoEndItCountsForAsLongAsTheTenantsEvidence() {
        onboarding.setStatus(status(START.minus(FRESHNESS).plusSeconds(60), null));
        var check = check(this::probe, AMPLE, inThreads());

        assertThat(check.run(onboarding, desired("silent"))).allMatch(it -> ((Pending) it).asBefore());
        pass(Duration.ofSeconds(60));
        assertThat(check.run(onboarding, desired("silent"))).noneMatch(it -> ((Pending) it).asBefore());
    }

    @Test
    void whatAnEarlierRunReportedWithTimesOfAClockThatWasAheadDoesNotCount() {
        onboarding.setStatus(status(START.plusSeconds(60), START.plusSeconds(60).plus(FRESHNESS)));

        assertThat(check(this::probe, AMPLE, inThreads()).run(onboarding, desired("silent")))
                .noneMatch(it -> ((Pending) it).asBefore());
    }

    private static TenantOnboardingStatus status(Instant lastVerified, Instant validUntil) {
        return TenantOnboardingStatus.initial()
                .with(new Times(lastVerified.toString(), validUntil == null ? null : validUntil.toString()));
    }

    private EndpointCheck check(NetworkProbe probe, Duration limit, RoundExecutor executor) {
        return new EndpointCheck(probe, new ProxyReferences(null), timing(), rounds(limit), executor, wall, woken::add);
    }

    private EndpointCheck check(Function<ProbeTarget, ProbeResult> probe, Duration limit, RoundExecutor executor) {
        return check((NetworkProbe) (target, _) -> probe.apply(target), limit, executor);
    }

    private static VerificationTiming timing() {
        return new VerificationTiming(INTERVAL, FRESHNESS, Duration.ofMinutes(2));
    }

    private static RoundTiming rounds(Duration limit) {
        return new RoundTiming(Duration.ofSeconds(30), limit);
    }

    /** In threads of their own, and in the time of the test. */
    private RoundExecutor inThreads() {
        return new RoundExecutor() {
            @Override
            public long nanos() {
                return inline.nanos();
            }

            @Override
            public void execute(Runnable task) {
                threads.execute(task);
            }

            @Override
            public void executeAfter(Duration delay, Runnable task) {
                inline.executeAfter(delay, task);
            }
        };
    }

    private void pass(Duration time) {
        wall.advance(time);
        passing.advance(time);
    }

    private void request(String at) {
        onboarding.getMetadata().setAnnotations(Map.of(TenantOnboarding.RECONCILE_REQUESTED_AT, at));
    }

    private NetworkProbe throwing(Throwable failure) {
        return (target, _) -> {
            if (target.url().getHost().startsWith("bad")) {
                probed.add(target.url().toString());
                switch (failure) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalArgumentException(failure);
                }
            }
            return probe(target);
        };
    }

    /** Hosts called silent never answer; those called fading do so once. */
    private ProbeResult probe(ProbeTarget target) {
        var url = target.url().toString();
        var before = probed.contains(url);
        probed.add(url);
        if (url.contains("silent") || before && url.contains("fading")) {
            awaitRelease();
        }
        return new Reachable(new ProbeTrace(url, Optional.empty(), Optional.empty(), List.of()));
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private static ProbeResult result(EndpointVerdict verdict) {
        return verdict instanceof Probed probed ? probed.result() : null;
    }

    private static TenantOnboarding onboarding(Proxy proxy) {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace("customer-contoso")
                .withName("contoso")
                .withUid("uid")
                .build());
        onboarding.setSpec(
                new TenantOnboardingSpec("t", List.of(), proxy == null ? null : new Network(proxy), null, false));
        return onboarding;
    }

    private static DesiredOnboarding desired(String... names) {
        var endpoints = Stream.of(names)
                .map(it -> "https://" + it + ".example.com")
                .map(it -> new DesiredEndpoint("acme/" + it, it, Optional.of(URI.create(it))))
                .toList();
        return new DesiredOnboarding(
                List.of(new DesiredCatalog(
                        "acme", "Acme", null, null, Optional.empty(), List.of(), List.of(), endpoints)),
                List.of(),
                List.of());
    }
}

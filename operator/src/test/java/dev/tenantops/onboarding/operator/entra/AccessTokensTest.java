package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a token is used again. */
class AccessTokensTest {

    private static final Verifier VERIFIER = new Verifier("client", new Credential.FederatedToken(Optional.empty()));
    private static final CloudEndpoints GCC_HIGH =
            CloudEndpoints.of(Cloud.USGovernment).orElseThrow();
    private static final CloudEndpoints DOD =
            CloudEndpoints.of(Cloud.USGovernmentDoD).orElseThrow();
    private static final TokenKey KEY = new TokenKey(GCC_HIGH, "tenant", "client", "1");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger acquired = new AtomicInteger();
    private Duration lifetime = Duration.ofHours(1);
    private final AccessTokens tokens = new AccessTokens(
            (key, verifier) ->
                    Reading.of(new AccessToken("token " + acquired.incrementAndGet() + " of " + key, lifetime)),
            nanos::get);

    @Test
    void aTokenServesUntilItsMargin() {
        AccessToken first = get(KEY);
        nanos.addAndGet(Duration.ofMinutes(55).toNanos() - 1);
        assertThat(get(KEY)).isEqualTo(first);
        nanos.addAndGet(1);
        assertThat(get(KEY)).isNotEqualTo(first);
    }

    @Test
    void aTokenNoLongerThanTheMarginServesOnce() {
        lifetime = Duration.ofSeconds(300);
        assertThat(get(KEY)).isNotEqualTo(get(KEY));
        lifetime = Duration.ofSeconds(-5);
        assertThat(get(KEY)).isNotEqualTo(get(KEY));
    }

    @Test
    void tokensAreKeptApartByEverythingThatTheyDependOn() {
        List<TokenKey> keys = List.of(
                KEY,
                new TokenKey(DOD, "tenant", "client", "1"),
                new TokenKey(GCC_HIGH, "other tenant", "client", "1"),
                new TokenKey(GCC_HIGH, "tenant", "other client", "1"),
                new TokenKey(GCC_HIGH, "tenant", "client", "2"));
        assertThat(DOD.login()).isEqualTo(GCC_HIGH.login());
        assertThat(keys.stream().map(this::get).distinct()).hasSize(keys.size());
        assertThat(acquired).hasValue(keys.size());
    }

    @Test
    void aDroppedTokenIsReplacedAndItsReplacementIsNotDroppedWithIt() {
        AccessToken first = get(KEY);
        tokens.drop(KEY, first);
        AccessToken second = get(KEY);
        assertThat(second).isNotEqualTo(first);
        tokens.drop(KEY, first);
        assertThat(get(KEY)).isEqualTo(second);
    }

    @Test
    void callersAtOnceShareOneAcquisition() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        AccessTokens slow = new AccessTokens(
                (key, verifier) -> {
                    asked.countDown();
                    awaitUninterrupted(proceed);
                    return Reading.of(new AccessToken("token " + acquired.incrementAndGet(), Duration.ofSeconds(60)));
                },
                nanos::get);
        List<Thread> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(task -> {
            Thread thread = new Thread(task);
            waiting.add(thread);
            return thread;
        })) {
            List<Future<Reading<AccessToken>>> answers = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                answers.add(threads.submit(() -> slow.get(KEY, VERIFIER)));
            }
            asked.await();
            await().until(() -> waiting.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
            proceed.countDown();
            for (Future<Reading<AccessToken>> answer : answers) {
                assertThat(answer.get()).isEqualTo(answers.getFirst().get());
            }
        }
        assertThat(acquired).hasValue(1);
    }

    @Test
    void whoeverWaitsForAnothersTokenCanBeInterrupted() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        AccessTokens slow = new AccessTokens(
                (key, verifier) -> {
                    asked.countDown();
                    awaitUninterrupted(proceed);
                    return Reading.of(new AccessToken("token", Duration.ofHours(1)));
                },
                nanos::get);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> slow.get(KEY, VERIFIER));
            asked.await();
            CompletableFuture<Reading<AccessToken>> answer = new CompletableFuture<>();
            Thread waiting = Thread.ofVirtual().start(() -> answer.complete(slow.get(KEY, VERIFIER)));
            waiting.interrupt();
            assertThat(answer.get(10, TimeUnit.SECONDS).ifFailed()).isPresent();
            proceed.countDown();
        }
    }

    @Test
    void neitherAFailureNorABugIsRemembered() {
        List<Reading<AccessToken>> script = new ArrayList<>(List.of(
                Reading.failed(Failure.of(Reason.GraphUnavailable, "down", "Wait.")),
                Reading.of(new AccessToken("token", Duration.ofHours(1)))));
        AccessTokens scripted = new AccessTokens(
                (key, verifier) -> {
                    if (acquired.getAndIncrement() == 0) {
                        throw new IllegalStateException("a bug");
                    }
                    return script.removeFirst();
                },
                nanos::get);
        assertThatThrownBy(() -> scripted.get(KEY, VERIFIER)).isInstanceOf(IllegalStateException.class);
        assertThat(scripted.get(KEY, VERIFIER).ifFailed()).isPresent();
        assertThat(scripted.get(KEY, VERIFIER).ifComplete()).isPresent();
        assertThat(scripted.kept(KEY)).isPresent();
    }

    @Test
    void aTokenIsShownNowhere() {
        assertThat(new AccessToken("s3cret", lifetime)).asString().doesNotContain("s3cret");
    }

    private AccessToken get(TokenKey key) {
        return tokens.get(key, VERIFIER).ifComplete().orElseThrow();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

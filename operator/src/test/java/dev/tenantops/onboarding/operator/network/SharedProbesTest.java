package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.operator.network.SharedProbes.Asked;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has a turn, and whose result is whose. */
class SharedProbesTest {

    private static final ProbeCaller SILENT = new ProbeCaller("customer-fabrikam", "fabrikam");
    private static final ProbeCaller PRIVILEGED = new ProbeCaller("customer-northwind", "northwind");
    private static final AddressRules COMMON = new AddressRules(List.of(), List.of());
    private static final AddressRules OWN = new AddressRules(List.of("10.20.0.0/16"), List.of());
    private static final ProbeCaller OTHER = new ProbeCaller("customer-contoso", "contoso");

    private final CountDownLatch released = new CountDownLatch(1);
    private final ConcurrentHashMap<URI, AtomicInteger> probes = new ConcurrentHashMap<>();
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SharedProbes shared = new SharedProbes(this::probe, this::rules, () -> {}, Duration.ofMinutes(1), 4);

    @AfterEach
    void end() {
        released.countDown();
        threads.shutdownNow();
    }

    @Test
    void aCustomerWhoseEndpointsAreAllSilentLeavesTurnsToAnother() throws Exception {
        silent(SILENT, 20);

        assertThat(ask(OTHER, "https://portal.example.com").get()).isInstanceOf(ProbeResult.Reachable.class);
        assertThat(probes.values()).hasSize(3);
    }

    @Test
    void soDoesAnOnboardingToAnotherOfItsNamespace() throws Exception {
        silent(SILENT, 20);
        var neighbour = new ProbeCaller(SILENT.namespace(), "northwind");

        assertThat(ask(neighbour, "https://portal.example.com").get()).isInstanceOf(ProbeResult.Reachable.class);
    }

    @Test
    void manySilentOnboardingsOfOneNamespaceLeaveATurnToAnotherNamespace() throws Exception {
        IntStream.range(0, 8)
                .forEach(it -> ask(new ProbeCaller(SILENT.namespace(), "tenant-" + it), "https://silent-" + it));
        await().until(() -> probes.size() == 3);

        assertThat(ask(OTHER, "https://portal.example.com").get()).isInstanceOf(ProbeResult.Reachable.class);
    }

    @Test
    void whatASilentCustomerWaitsToAskIsAskedForAnotherAtOnce() throws Exception {
        silent(SILENT, 20);
        var waiting = ask(SILENT, "https://portal.example.com");

        assertThat(ask(OTHER, "https://portal.example.com").get()).isInstanceOf(ProbeResult.Reachable.class);
        assertThat(waiting).isNotDone();
    }

    @Test
    void thoseWhoWaitHaveTheirTurnsInTurn() throws Exception {
        var one = new SharedProbes(this::probe, this::rules, () -> {}, Duration.ofMinutes(1), 1);
        var first = threads.submit(() -> one.probe(target("https://silent-first"), SILENT));
        await().until(() -> probes.size() == 1);
        var waiting = new ArrayList<Future<?>>();
        for (var asked : List.of("a1", "a2", "a3", "b1", "b2")) {
            var caller = asked.startsWith("a") ? SILENT : OTHER;
            var thread = new Thread[1];
            waiting.add(threads.submit(() -> {
                thread[0] = Thread.currentThread();
                one.probe(target("https://" + asked), caller);
            }));
            await().until(() -> thread[0] != null && thread[0].getState() == Thread.State.WAITING);
        }
        released.countDown();
        first.get();
        for (var it : waiting) {
            it.get();
        }

        assertThat(order).containsExactly("silent-first", "a1", "b1", "a2", "b2", "a3");
    }

    @Test
    void oneProbeServesAllWhoAskForTheSameMeanwhile() throws Exception {
        var asked = IntStream.range(0, 50)
                .mapToObj(it -> ask(new ProbeCaller("customer-" + it, "it"), "https://silent-hub"))
                .toList();
        await().until(() -> probes.containsKey(URI.create("https://silent-hub")));
        released.countDown();

        for (var it : asked) {
            assertThat(it.get()).isInstanceOf(ProbeResult.Reachable.class);
        }
        assertThat(probes.get(URI.create("https://silent-hub"))).hasValue(1);
    }

    /** Or the result would tell what is behind an address that only another namespace may dial. */
    @Test
    void whoMayDialMoreIsServedAlone() throws Exception {
        var url = "https://hub.example.com";
        ask(PRIVILEGED, url).get();
        ask(OTHER, url).get();
        ask(SILENT, url).get();

        assertThat(probes.get(URI.create(url))).hasValue(2);
    }

    @Test
    void anErrorOfOneProbeIsThatOfAllWhoWaitForItAndOfNobodyElse() throws Exception {
        var first = ask(SILENT, "https://overflowing-silent-hub");
        await().until(() -> probes.size() == 1);
        var second = ask(OTHER, "https://overflowing-silent-hub");
        released.countDown();

        assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(Error.class);
        assertThatThrownBy(second::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(Error.class);
        assertThat(ask(OTHER, "https://portal.example.com").get()).isInstanceOf(ProbeResult.Reachable.class);
    }

    @Test
    void whoGivesUpTakesNobodyWithHim() throws Exception {
        var first = ask(SILENT, "https://silent-hub");
        await().until(() -> probes.size() == 1);
        var second = ask(OTHER, "https://silent-hub");
        first.cancel(true);

        await().until(() -> probes.get(URI.create("https://silent-hub")).get() == 2);
        released.countDown();
        assertThat(second.get()).isInstanceOf(ProbeResult.Reachable.class);
    }

    @Test
    void whoGivesUpWaitingForATurnLeavesItToTheNext() throws Exception {
        silent(SILENT, 2);
        var givenUp = IntStream.range(2, 20)
                .mapToObj(it -> ask(SILENT, "https://silent-" + it))
                .toList();
        givenUp.forEach(it -> it.cancel(true));
        released.countDown();

        assertThat(ask(SILENT, "https://portal.example.com").get()).isInstanceOf(ProbeResult.Reachable.class);
    }

    /** Asks for as many endpoints that never answer, and waits until as many are asked as may be. */
    private void silent(ProbeCaller caller, int endpoints) {
        IntStream.range(0, endpoints).forEach(it -> ask(caller, "https://silent-" + it));
        await().until(() -> probes.size() == 2);
    }

    private Future<ProbeResult> ask(ProbeCaller caller, String url) {
        return threads.submit(() -> shared.probe(target(url), caller));
    }

    private AddressRules rules(ProbeCaller caller) {
        return caller.namespace().equals(PRIVILEGED.namespace()) ? OWN : COMMON;
    }

    private ProbeResult probe(Asked asked) {
        var target = asked.target();
        order.add(target.url().getHost());
        probes.computeIfAbsent(target.url(), _ -> new AtomicInteger()).incrementAndGet();
        if (target.url().getHost().contains("silent")) {
            try {
                released.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
        if (target.url().getHost().contains("overflowing")) {
            throw new StackOverflowError();
        }
        return new ProbeResult.Reachable(
                new ProbeTrace(target.url().toString(), Optional.empty(), Optional.empty(), List.of()));
    }

    private static ProbeTarget target(String url) {
        return new ProbeTarget(URI.create(url), Optional.empty());
    }
}

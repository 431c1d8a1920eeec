package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Answer;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections are made once. */
class ConnectionPoolTest {

    private static final int AT_ONCE = 64;

    private final CertificateAuthority authority = CertificateAuthority.create("Scripted Microsoft");

    @Test
    void asManyConnectionsAreKeptAsThereAreReadingsAtOnce() throws Exception {
        var together = new CyclicBarrier(AT_ONCE);
        try (ScriptedMicrosoft microsoft = ScriptedMicrosoft.start(authority);
                GraphTenantDirectory directory = new GraphTenantDirectory(
                        Laboratory.settings(authority, 1024 * 1024), Clock.systemUTC(), RequestListener.NONE)) {
            microsoft.answer(request ->
                    request.path().endsWith("/token") ? Answer.token("a token", 3600) : answerTogether(together));
            readAtOnce(microsoft, directory);
            microsoft.connections().clear();
            readAtOnce(microsoft, directory);
            Set<?> second = Set.copyOf(microsoft.connections());
            readAtOnce(microsoft, directory);
            assertThat(microsoft.connections()).hasSize(AT_ONCE).isEqualTo(second);
        }
    }

    @Test
    void moreReadingsThanThatWaitForTheirTurn() throws Exception {
        var together = new CyclicBarrier(AT_ONCE);
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        try (ScriptedMicrosoft microsoft = ScriptedMicrosoft.start(authority);
                GraphTenantDirectory directory = new GraphTenantDirectory(
                        Laboratory.settings(authority, 1024 * 1024), Clock.systemUTC(), RequestListener.NONE)) {
            microsoft.answer(request -> {
                if (request.path().endsWith("/token")) {
                    return Answer.token("a token", 3600);
                }
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                try {
                    return answerTogether(together);
                } finally {
                    underWay.decrementAndGet();
                }
            });
            readAtOnce(directory, microsoft, 3 * AT_ONCE);
        }
        assertThat(most).hasValue(AT_ONCE);
    }

    /** Answers once all are there, so that each has a connection of its own. */
    private static Answer answerTogether(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        return Answer.json("{\"responses\":[]}");
    }

    private static void readAtOnce(ScriptedMicrosoft microsoft, GraphTenantDirectory directory) throws Exception {
        readAtOnce(directory, microsoft, AT_ONCE);
    }

    private static void readAtOnce(GraphTenantDirectory directory, ScriptedMicrosoft microsoft, int readings)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<TenantObservation>> reads = IntStream.range(0, readings)
                    .<Callable<TenantObservation>>mapToObj(_ -> () -> directory.read(new TenantQuery(
                            microsoft.cloud(),
                            TENANT,
                            new Verifier(Laboratory.VERIFIER, new Credential.ClientSecret("1", "s3cret")),
                            List.of(new ApplicationQuery(Laboratory.clientId(1), Optional.empty())),
                            Set.of(),
                            false)))
                    .toList();
            for (Future<TenantObservation> reading : threads.invokeAll(reads)) {
                reading.get();
            }
        }
    }
}

package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.DiagnosedTenantDirectory;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Answer;
import dev.tenantops.onboarding.operator.entra.StuckServer.Behaviour;
import dev.tenantops.onboarding.operator.network.AddressPolicy;
import dev.tenantops.onboarding.operator.network.ProbeSettings;
import dev.tenantops.onboarding.operator.network.RouteSetting;
import dev.tenantops.onboarding.operator.network.SharedProbes;
import dev.tenantops.onboarding.operator.network.SocketNetworkProbe;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that takes connections and does not come to an end with them costs a limited time, and nothing stays. */
class StuckMicrosoftTest {

    private static final Duration CALL = Duration.ofMillis(1500);

    private final CertificateAuthority authority = CertificateAuthority.create("Stuck Microsoft");

    @AutoClose
    private ScriptedMicrosoft microsoft;

    @BeforeEach
    void start() throws IOException {
        microsoft = ScriptedMicrosoft.start(authority);
        microsoft.answer(request -> Answer.token("a token", 3600));
    }

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void aReadingOfGraphEndsInTime(Behaviour behaviour) throws Exception {
        try (StuckServer graph = new StuckServer(authority, behaviour);
                GraphTenantDirectory directory = directory(Optional.empty())) {
            assertThat(endsInTime(directory, cloud(microsoft.url(), graph.url("https"))))
                    .startsWith("Microsoft Graph at localhost")
                    .contains("no complete answer in time");
        }
    }

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void aSignInEndsInTime(Behaviour behaviour) throws Exception {
        try (StuckServer login = new StuckServer(authority, behaviour);
                GraphTenantDirectory directory = directory(Optional.empty())) {
            assertThat(endsInTime(directory, cloud(login.url("https"), microsoft.url())))
                    .startsWith("Entra ID at localhost")
                    .contains("no complete answer in time");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void aProxyThatSaysNothingCostsALimitedTimeToo(String scheme) throws Exception {
        try (StuckServer proxy = new StuckServer(authority, Behaviour.NO_HANDSHAKE);
                GraphTenantDirectory directory = directory(Optional.of(proxy.url(scheme)))) {
            assertThat(endsInTime(directory, microsoft.cloud())).contains("no complete answer in time");
        }
    }

    @Test
    void aHundredTenantsDoNotQueueUpBeforeGraphAfterARestart() throws Exception {
        Thread[] before = platformThreads();
        try (StuckServer graph = new StuckServer(authority, Behaviour.NO_ANSWER);
                GraphTenantDirectory directory = directory(Optional.empty())) {
            CloudEndpoints cloud = cloud(microsoft.url(), graph.url("https"));
            // As many at once as the operator checks by default: the next begins when one has ended.
            try (ExecutorService checks =
                    Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
                List<Future<TenantObservation>> readings = IntStream.rangeClosed(1, 100)
                        .mapToObj(it -> checks.submit(() -> read(directory, cloud, tenant(it))))
                        .toList();
                await().until(() -> readings.stream().allMatch(Future::isDone));
                for (Future<TenantObservation> reading : readings) {
                    assertThat(reading.get().applications().ifFailed())
                            .map(Failure::reason)
                            .contains(Reason.GraphUnavailable);
                }
            }
            assertThat(graph.accepted()).as("those who asked").isBetween(2, 10);
            await("connections are given back").until(() -> graph.open() == 0);
            await("threads end").until(() -> platformThreads().length <= before.length + 4);
        }
    }

    @Test
    void whereTheWayEndsIsFoundOutBesideTheReading() throws Exception {
        SocketNetworkProbe probe = new SocketNetworkProbe(new ProbeSettings(
                Laboratory.trusting(authority),
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                Duration.ZERO,
                AddressPolicy.ANY,
                RouteSetting.OF_THE_OPERATOR));
        try (StuckServer graph = new StuckServer(authority, Behaviour.NO_ANSWER);
                DiagnosedTenantDirectory directory = new DiagnosedTenantDirectory(
                        directory(Optional.empty()),
                        new SharedProbes(probe, Duration.ofSeconds(10), 8),
                        Optional.empty())) {
            assertThat(endsInTime(directory, cloud(microsoft.url(), graph.url("https"))))
                    .contains("no complete answer in time");
        }
    }

    private static Thread[] platformThreads() {
        return Thread.getAllStackTraces().keySet().toArray(Thread[]::new);
    }

    private static String tenant(int number) {
        return "3c1f6d0e-0000-4000-9000-%012d".formatted(number);
    }

    private static String endsInTime(TenantDirectory directory, CloudEndpoints cloud) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TenantObservation> reading = threads.submit(() -> read(directory, cloud, TENANT));
            await().until(reading::isDone);
            return reading.get().applications().ifFailed().orElseThrow().message();
        }
    }

    private static TenantObservation read(TenantDirectory directory, CloudEndpoints cloud, String tenantId) {
        return directory.read(new TenantQuery(
                cloud,
                tenantId,
                new Verifier(Laboratory.VERIFIER, new Credential.ClientSecret("1", "s3cret")),
                List.of(),
                Set.of(GRAPH),
                false));
    }

    private static CloudEndpoints cloud(URI login, URI graph) {
        return new CloudEndpoints(Cloud.Custom, login, graph);
    }

    private GraphTenantDirectory directory(Optional<URI> proxy) {
        return new GraphTenantDirectory(
                Laboratory.settings(authority, proxy, CALL), Clock.systemUTC(), RequestListener.NONE);
    }
}

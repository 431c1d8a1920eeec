package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The way to Microsoft, and what is said where there is none. */
class ConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AutoClose
    private final Laboratory laboratory = new Laboratory();

    @Test
    void everyRequestGoesThroughTheDeclaredProxyWhichAlsoResolvesTheName() {
        CloudEndpoints cloud = behind("microsoft.invalid");
        try (ForwardProxy proxy = ForwardProxy.start(this::route, 0, Optional.empty());
                GraphTenantDirectory directory = directory(through(proxy.url()))) {
            assertThat(laboratory.read(directory, cloud, TENANT).applications().ifComplete())
                    .isPresent();
            // Entra ID and Microsoft Graph are one host here, so one tunnel serves both.
            assertThat(proxy.askedFor()).containsExactly(cloud.login().getAuthority());
        }
        assertThat(laboratory.read(cloud, TENANT).applications().ifFailed()).isPresent();
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        try (ForwardProxy proxy = ForwardProxy.start(this::route, 0, Optional.empty());
                GraphTenantDirectory directory = directory(through(proxy.url()))) {
            proxy.behave(Behaviour.REFUSE);
            Failure failure = failure(directory, behind("microsoft.invalid"));
            assertThat(failure.reason()).isEqualTo(Reason.GraphUnavailable);
            assertThat(failure.message()).contains("CONNECT: 403");
        }
        assertThat(laboratory.simulator.requests().counters()).isEmpty();
    }

    @Test
    void aCertificateThatNobodyTrustsIsNamedWithTheNextStep() {
        EntraSettings trustingTheJdkOnly = EntraSettings.defaults();
        try (GraphTenantDirectory directory = directory(trustingTheJdkOnly)) {
            Failure failure = failure(directory, laboratory.cloud());
            assertThat(failure.reason()).isEqualTo(Reason.GraphUnavailable);
            assertThat(failure.message()).contains("TLS");
            assertThat(failure.remedy().toString()).contains("CA bundle");
        }
    }

    @Test
    void aClosedPortIsNamedWithTheNextStep() throws IOException {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = URI.create("https://localhost:" + socket.getLocalPort());
        }
        Failure failure = failure(laboratory.directory, new CloudEndpoints(Cloud.Custom, closed, closed));
        assertThat(failure.reason()).isEqualTo(Reason.GraphUnavailable);
        assertThat(failure.message()).contains(closed.getAuthority());
        assertThat(failure.remedy().toString()).contains("Allow the operator");
    }

    @Test
    void anAnswerThatDoesNotComeEndsTheRequest() {
        EntraSettings impatient = settings(Optional.empty(), Duration.ofSeconds(3));
        try (GraphTenantDirectory directory = directory(impatient)) {
            assertThat(laboratory
                            .read(directory, laboratory.cloud(), TENANT)
                            .applications()
                            .ifComplete())
                    .isPresent();
            laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.slow(Duration.ofSeconds(20)))
                    .times(1));
            assertThat(failure(directory, laboratory.cloud()).message()).contains("no complete answer in time");
        }
    }

    @Test
    void theListenerHearsOfEveryRequest() {
        CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();
        RequestListener listener = (kind, outcome, duration) -> {
            assertThat(duration).isPositive();
            heard.add(kind + " " + outcome);
        };
        try (GraphTenantDirectory directory =
                new GraphTenantDirectory(settings(Optional.empty(), PATIENCE), Clock.systemUTC(), listener)) {
            laboratory.read(directory, laboratory.cloud(), TENANT);
            laboratory.tenants.fail(
                    Fault.on(RequestKind.BATCH_ITEM, Effect.status(429)).times(1));
            laboratory.read(directory, laboratory.cloud(), TENANT);
            laboratory.tenants.fail(
                    Fault.on(RequestKind.BATCH, Effect.status(403)).times(2));
            laboratory.read(directory, laboratory.cloud(), TENANT);
            laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, new Effect.Html(502)));
            laboratory.read(directory, laboratory.cloud(), TENANT);
        }
        assertThat(heard)
                .containsExactly(
                        "Token Succeeded",
                        "Batch Succeeded",
                        "Batch Throttled",
                        "Batch Denied",
                        "Token Succeeded",
                        "Batch Denied",
                        "Token Failed");
    }

    private CloudEndpoints behind(String host) {
        URI url =
                URI.create("https://" + host + ":" + laboratory.simulator.url().getPort());
        return new CloudEndpoints(Cloud.Custom, url, url);
    }

    private Optional<InetSocketAddress> route(String host) {
        return host.equals("microsoft.invalid")
                ? Optional.of(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        laboratory.simulator.url().getPort()))
                : Optional.empty();
    }

    private Failure failure(GraphTenantDirectory directory, CloudEndpoints cloud) {
        return laboratory
                .read(directory, cloud, TENANT)
                .applications()
                .ifFailed()
                .orElseThrow();
    }

    private static GraphTenantDirectory directory(EntraSettings settings) {
        return new GraphTenantDirectory(settings, Clock.systemUTC(), RequestListener.NONE);
    }

    private EntraSettings through(URI proxy) {
        return settings(Optional.of(proxy), PATIENCE);
    }

    private EntraSettings settings(Optional<URI> proxy, Duration callTimeout) {
        return Laboratory.settings(laboratory.authority, proxy, callTimeout);
    }
}

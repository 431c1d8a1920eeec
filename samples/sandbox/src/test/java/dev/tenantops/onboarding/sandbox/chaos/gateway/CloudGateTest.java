package dev.tenantops.onboarding.sandbox.chaos.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.sandbox.chaos.gateway.CloudGate.Way;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CloudGateTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Cloud");

    private static MicrosoftSimulator cloud;
    private static CloudGate gate;

    private final HttpClient client =
            HttpClient.newBuilder().sslContext(AUTHORITY.clientContext()).build();

    @BeforeAll
    static void start() {
        cloud = MicrosoftSimulator.start(AUTHORITY, 0, new SimulatedDirectory());
        gate = new CloudGate(cloud.url(), AUTHORITY);
    }

    @AfterAll
    static void stop() {
        gate.close();
        cloud.close();
    }

    @AfterEach
    void open() {
        client.close();
        gate.go(Way.OPEN);
    }

    @Test
    void whatIsOpenLeadsToTheCloud() throws Exception {
        assertThat(status(Duration.ofMinutes(1))).isEqualTo(200);
    }

    @Test
    void whatIsClosedEndsAtOnceAndIsOpenedAgain() throws Exception {
        gate.go(Way.CLOSED);
        assertThatThrownBy(() -> status(Duration.ofMinutes(1))).isInstanceOf(IOException.class);
        gate.go(Way.OPEN);
        assertThat(status(Duration.ofMinutes(1))).isEqualTo(200);
    }

    @Test
    void whatIsSilentNeverAnswers() {
        gate.go(Way.SILENT);
        assertThatThrownBy(() -> status(Duration.ofSeconds(1))).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void whatTricklesIsTooSlowForAHandshake() {
        gate.go(Way.TRICKLE);
        assertThatThrownBy(() -> status(Duration.ofSeconds(2))).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void anExpiredCertificateIsSeenAsOne() {
        gate.go(Way.EXPIRED);
        assertThatThrownBy(() -> status(Duration.ofMinutes(1)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining("expired");
    }

    private int status(Duration limit) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(gate.url().resolve("/control"))
                                .timeout(limit)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}

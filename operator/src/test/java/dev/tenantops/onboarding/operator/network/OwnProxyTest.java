package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.ProbeFixture.AMPLE;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.BASIC;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.DiagnosedTenantDirectory;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ForwardProxy.Credentials;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's own way to login and Graph, through its own proxy. */
class OwnProxyTest {

    private static final String TENANT = "3c1f6d0e-0000-4000-8000-000000000001";
    private static final String PUBLISHER = "3c1f6d0e-0000-4000-8000-00000000ffff";
    private static final String VERIFIER = "bbbbbbbb-0000-4000-8000-000000000001";

    @TempDir
    private Path folder;

    private final CertificateAuthority authority = CertificateAuthority.create("Simulated Microsoft");
    private final SimulatedDirectory tenants = new SimulatedDirectory();

    @AutoClose
    private MicrosoftSimulator microsoft;

    @BeforeEach
    void start() {
        authority.writeTo(folder.resolve("ca.crt"));
        microsoft = MicrosoftSimulator.start(authority, 0, tenants, "microsoft.invalid");
        tenants.register(new ApplicationRegistration(
                VERIFIER, "Verifier", PUBLISHER, List.of(), List.of(), Set.of("verifier-secret")));
        tenants.createTenant(PUBLISHER, "Publisher");
        tenants.createTenant(TENANT, "Contoso");
        tenants.consent(TENANT, VERIFIER);
    }

    @Test
    void itsCredentialsOpenTheTunnel() throws Exception {
        var relaying = new RelayingProxy(microsoft.url().getPort());
        try (var proxy = new LoopbackServer(relaying)) {
            assertThat(read(http(proxy), Optional.of(CREDENTIALS))
                            .applications()
                            .ifFailed())
                    .as("the verifier signs in, and may read nothing")
                    .hasValueSatisfying(
                            it -> assertThat(it.reason()).isEqualTo(Failure.Reason.VerifierPermissionsMissing));

            assertThat(relaying.requests())
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it)
                            .startsWith("CONNECT microsoft.invalid:")
                            .contains("Proxy-Authorization: Basic " + BASIC));
        }
    }

    @Test
    void itMaySpeakTls() throws Exception {
        var relaying = new RelayingProxy(microsoft.url().getPort());
        try (var proxy = new LoopbackServer(LoopbackServer.over(authority.serverContext("localhost"), relaying))) {
            assertThat(failure(https(proxy), Optional.empty()).reason())
                    .isEqualTo(Failure.Reason.VerifierPermissionsMissing);
            assertThat(relaying.requests()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"proxy.example.org, true", "localhost, false"})
    void itIsNotSpokenToUnlessItsCertificateIsGood(String name, boolean known) throws Exception {
        var issuer = known ? authority : CertificateAuthority.create("Somebody");
        var relaying = new RelayingProxy(microsoft.url().getPort());
        try (var proxy = new LoopbackServer(LoopbackServer.over(issuer.serverContext(name), relaying))) {
            assertThat(failure(https(proxy), Optional.of(CREDENTIALS)).message())
                    .contains(
                            "It ended at the stage ProxyTls (ProxyTlsFailed)", "through its proxy https://localhost:");
            assertThat(relaying.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 Forbidden                     |                              | ProxyForbidden                 | Allow CONNECT to microsoft.invalid
            407 Proxy Authentication Required | Basic realm="the proxy"      | ProxyCredentialsRefused        | onboarding.proxy.username and onboarding.proxy.password
            407 Proxy Authentication Required | Negotiate                    | ProxyAuthenticationUnsupported | offers Negotiate
            502 Bad Gateway                   |                              | ProxyCannotReachTarget         | Let the proxy resolve and reach microsoft.invalid
            504 Gateway Timeout               |                              | ProxyTargetTimedOut            | Let the proxy reach microsoft.invalid
            """)
    void whatItAnswersToConnectIsTold(String status, String challenge, String reason, String next) throws Exception {
        var header = challenge == null ? "" : "Proxy-Authenticate: " + challenge + "\r\n";
        try (var proxy = new LoopbackServer(LoopbackServer.answering(
                "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n"))) {
            assertThat(failure(http(proxy), Optional.of(CREDENTIALS)))
                    .satisfies(it -> assertThat(it.reason()).isEqualTo(Failure.Reason.GraphUnavailable))
                    .extracting(OwnProxyTest::told)
                    .asString()
                    .contains("through its proxy " + http(proxy), "ProxyTunnel (" + reason + ")", next)
                    .doesNotContain(CREDENTIALS.password(), BASIC);
        }
    }

    @Test
    void aProxyThatInspectsTlsIsTold() throws Exception {
        var inspection = CertificateAuthority.create("Contoso Inspection");
        try (var inspector = new LoopbackServer(LoopbackServer.https(inspection.serverContext("microsoft.invalid")));
                var proxy = new LoopbackServer(new RelayingProxy(inspector.port()))) {
            assertThat(told(failure(http(proxy), Optional.empty())))
                    .contains("Tls (TlsIntercepted)", "CN=Contoso Inspection", "onboarding.tls.ca-bundle");
        }
    }

    @Test
    void aProxyThatIsAwayIsTold() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(told(failure(URI.create("http://localhost:" + closed), Optional.empty())))
                .contains("ProxyConnect (ProxyUnreachable)", "onboarding.proxy.url");
        assertThat(failure(URI.create("http://proxy.invalid:3128"), Optional.empty())
                        .message())
                .contains("Dns (DnsFailed)", "the name proxy.invalid");
    }

    @Test
    void whatTheProbeDoesNotFindStaysAsItWasTold() throws Exception {
        tenants.fail(Fault.on(RequestKind.TOKEN, new Effect.Html(502)));
        try (var proxy = new LoopbackServer(new RelayingProxy(microsoft.url().getPort()))) {
            assertThat(failure(http(proxy), Optional.empty()).message())
                    .contains("Entra ID at microsoft.invalid:", "HTTP 502 without JSON");
        }
    }

    private static String told(Failure failure) {
        return failure.message() + " " + failure.remedy();
    }

    private Failure failure(URI proxy, Optional<Credentials> credentials) {
        return read(proxy, credentials).applications().ifFailed().orElseThrow();
    }

    private TenantObservation read(URI proxy, Optional<Credentials> credentials) {
        var caBundle = Optional.of(folder.resolve("ca.crt"));
        var settings = new EntraSettings(
                TrustAnchors.ofJdkAnd(caBundle),
                Optional.of(new ForwardProxy(proxy, credentials, Optional.empty())),
                AMPLE,
                AMPLE,
                1024 * 1024,
                Duration.ofHours(6),
                64);
        var probe = new SocketNetworkProbe(new ProbeSettings(
                TrustAnchors.ofJdkAnd(caBundle),
                AMPLE,
                AMPLE,
                Duration.ZERO,
                AddressPolicy.ANY,
                RouteSetting.OF_THE_OPERATOR));
        var microsoftUrl =
                URI.create("https://microsoft.invalid:" + microsoft.url().getPort());
        try (var directory = new DiagnosedTenantDirectory(
                new GraphTenantDirectory(settings, Clock.systemUTC(), RequestListener.NONE),
                new SharedProbes(probe, AMPLE, 8),
                Optional.of(new ForwardProxy(proxy, credentials, Optional.empty())))) {
            return directory.read(new TenantQuery(
                    new CloudEndpoints(Cloud.Custom, microsoftUrl, microsoftUrl),
                    TENANT,
                    new Verifier(VERIFIER, new Credential.ClientSecret("1", "verifier-secret")),
                    List.of(),
                    Set.of("00000003-0000-0000-c000-000000000000"),
                    false));
        }
    }

    private static URI http(LoopbackServer proxy) {
        return URI.create("http://localhost:" + proxy.port());
    }

    private static URI https(LoopbackServer proxy) {
        return URI.create("https://localhost:" + proxy.port());
    }
}

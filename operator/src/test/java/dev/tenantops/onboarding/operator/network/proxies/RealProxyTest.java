package dev.tenantops.onboarding.operator.network.proxies;

import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.HAPROXY;
import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.MITMPROXY;
import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.SQUID;
import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.TINYPROXY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Scheme;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.WebSockets;
import dev.tenantops.onboarding.operator.network.proxies.TunnelRequest.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the products answer to CONNECT. The expectations are what their present versions were seen to do. */
class RealProxyTest extends RealProxyFixture {

    private static final String USER = "operator";
    private static final String PASSWORD = "s3cret";

    @ParameterizedTest
    @EnumSource
    void aTunnelLeadsToTheOrigin(ProxyProduct product) throws IOException {
        try (Answer answer = ask(start(product, ProxySetup.forwarding()), target)) {
            assertThat(answer.statusLine()).endsWith(" 200 Connection established");
            assertThat(answer.exchange(AUTHORITY.clientContext(), "")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUID,     HTTP/1.1 407 Proxy Authentication Required, Basic realm=\"proxy\"",
        "TINYPROXY, HTTP/1.0 407 Proxy Authentication Required, Basic realm=\"Tinyproxy\"",
        "HAPROXY,   HTTP/1.1 407 Proxy Authentication Required, Basic realm=\"proxy\"",
        "MITMPROXY, HTTP/1.1 407 Proxy Authentication Required, Basic realm=\"mitmproxy\""
    })
    void credentialsAreAskedForAndTaken(ProxyProduct product, String status, String challenge) throws IOException {
        RealProxy proxy = start(product, ProxySetup.forwarding().requiring(USER, PASSWORD));

        try (Answer without = ask(proxy, target);
                Answer with = to(proxy, target).authenticated(USER, PASSWORD).send()) {
            assertThat(without.statusLine()).isEqualTo(status);
            assertThat(without.header("Proxy-Authenticate")).containsExactly(challenge);
            assertThat(with.statusLine()).contains(" 200 ");
            assertThat(with.exchange(AUTHORITY.clientContext(), "")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUID,     HTTP/1.1 407 Proxy Authentication Required, Proxy-Authenticate",
        "TINYPROXY, HTTP/1.0 401 Unauthorized,                  WWW-Authenticate",
        "HAPROXY,   HTTP/1.1 407 Proxy Authentication Required, Proxy-Authenticate",
        "MITMPROXY, HTTP/1.1 407 Proxy Authentication Required, Proxy-Authenticate"
    })
    void wrongCredentialsAreRefused(ProxyProduct product, String status, String challengeHeader) throws IOException {
        RealProxy proxy = start(product, ProxySetup.forwarding().requiring(USER, PASSWORD));

        try (Answer wrong = to(proxy, target).authenticated(USER, "guessed").send()) {
            assertThat(wrong.statusLine()).isEqualTo(status);
            assertThat(wrong.header(challengeHeader)).singleElement().asString().startsWith("Basic realm=");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQUID", "HAPROXY", "MITMPROXY"})
    void otherSchemesAreOfferedInTheOrderOfTheSetup(ProxyProduct product) throws IOException {
        RealProxy proxy =
                start(product, ProxySetup.forwarding().offering(Scheme.NEGOTIATE, Scheme.NTLM, Scheme.DIGEST));

        try (Answer answer = to(proxy, target).authenticated(USER, PASSWORD).send()) {
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 407 Proxy Authentication Required");
            assertThat(answer.header("Proxy-Authenticate"))
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo("Negotiate"),
                            second -> assertThat(second).isEqualTo("NTLM"),
                            third -> assertThat(third).startsWith("Digest realm=\"proxy\""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUID,     HTTP/1.1 403 Forbidden",
        "TINYPROXY, HTTP/1.1 403 Filtered",
        "HAPROXY,   HTTP/1.1 403 Forbidden",
        "MITMPROXY, HTTP/1.1 403 Forbidden"
    })
    void aForbiddenHostIsRefusedAndAnotherIsNot(ProxyProduct product, String status) throws IOException {
        RealProxy proxy = start(product, ProxySetup.forwarding().forbidding("localhost"));

        try (Answer forbidden = ask(proxy, target);
                Answer allowed = ask(proxy, target.replace("localhost", "127.0.0.1"))) {
            assertThat(forbidden.statusLine()).isEqualTo(status);
            assertThat(allowed.statusLine()).contains(" 200 ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQUID", "HAPROXY", "MITMPROXY"})
    void aForbiddenPortIsRefused(ProxyProduct product) throws IOException {
        RealProxy proxy = start(
                product, ProxySetup.forwarding().forbidding(origin.address().getPort()));

        try (Answer answer = ask(proxy, target)) {
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 403 Forbidden");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUID,     HTTP/1.1 503 Service Unavailable",
        "TINYPROXY, HTTP/1.1 500 Unable to connect",
        "MITMPROXY, HTTP/1.1 502 Bad Gateway"
    })
    void aClosedPortIsReported(ProxyProduct product, String status) throws IOException {
        try (Answer answer = ask(start(product, ProxySetup.forwarding()), "localhost:" + closedPort())) {
            assertThat(answer.statusLine()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUID,     HTTP/1.1 50[03] .*",
        "TINYPROXY, HTTP/1.1 500 Unable to connect",
        "MITMPROXY, HTTP/1.1 502 Bad Gateway"
    })
    void anUnknownNameIsReported(ProxyProduct product, String status) throws IOException {
        try (Answer answer = ask(start(product, ProxySetup.forwarding()), "no-such-host.invalid:443")) {
            assertThat(answer.statusLine()).matches(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"SQUID, HTTP/1.1 503 Service Unavailable", "TINYPROXY, HTTP/1.1 500 Unable to connect"})
    void aTargetThatDropsPacketsIsGivenUp(ProxyProduct product, String status) throws IOException {
        BlackHole hole = opened(BlackHole.open());
        RealProxy proxy = start(product, ProxySetup.forwarding().givingUpToConnectAfter(Duration.ofSeconds(1)));

        try (Answer answer = ask(proxy, "localhost:" + hole.port())) {
            assertThat(answer.statusLine()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQUID,     HTTP/1.1 500 Internal Server Error",
        "TINYPROXY, HTTP/1.1 502 Unable to connect to upstream proxy",
        "HAPROXY,   HTTP/1.1 503 Service Unavailable"
    })
    void aParentThatIsAwayIsReported(ProxyProduct product, String status) throws IOException {
        URI away = URI.create("http://localhost:" + closedPort());

        try (Answer answer = ask(start(product, ProxySetup.forwarding().behind(away)), target)) {
            assertThat(answer.statusLine()).isEqualTo(status);
        }
    }

    @Test
    void mitmproxyGrantsTheTunnelBeforeItAsksAParentThatIsAway() throws IOException {
        URI away = URI.create("http://localhost:" + closedPort());

        try (Answer answer = ask(start(MITMPROXY, ProxySetup.forwarding().behind(away)), target)) {
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 Connection established");
            assertThatThrownBy(() -> answer.exchange(AUTHORITY.clientContext(), ""))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQUID", "TINYPROXY", "MITMPROXY"})
    void aParentThatIsThereIsAskedForTheTunnel(ProxyProduct product) throws IOException {
        RealProxy parent = start(TINYPROXY, ProxySetup.forwarding());

        try (Answer answer = ask(start(product, ProxySetup.forwarding().behind(parent.url())), target)) {
            assertThat(answer.statusLine()).contains(" 200 ");
            assertThat(answer.exchange(AUTHORITY.clientContext(), "")).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(parent.log()).contains("CONNECT " + target);
    }

    @Test
    void aBalancerGivesUpAParentThatDropsPackets() throws IOException {
        BlackHole hole = opened(BlackHole.open());
        RealProxy proxy = start(
                HAPROXY,
                ProxySetup.forwarding()
                        .behind(URI.create("http://127.0.0.1:" + hole.port()))
                        .givingUpToConnectAfter(Duration.ofMillis(500)));

        try (Answer answer = ask(proxy, target)) {
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        }
    }

    @Test
    void aBalancerOfTheTransportLayerSaysNothingWhenItsProxyIsAway() throws IOException {
        URI away = URI.create("http://127.0.0.1:" + closedPort());

        try (Answer answer = ask(start(HAPROXY, ProxySetup.forwarding().relayingTo(away)), target)) {
            assertThat(answer.head()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQUID", "TINYPROXY", "HAPROXY"})
    void anIdleTunnelIsEnded(ProxyProduct product) throws IOException {
        RealProxy proxy = start(product, ProxySetup.forwarding().endingIdleTunnelsAfter(Duration.ofSeconds(1)));

        try (Answer answer = ask(proxy, target)) {
            assertThat(answer.statusLine()).contains(" 200 ");
            assertThat(answer.exchange(AUTHORITY.clientContext(), "")).startsWith("HTTP/1.1 200 OK");
            assertThat(answer.endsWhileIdle()).isTrue();
        }
    }

    @Test
    void whatAProductCannotDoItSays() {
        ProxySetup plain = ProxySetup.forwarding();

        for (ProxyProduct product : ProxyProduct.values()) {
            assumeTrue(product.executable().isPresent(), product::howToInstall);
        }
        assertThat(TINYPROXY.can(plain.offering(Scheme.NEGOTIATE))).isFalse();
        assertThat(TINYPROXY.can(plain.overTls(AUTHORITY.serverPem("localhost"))))
                .isFalse();
        assertThat(HAPROXY.can(plain)).isFalse();
        assertThat(SQUID.can(plain.inspecting(AUTHORITY.certificatePem(), WebSockets.PASSED)))
                .isFalse();
        assertThat(MITMPROXY.can(plain.endingIdleTunnelsAfter(Duration.ofSeconds(1))))
                .isFalse();
        assertThatThrownBy(() -> HAPROXY.start(plain)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aProxyThatDoesNotStartSaysWhy() {
        assumeTrue(HAPROXY.executable().isPresent(), HAPROXY::howToInstall);
        ProxySetup keyless = ProxySetup.forwarding()
                .relayingTo(URI.create("http://" + target))
                .overTls(AUTHORITY.certificatePem());

        assertThatThrownBy(() -> HAPROXY.start(keyless))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("No Private Key found");
    }

    @Test
    void nothingListensAfterAProxyIsClosed() {
        assumeTrue(TINYPROXY.executable().isPresent(), TINYPROXY::howToInstall);
        RealProxy proxy = TINYPROXY.start(ProxySetup.forwarding());
        proxy.close();

        assertThatThrownBy(() -> ask(proxy, target)).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @EnumSource
    void theVersionIsNamed(ProxyProduct product) {
        assumeTrue(product.executable().isPresent(), product::howToInstall);

        assertThat(product.version()).containsIgnoringCase(product.title()).containsPattern("[0-9]+\\.[0-9]+");
    }
}

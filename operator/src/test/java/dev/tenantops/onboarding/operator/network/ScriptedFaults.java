package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.FaultGround.anonymous;
import static dev.tenantops.onboarding.operator.network.FaultGround.authenticated;
import static dev.tenantops.onboarding.operator.network.FaultGround.closedPort;
import static dev.tenantops.onboarding.operator.network.FaultGround.https;
import static dev.tenantops.onboarding.operator.network.FaultGround.url;

import dev.tenantops.onboarding.operator.network.FaultTrial.Outcome;
import dev.tenantops.onboarding.operator.network.proxies.BlackHole;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Faults that no proxy product shows at will, or that lie before any proxy. */
final class ScriptedFaults {

    private final List<FaultTrial> trials = new ArrayList<>();

    static List<FaultTrial> trials() {
        ScriptedFaults faults = new ScriptedFaults();
        faults.names();
        faults.addresses();
        faults.connections();
        faults.answersToConnect();
        faults.addTlsProxySpokenToWithoutIt();
        return List.copyOf(faults.trials);
    }

    private void names() {
        add(
                "the endpoint's name does not resolve",
                Way.DIRECT,
                Reason.DnsFailed,
                ground -> ground.probe("https://hub.example.invalid/", Optional.empty()));
        add(
                "the proxy's name does not resolve",
                Way.SCRIPTED,
                Reason.DnsFailed,
                ground -> ground.probe(
                        https(443), Optional.of(anonymous(URI.create("http://proxy.example.invalid:3128")))));
        add("the DNS does not answer", Way.DIRECT, Reason.DnsTimedOut, ScriptedFaults::withoutDns);
    }

    private void addresses() {
        add(
                "the endpoint has a loopback address",
                Way.DIRECT,
                Reason.AddressNotAllowed,
                ground -> ground.probe(ProbeFixture.strict(), https(443), Optional.empty()));
        add(
                "the proxy has the metadata service's address",
                Way.SCRIPTED,
                Reason.AddressNotAllowed,
                ground -> ground.probe(https(443), Optional.of(anonymous(URI.create("http://169.254.169.254:80")))));
        add(
                "the endpoint behind the proxy is an address",
                Way.SCRIPTED,
                Reason.AddressNotAllowed,
                ground -> ground.probe(
                        "https://127.0.0.1:8443/", Optional.of(anonymous(URI.create("http://localhost:3128")))));
        add(
                "the proxy's URL names no port",
                Way.SCRIPTED,
                Reason.ProxyInvalid,
                ground -> ground.probe(https(443), Optional.of(anonymous(URI.create("http://proxy:99999")))));
    }

    private void connections() {
        add(
                "nothing listens at the endpoint",
                Way.DIRECT,
                Reason.ConnectFailed,
                ground -> ground.probe(https(closedPort()), Optional.empty()));
        add(
                "a firewall drops packets to the endpoint",
                Way.DIRECT,
                Reason.ConnectTimedOut,
                ground -> ground.probeImpatiently(
                        https(ground.opened(BlackHole.open()).port()), Optional.empty()));
        add(
                "nothing listens at the proxy",
                Way.SCRIPTED,
                Reason.ProxyUnreachable,
                ground -> ground.probe(
                        https(443), Optional.of(anonymous(URI.create("http://localhost:" + closedPort())))));
        add("a firewall drops packets to the proxy", Way.SCRIPTED, Reason.ProxyTimedOut, ground -> {
            int port = ground.opened(BlackHole.open()).port();
            return ground.probeImpatiently(https(443), Optional.of(anonymous(URI.create("http://localhost:" + port))));
        });
    }

    private void answersToConnect() {
        answering("the proxy answers 407, and has no credentials", "407 X", Reason.ProxyAuthenticationRequired, false);
        answering("the proxy answers 407 to the credentials", "407 X", Reason.ProxyCredentialsRefused, true);
        answering("the proxy answers 403", "403 X", Reason.ProxyForbidden, true);
        answering("the proxy answers 502", "502 X", Reason.ProxyCannotReachTarget, true);
        answering("the proxy answers 504", "504 X", Reason.ProxyTargetTimedOut, true);
        answering("a web server answers 405 in the proxy's place", "405 X", Reason.ProxyTunnelRefused, true);
        session("the proxy does not answer", Reason.ProxyTunnelTimedOut, LoopbackServer.silent());
        session("the proxy hangs up", Reason.ProxyClosed, LoopbackServer.closing());
        session(
                "an SSH server listens in the proxy's place",
                Reason.ProxyNotHttp,
                LoopbackServer.answering("SSH-2.0-OpenSSH_9.9\r\n"));
        add("the proxy offers Kerberos only", Way.SCRIPTED, Reason.ProxyAuthenticationUnsupported, ground -> {
            LoopbackServer proxy = ground.server(LoopbackServer.answering(
                    "HTTP/1.1 407 X\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n"));
            return ground.probe(https(443), Optional.of(authenticated(url("http", proxy))));
        });
        add("an inspecting proxy leaves out its authority", Way.SCRIPTED, Reason.TlsIntercepted, ground -> {
            LoopbackServer inspector = ground.server(LoopbackServer.minting(ground.stranger));
            URI proxy = url("http", ground.server(new RelayingProxy(inspector.port())));
            return ground.probe(https(443), Optional.of(anonymous(proxy)));
        });
        add("the proxy leaves out its own intermediate certificate", Way.SCRIPTED, Reason.ProxyTlsFailed, ground -> {
            LoopbackServer proxy = ground.server(LoopbackServer.over(
                    ground.authority.subordinate("Proxies").serverContextWithoutChain("localhost"),
                    LoopbackServer.silent()));
            return ground.probe(https(443), Optional.of(anonymous(url("https", proxy))));
        });
        add("the proxy's own certificate is not trusted", Way.SCRIPTED, Reason.ProxyTlsFailed, ground -> {
            LoopbackServer proxy = ground.server(
                    LoopbackServer.over(ground.stranger.serverContext("localhost"), LoopbackServer.silent()));
            return ground.probe(https(443), Optional.of(anonymous(url("https", proxy))));
        });
    }

    private void addTlsProxySpokenToWithoutIt() {
        add("the proxy speaks TLS, and its URL says http", Way.SCRIPTED, Reason.ProxyNotHttp, ground -> {
            LoopbackServer proxy = ground.server(
                    LoopbackServer.over(ground.authority.serverContext("localhost"), LoopbackServer.silent()));
            return ground.probe(https(443), Optional.of(anonymous(url("http", proxy))));
        });
    }

    private void answering(String fault, String status, Reason expected, boolean credentials) {
        add(fault, Way.SCRIPTED, expected, ground -> {
            LoopbackServer proxy = ground.server(LoopbackServer.answering(
                    "HTTP/1.1 " + status + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"));
            URI url = url("http", proxy);
            return ground.probe(https(443), Optional.of(credentials ? authenticated(url) : anonymous(url)));
        });
    }

    private void session(String fault, Reason expected, LoopbackServer.Session session) {
        add(
                fault,
                Way.SCRIPTED,
                expected,
                ground -> ground.probeImpatiently(
                        https(443), Optional.of(anonymous(url("http", ground.server(session))))));
    }

    private static Outcome withoutDns(FaultGround ground) throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DnsNames names = new DnsNames(new SingletonDnsServerAddressStreamProvider(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort())))) {
            return Outcome.of(new SocketNetworkProbe(ground.settings(FaultGround.PATIENCE, Duration.ZERO), names)
                    .probe(new ProbeTarget(URI.create("https://hub.example.com/"), Optional.empty())));
        }
    }

    private void add(String fault, Way way, Reason expected, FaultTrial.Attempt attempt) {
        trials.add(new FaultTrial(fault, way, expected.name(), attempt));
    }
}

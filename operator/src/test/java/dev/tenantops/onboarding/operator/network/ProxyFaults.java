package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.FaultGround.anonymous;
import static dev.tenantops.onboarding.operator.network.FaultGround.authenticated;
import static dev.tenantops.onboarding.operator.network.FaultGround.closedPort;
import static dev.tenantops.onboarding.operator.network.FaultGround.https;
import static dev.tenantops.onboarding.operator.network.FaultGround.trusting;
import static dev.tenantops.onboarding.operator.network.FaultGround.url;
import static dev.tenantops.onboarding.operator.network.FaultGround.wss;

import dev.tenantops.onboarding.operator.network.proxies.BlackHole;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Scheme;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.WebSockets;
import dev.tenantops.onboarding.operator.network.proxies.RealProxy;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Faults of a proxy, and of the way to it and on from it. */
final class ProxyFaults {

    private static final String NAME_OF_NOBODY = "https://no-such-host.invalid:443/";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<FaultTrial> trials = new ArrayList<>();

    static List<FaultTrial> trials() {
        ProxyFaults faults = new ProxyFaults();
        faults.authentication();
        faults.rules();
        faults.namelessClients();
        faults.wayOn();
        faults.ownTls();
        faults.inspection();
        faults.idleTunnels();
        return List.copyOf(faults.trials);
    }

    private void authentication() {
        ProxySetup setup = ProxySetup.forwarding().requiring(FaultGround.CREDENTIALS.username(), "another-word");
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY, Way.HAPROXY, Way.MITMPROXY)) {
            add(
                    "the proxy wants credentials, and has none",
                    way,
                    Reason.ProxyAuthenticationRequired,
                    ground -> ground.probe(
                            https(443),
                            Optional.of(anonymous(ground.start(way, setup).url()))));
            add(
                    "the proxy refuses the credentials",
                    way,
                    Reason.ProxyCredentialsRefused,
                    ground -> ground.probe(
                            https(443),
                            Optional.of(authenticated(ground.start(way, setup).url()))));
        }
        ProxySetup asking = ProxySetup.forwarding()
                .requiring(FaultGround.CREDENTIALS.username(), FaultGround.CREDENTIALS.password());
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY, Way.HAPROXY, Way.MITMPROXY)) {
            add("none (https, by a proxy that asks for credentials)", way, "Reachable", ground -> {
                int port =
                        ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
                return ground.probe(
                        https(port),
                        Optional.of(authenticated(ground.start(way, asking).url())));
            });
        }
        ProxySetup negotiating = ProxySetup.forwarding().offering(Scheme.NEGOTIATE, Scheme.NTLM);
        for (Way way : List.of(Way.SQUID, Way.HAPROXY, Way.MITMPROXY)) {
            add(
                    "the proxy offers Negotiate and NTLM only",
                    way,
                    Reason.ProxyAuthenticationUnsupported,
                    ground -> ground.probe(
                            https(443),
                            Optional.of(
                                    authenticated(ground.start(way, negotiating).url()))));
        }
    }

    private void rules() {
        ProxySetup setup = ProxySetup.forwarding().forbidding("localhost");
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY, Way.HAPROXY, Way.MITMPROXY)) {
            add(
                    "the proxy forbids the host",
                    way,
                    Reason.ProxyForbidden,
                    ground -> ground.probe(
                            https(443),
                            Optional.of(anonymous(ground.start(way, setup).url()))));
        }
    }

    private void namelessClients() {
        ProxySetup setup = ProxySetup.forwarding().refusingNamelessClients();
        for (Way way : List.of(Way.SQUID, Way.HAPROXY)) {
            add("none (https, by a proxy that refuses clients without User-Agent)", way, "Reachable", ground -> {
                int port =
                        ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
                return ground.probe(
                        https(port),
                        Optional.of(anonymous(ground.start(way, setup).url())));
            });
        }
    }

    private void wayOn() {
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY, Way.HAPROXY, Way.MITMPROXY)) {
            add("the proxy is not running", way, Reason.ProxyUnreachable, ground -> {
                RealProxy proxy = ground.start(way, ProxySetup.forwarding());
                proxy.close();
                return ground.probe(https(443), Optional.of(anonymous(proxy.url())));
            });
            add("nothing listens at the endpoint", way, Reason.ProxyCannotReachTarget, ground -> {
                int port = closedPort();
                return ground.probe(https(port), ground.through(way, port));
            });
            add(
                    "the proxy does not know the endpoint's name",
                    way,
                    Reason.ProxyCannotReachTarget,
                    ground -> ground.probe(NAME_OF_NOBODY, ground.through(way, 443)));
        }
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY)) {
            add("a firewall drops what the proxy sends on", way, Reason.ProxyCannotReachTarget, ground -> {
                int port = ground.opened(BlackHole.open()).port();
                RealProxy proxy = ground.start(way, ProxySetup.forwarding().givingUpToConnectAfter(SECOND));
                return ground.probe(https(port), Optional.of(anonymous(proxy.url())));
            });
        }
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY, Way.MITMPROXY)) {
            add("the proxy waits for longer than the probe", way, Reason.ProxyTunnelTimedOut, ground -> {
                int port = ground.opened(BlackHole.open()).port();
                return ground.probeImpatiently(https(port), ground.through(way, port));
            });
        }
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY, Way.HAPROXY)) {
            add("the parent of the proxy is away", way, Reason.ProxyCannotReachTarget, ground -> {
                URI away = URI.create("http://localhost:" + closedPort());
                RealProxy proxy = ground.start(way, ProxySetup.forwarding().behind(away));
                return ground.probe(https(443), Optional.of(anonymous(proxy.url())));
            });
        }
        add("a balancer before the proxy hangs up", Way.HAPROXY, Reason.ProxyClosed, ground -> {
            URI away = URI.create("http://127.0.0.1:" + closedPort());
            RealProxy balancer =
                    ground.start(Way.HAPROXY, ProxySetup.forwarding().relayingTo(away));
            return ground.probe(https(443), Optional.of(anonymous(balancer.url())));
        });
    }

    private void ownTls() {
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY)) {
            add("the proxy speaks no TLS, and its URL says https", way, Reason.ProxyTlsFailed, ground -> {
                URI plain = ground.start(way, ProxySetup.forwarding()).url();
                return ground.probeImpatiently(
                        https(443), Optional.of(anonymous(URI.create("https://" + plain.getAuthority()))));
            });
        }
        for (Way way : List.of(Way.HAPROXY, Way.MITMPROXY)) {
            add("the proxy's own certificate is not trusted", way, Reason.ProxyTlsFailed, ground -> {
                RealProxy proxy =
                        ground.start(way, ProxySetup.forwarding().overTls(ground.stranger.serverPem("localhost")));
                return ground.probe(https(443), Optional.of(anonymous(proxy.url())));
            });
            add("none (https, by an https proxy)", way, "Reachable", ground -> {
                int port =
                        ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
                RealProxy proxy =
                        ground.start(way, ProxySetup.forwarding().overTls(ground.authority.serverPem("localhost")));
                return ground.probe(https(port), Optional.of(anonymous(proxy.url())));
            });
        }
        add("the proxy speaks TLS, and its URL says http", Way.HAPROXY, Reason.ProxyClosed, ground -> {
            RealProxy proxy =
                    ground.start(Way.HAPROXY, ProxySetup.forwarding().overTls(ground.authority.serverPem("localhost")));
            return ground.probe(
                    https(443),
                    Optional.of(anonymous(URI.create("http://" + proxy.url().getAuthority()))));
        });
    }

    private void inspection() {
        add("the proxy inspects TLS", Way.MITMPROXY, Reason.TlsIntercepted, ground -> {
            int port = ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
            RealProxy proxy = inspecting(ground, WebSockets.PASSED);
            return ground.probe(https(port), Optional.of(anonymous(proxy.url())));
        });
        add("none (wss, by an inspecting proxy whose authority is declared)", Way.MITMPROXY, "Reachable", ground -> {
            int port = ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
            RealProxy proxy = inspecting(ground, WebSockets.PASSED);
            return ground.probe(
                    wss(port),
                    Optional.of(trusting(proxy.url(), proxy.authorityPem().orElseThrow())));
        });
        add("an inspecting proxy removes the Upgrade header", Way.MITMPROXY, Reason.WebSocketUpgradeBlocked, ground -> {
            int port = ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
            RealProxy proxy = inspecting(ground, WebSockets.UPGRADE_REMOVED);
            return ground.probe(
                    wss(port),
                    Optional.of(trusting(proxy.url(), proxy.authorityPem().orElseThrow())));
        });
        add("a gateway removes the Upgrade header", Way.HAPROXY, Reason.WebSocketUpgradeBlocked, ground -> {
            EndpointServer endpoint = ground.endpoint(new EndpointBehaviour.Serve());
            RealProxy gateway = ground.start(
                    Way.HAPROXY,
                    ProxySetup.forwarding()
                            .gatewayOf(
                                    URI.create("https://localhost:"
                                            + endpoint.address().getPort()),
                                    ground.authority.certificatePem(),
                                    WebSockets.UPGRADE_REMOVED)
                            .overTls(ground.authority.serverPem("localhost")));
            int port = gateway.url().getPort();
            return ground.probe(wss(port), ground.through(Way.TINYPROXY, port));
        });
        add("a page of the inspecting proxy blocks", Way.SCRIPTED, Reason.BlockedByInspection, ground -> {
            int port = ground.endpoint(ground.stranger.serverContext("localhost"), new EndpointBehaviour.Answer(403))
                    .address()
                    .getPort();
            URI proxy = url("http", ground.server(new RelayingProxy(port)));
            return ground.probe(https(443), Optional.of(trusting(proxy, ground.stranger.certificatePem())));
        });
    }

    private void idleTunnels() {
        for (Way way : List.of(Way.SQUID, Way.TINYPROXY, Way.HAPROXY)) {
            add("the proxy ends idle tunnels", way, Reason.WebSocketDropped, ground -> {
                int port =
                        ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
                RealProxy proxy = ground.start(way, ProxySetup.forwarding().endingIdleTunnelsAfter(SECOND));
                return ground.probe(
                        ground.settings(Duration.ofSeconds(30), FaultGround.HOLD),
                        wss(port),
                        Optional.of(anonymous(proxy.url())));
            });
        }
    }

    private static RealProxy inspecting(FaultGround ground, WebSockets webSockets) {
        return ground.start(
                Way.MITMPROXY, ProxySetup.forwarding().inspecting(ground.authority.certificatePem(), webSockets));
    }

    private void add(String fault, Way way, Reason expected, FaultTrial.Attempt attempt) {
        add(fault, way, expected.name(), attempt);
    }

    private void add(String fault, Way way, String expected, FaultTrial.Attempt attempt) {
        trials.add(new FaultTrial(fault, way, expected, attempt));
    }
}

package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.FaultGround.https;
import static dev.tenantops.onboarding.operator.network.FaultGround.wss;

import dev.tenantops.onboarding.operator.network.FaultTrial.Outcome;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Faults of the endpoint, or of what poses as it, seen directly and through every proxy that does its work. */
final class EndpointFaults {

    private final List<FaultTrial> trials = new ArrayList<>();

    static List<FaultTrial> trials() {
        EndpointFaults faults = new EndpointFaults();
        faults.reachable();
        faults.certificates();
        faults.handshakes();
        faults.answers();
        faults.webSockets();
        return List.copyOf(faults.trials);
    }

    private void reachable() {
        everywhere("none (https)", "Reachable", (way, ground) -> {
            int port = ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
            return ground.probe(https(port), ground.through(way, port));
        });
        everywhere("none (wss)", "Reachable", (way, ground) -> {
            int port = ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
            return ground.probe(wss(port), ground.through(way, port));
        });
    }

    private void certificates() {
        everywhere("the certificate has expired", Reason.TlsCertificateExpired.name(), (way, ground) -> {
            int port = ground.endpoint(
                            ground.authority.expiredServerContext("localhost"), new EndpointBehaviour.Serve())
                    .address()
                    .getPort();
            return ground.probe(https(port), ground.through(way, port));
        });
        everywhere("the certificate is for another host", Reason.TlsHostMismatch.name(), (way, ground) -> {
            int port = ground.endpoint(ground.authority.serverContext("www.example.org"), new EndpointBehaviour.Serve())
                    .address()
                    .getPort();
            return ground.probe(https(port), ground.through(way, port));
        });
        everywhere(
                "the endpoint leaves out its intermediate certificate",
                Reason.TlsChainIncomplete.name(),
                (way, ground) -> {
                    int port = ground.endpoint(
                                    ground.authority
                                            .subordinate("Public Intermediate of the Tests")
                                            .serverContextWithoutChain("localhost"),
                                    new EndpointBehaviour.Serve())
                            .address()
                            .getPort();
                    return ground.probe(https(port), ground.through(way, port));
                });
        everywhere("none (https, with an intermediate certificate)", "Reachable", (way, ground) -> {
            int port = ground.endpoint(
                            ground.authority
                                    .subordinate("Public Intermediate of the Tests")
                                    .serverContext("localhost"),
                            new EndpointBehaviour.Serve())
                    .address()
                    .getPort();
            return ground.probe(https(port), ground.through(way, port));
        });
        everywhere("the certificate is signed by itself", Reason.TlsIssuerUnknown.name(), (way, ground) -> {
            int port = ground.endpoint(
                            CertificateAuthority.selfSignedServerContext("localhost"), new EndpointBehaviour.Serve())
                    .address()
                    .getPort();
            return ground.probe(https(port), ground.through(way, port));
        });
        for (Way way : Way.values()) {
            Reason expected = way == Way.DIRECT ? Reason.TlsIssuerUnknown : Reason.TlsIntercepted;
            add("the certificate's issuer is unknown", way, expected.name(), ground -> {
                int port = ground.endpoint(ground.stranger.serverContext("localhost"), new EndpointBehaviour.Serve())
                        .address()
                        .getPort();
                return ground.probe(https(port), ground.through(way, port));
            });
        }
    }

    private void handshakes() {
        everywhere("the connection ends in the TLS handshake", Reason.TlsFailed.name(), (way, ground) -> {
            int port = ground.server(LoopbackServer.hangingUp()).port();
            return ground.probe(https(port), ground.through(way, port));
        });
        everywhere("the TLS handshake does not go on", Reason.TlsTimedOut.name(), (way, ground) -> {
            int port = ground.server(LoopbackServer.silent()).port();
            return ground.probeImpatiently(https(port), ground.through(way, port));
        });
    }

    private void answers() {
        behaving("the endpoint answers 503", Reason.HttpFailed, new EndpointBehaviour.Answer(503), false);
        behaving("no HTTP answer comes", Reason.HttpTimedOut, new EndpointBehaviour.NeverAnswer(), false);
    }

    private void webSockets() {
        behaving(
                "the Upgrade header is swallowed",
                Reason.WebSocketUpgradeBlocked,
                new EndpointBehaviour.SwallowUpgrade(),
                true);
        behaving(
                "the upgrade has a wrong Sec-WebSocket-Accept",
                Reason.WebSocketAcceptWrong,
                new EndpointBehaviour.WrongAccept(),
                true);
        behaving(
                "no frame comes after the upgrade",
                Reason.WebSocketSilent,
                new EndpointBehaviour.SilentAfterUpgrade(),
                true);
        behaving(
                "the WebSocket is reset while it is held open",
                Reason.WebSocketDropped,
                new EndpointBehaviour.DropAfter(Duration.ofMillis(150), EndpointBehaviour.Cut.RESET),
                true);
    }

    private void behaving(String fault, Reason expected, EndpointBehaviour behaviour, boolean webSocket) {
        everywhere(fault, expected.name(), (way, ground) -> {
            int port = ground.endpoint(behaviour).address().getPort();
            String url = webSocket ? wss(port) : https(port);
            return expected == Reason.HttpTimedOut || expected == Reason.WebSocketSilent
                    ? ground.probeImpatiently(url, ground.through(way, port))
                    : ground.probe(url, ground.through(way, port));
        });
    }

    @FunctionalInterface
    private interface AnyWay {
        Outcome run(Way way, FaultGround ground) throws Exception;
    }

    private void everywhere(String fault, String expected, AnyWay attempt) {
        for (Way way : Way.values()) {
            add(fault, way, expected, ground -> attempt.run(way, ground));
        }
    }

    private void add(String fault, Way way, String expected, FaultTrial.Attempt attempt) {
        trials.add(new FaultTrial(fault, way, expected, attempt));
    }
}

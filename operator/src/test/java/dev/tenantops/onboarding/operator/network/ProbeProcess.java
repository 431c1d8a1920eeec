package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One probe in a process of its own, whose system calls can be watched. */
public final class ProbeProcess {

    private ProbeProcess() {}

    /** Arguments: the port of the DNS server, a file of trust anchors, the endpoint's URL, and a proxy's if there is one. */
    public static void main(String[] arguments) {
        ProbeSettings settings = new ProbeSettings(
                TrustAnchors.ofJdkAnd(Optional.of(Path.of(arguments[1]))),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                AddressPolicy.allowing("127.0.0.0/8"),
                RouteSetting.OF_THE_CUSTOMER);
        Optional<ForwardProxy> proxy = arguments.length > 3
                ? Optional.of(new ForwardProxy(
                        URI.create(arguments[3]), Optional.of(ProbeFixture.CREDENTIALS), Optional.empty()))
                : Optional.empty();
        InetSocketAddress dns = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        try (SocketNetworkProbe probe =
                new SocketNetworkProbe(settings, new DnsNames(new SingletonDnsServerAddressStreamProvider(dns)))) {
            System.out.println(FaultTrial.named(probe.probe(new ProbeTarget(URI.create(arguments[2]), proxy))));
        }
    }
}

package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** In a pod, whose search domains come first, and one of them answers for every name. */
class DnsNamesTest {

    private static final InetAddress WILDCARD = InetAddress.ofLiteral("127.0.0.66");
    private static final InetAddress RIGHT = InetAddress.ofLiteral("127.0.0.7");
    private static final Duration AMPLE = Duration.ofSeconds(20);

    @AutoClose
    private final CanaryDns dns = new CanaryDns(Map.of(
            "hub.example.com", RIGHT,
            "hub.example.com.corp.example", WILDCARD,
            "absent.example.com.corp.example", WILDCARD,
            "squid.corp.example", RIGHT,
            "squid.proxies.svc.corp.example", RIGHT));

    @AutoClose
    private final DnsNames names = new DnsNames(
            new SingletonDnsServerAddressStreamProvider(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), dns.port())),
            List.of("corp.example"));

    @Test
    void aNameWithADotIsAskedForAsItStands() throws Exception {
        assertThat(names.addressesOf("hub.example.com", AMPLE)).containsOnly(RIGHT);
        assertThat(dns.asked()).containsOnly("hub.example.com.");
    }

    @Test
    void aNameThatDoesNotExistIsNotLookedForElsewhere() {
        assertThatThrownBy(() -> names.addressesOf("absent.example.com", AMPLE))
                .isInstanceOf(UnknownHostException.class);
        assertThat(dns.asked()).containsOnly("absent.example.com.");
    }

    @Test
    void aShortNameAndAServiceOfTheClusterAreCompleted() throws Exception {
        assertThat(names.addressesOf("squid", AMPLE)).containsOnly(RIGHT);
        assertThat(names.addressesOf("squid.proxies.svc", AMPLE)).containsOnly(RIGHT);
    }

    @Test
    void anAddressNeedsNoDns() throws Exception {
        assertThat(names.addressesOf("10.1.2.3", AMPLE)).containsOnly(InetAddress.ofLiteral("10.1.2.3"));
        assertThat(names.addressesOf("fd00::8", AMPLE)).containsOnly(InetAddress.ofLiteral("fd00::8"));
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void theHostsFileIsHeard() throws Exception {
        assertThat(names.addressesOf("localhost", AMPLE)).allMatch(InetAddress::isLoopbackAddress);
        assertThat(dns.asked()).isEmpty();
    }
}

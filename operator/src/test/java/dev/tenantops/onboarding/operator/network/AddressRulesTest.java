package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "224.0.0.1",
                "239.255.255.250",
                "192.0.2.1",
                "198.51.100.7",
                "203.0.113.9",
                "240.240.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b::10.0.0.1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "100::1",
                "2001:0:53aa:64c::1",
                "2001:2::1",
                "2001:db8::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void specialAddressesAreRefused(String address) {
        assertThat(new AddressRules(List.of(), List.of()).permit(InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "168.63.129.15",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::1.1.1.1",
                "2002:101:101::1",
                "2001:4860:4860::8888"
            })
    void publicAddressesArePermitted(String address) {
        assertThat(new AddressRules(List.of(), List.of()).permit(InetAddress.ofLiteral(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16,10.20.255.255,true",
        "10.20.0.0/16,10.21.0.0,false",
        "10.20.0.0/16,64:ff9b::10.20.0.1,true",
        "10.20.0.7/32,10.20.0.7,true",
        "10.20.0.7/32,10.20.0.6,false",
        "0.0.0.0/0,169.254.169.254,true",
        "0.0.0.0/0,fd00::1,false",
        "fd00::/8,fd12:3456::1,true",
        "fd00::/8,fc00::1,false",
        "10.20.0.0/15,10.21.9.9,true"
    })
    void anAllowedRangeOpensWhatItContainsAndNoMore(String range, String address, boolean permitted) {
        assertThat(new AddressRules(List.of(range), List.of()).permit(InetAddress.ofLiteral(address)))
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "fd00::/129", "localhost/8", "10.0.0.0/8/8", "/8"})
    void whatIsNotACidrRangeIsRejected(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressRules(List.of(range), List.of()))
                .withMessageContaining("is not a CIDR range");
    }

    /** As in managed clouds: Services, IPv6 pods and nodes with addresses that look public. */
    @ParameterizedTest
    @CsvSource({
        "34.118.224.0/20,34.118.224.10,false",
        "34.118.224.0/20,34.118.240.1,true",
        "34.118.224.0/20,64:ff9b::34.118.224.10,false",
        "2600:1f18:abc::/56,2600:1f18:abc:7::1,false",
        "2600:1f18:abc::/56,2600:1f18:abd::1,true",
        "51.15.7.9/32,51.15.7.9,false"
    })
    void aDeniedRangeClosesWhatItContainsAndNoMore(String range, String address, boolean permitted) {
        assertThat(new AddressRules(List.of(), List.of(range)).permit(InetAddress.ofLiteral(address)))
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({
        "34.118.224.7/32,34.118.224.0/20,34.118.224.7,true",
        "34.118.224.7/32,34.118.224.0/20,34.118.224.8,false",
        "34.0.0.0/8,34.118.224.0/20,34.118.224.7,false",
        "10.20.0.0/16,10.20.0.0/16,10.20.0.1,false",
        "0.0.0.0/0,10.20.0.0/16,10.20.0.1,false",
        "0.0.0.0/0,10.20.0.0/16,10.21.0.1,true"
    })
    void ofAnAllowanceAndADenialTheNarrowerCounts(String allowed, String denied, String address, boolean permitted) {
        assertThat(new AddressRules(List.of(allowed), List.of(denied)).permit(InetAddress.ofLiteral(address)))
                .isEqualTo(permitted);
    }

    @Test
    void anAllowanceOfANamespaceIsThatOfNoOther() {
        var probe = new SocketNetworkProbe(
                ProbeFixture.strict(AddressPolicy.of(
                        List.of("10.1.0.0/16"),
                        List.of("10.20.0.7/32"),
                        List.of("customer-contoso=10.20.0.0/16", "customer-contoso = fd00::/8"))),
                (_, _) -> List.of());
        var contoso = probe.rules(new ProbeCaller("customer-contoso", "contoso"));
        var fabrikam = probe.rules(new ProbeCaller("customer-fabrikam", "fabrikam"));

        assertThat(Stream.of("10.20.0.1", "fd00::1", "10.1.0.1", "10.20.0.7", "10.30.0.1")
                        .map(InetAddress::ofLiteral)
                        .map(contoso::permit))
                .containsExactly(true, true, true, false, false);
        assertThat(Stream.of("10.20.0.1", "fd00::1", "10.1.0.1")
                        .map(InetAddress::ofLiteral)
                        .map(fabrikam::permit))
                .containsExactly(false, false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/8", "customer", "=10.0.0.0/8", "customer=10.0.0.0", "customer=", "a=b=10.0.0.0/8"})
    void aRangeOfANamespaceThatIsNoneIsRejectedAtStart(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressPolicy.of(List.of(), List.of(), List.of(range)))
                .withMessageContaining("\"");
    }
}

package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
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
                "2001:0:53aa:64c::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void specialAddressesAreRefused(String address) {
        assertThat(new AddressRules(List.of()).permit(InetAddress.ofLiteral(address)))
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
        assertThat(new AddressRules(List.of()).permit(InetAddress.ofLiteral(address)))
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
        assertThat(new AddressRules(List.of(range)).permit(InetAddress.ofLiteral(address)))
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "fd00::/129", "localhost/8", "10.0.0.0/8/8", "/8"})
    void whatIsNotACidrRangeIsRejected(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressRules(List.of(range)))
                .withMessageContaining("is not a CIDR range");
    }
}

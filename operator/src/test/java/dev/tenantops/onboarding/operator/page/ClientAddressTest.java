package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final ClientAddress DIRECT = new ClientAddress(List.of());
    private static final ClientAddress BEHIND = new ClientAddress(List.of("10.0.0.0/8", "fd00::/8"));

    @Test
    void nobodyIsBelievedWhomTheConfigurationDoesNotName() {
        assertThat(DIRECT.of("10.0.0.1", List.of("203.0.113.7"))).isEqualTo(DIRECT.of("10.0.0.1", List.of()));
        assertThat(BEHIND.of("198.51.100.1", List.of("203.0.113.7"))).isEqualTo(DIRECT.of("198.51.100.1", List.of()));
    }

    @Test
    void whatAClientSaysOfItselfStandsLeftAndIsNotRead() {
        assertThat(BEHIND.of("10.0.0.1", List.of("1.2.3.4, 203.0.113.7")))
                .isEqualTo(DIRECT.of("203.0.113.7", List.of()));
        assertThat(BEHIND.of("10.0.0.1", List.of("1.2.3.4", "203.0.113.7, 10.2.3.4")))
                .as("two proxies, two headers")
                .isEqualTo(DIRECT.of("203.0.113.7", List.of()));
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        assertThat(DIRECT.of("2001:db8:1:2::1", List.of()))
                .isEqualTo(DIRECT.of("2001:db8:1:2:ffff::9", List.of()))
                .isNotEqualTo(DIRECT.of("2001:db8:1:3::1", List.of()));
        assertThat(BEHIND.of("fd00::1", List.of("2001:db8::1"))).isEqualTo(DIRECT.of("2001:db8::1", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "evil.example.com", "", ",,,", "999.1.1.1", "203.0.113.7:80:90", "\u0000"})
    void whatIsNoAddressIsNotLookedUpAndLeavesTheProxy(String forwarded) {
        assertThat(BEHIND.of("10.0.0.1", List.of(forwarded))).isEqualTo(DIRECT.of("10.0.0.1", List.of()));
    }

    @Test
    void aLongListIsReadAsFarAsItMayBeTrue() {
        assertThat(BEHIND.of("10.0.0.1", List.of("203.0.113.7," + "10.0.0.1,".repeat(5000) + "10.0.0.2")))
                .isEqualTo(DIRECT.of("10.0.0.1", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/x", "::/129", "/8"})
    void whatIsNoNetworkEndsTheStart(String network) {
        assertThatThrownBy(() -> new ClientAddress(List.of(network)))
                .hasMessageContaining("onboarding.page.trusted-proxies");
    }
}

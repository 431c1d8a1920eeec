package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work is refused at the start, without showing what may be secret. */
class EntraSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"socks5://proxy:1080", "http://proxy", "proxy:3128", "http://me:s3cret@proxy:3128"})
    void onlyAnHttpProxyWithAPortAndWithoutCredentialsInItsUrlIsTaken(String proxy) {
        var declared = new ForwardProxy(URI.create(proxy), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> settings(Optional.of(declared), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://host:port")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void noTimeOutIsEndless() {
        assertThatThrownBy(() -> settings(Optional.empty(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("callTimeout");
    }

    @Test
    void theDefaultsOpenNoConnection() {
        try (GraphTenantDirectory directory =
                new GraphTenantDirectory(EntraSettings.defaults(), Clock.systemUTC(), RequestListener.NONE)) {
            assertThat(directory).isNotNull();
        }
    }

    private static EntraSettings settings(Optional<ForwardProxy> proxy, Duration callTimeout) {
        return new EntraSettings(
                TrustAnchors.ofJdkAnd(Optional.empty()),
                proxy,
                Duration.ofSeconds(1),
                callTimeout,
                1024,
                Duration.ofHours(1),
                64);
    }
}

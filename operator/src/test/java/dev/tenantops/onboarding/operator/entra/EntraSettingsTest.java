package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work is refused at the start, without showing what may be secret. */
class EntraSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"socks5://proxy:1080", "http://proxy", "proxy:3128", "http://me:s3cret@proxy:3128"})
    void onlyAnHttpProxyWithAPortAndWithoutCredentialsInItsUrlIsTaken(String proxy) {
        assertThatThrownBy(() ->
                        new EntraSettings.ForwardProxy(URI.create(proxy), Optional.empty(), SocketFactory.getDefault()))
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
    void aCaBundleWithoutCertificatesIsNamed(@TempDir Path folder) throws IOException {
        Path bundle = folder.resolve("ca.crt");
        for (String content : new String[] {"", "no certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
            Files.writeString(bundle, content);
            assertThatThrownBy(() -> open(bundle))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bundle.toString());
        }
    }

    @Test
    void theDefaultsOpenNoConnection() {
        try (GraphTenantDirectory directory =
                new GraphTenantDirectory(EntraSettings.defaults(), Clock.systemUTC(), RequestListener.NONE)) {
            assertThat(directory).isNotNull();
        }
    }

    private static void open(Path bundle) {
        new GraphTenantDirectory(
                        settings(Optional.of(bundle), Duration.ofSeconds(1)), Clock.systemUTC(), RequestListener.NONE)
                .close();
    }

    private static EntraSettings settings(Optional<Path> caBundle, Duration callTimeout) {
        return new EntraSettings(
                caBundle, Optional.empty(), Duration.ofSeconds(1), callTimeout, 1024, Duration.ofHours(1), 64);
    }
}

package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.ProbeFixture.AMPLE;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.PROXY;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.Canary;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.network.LoopbackServer.Session;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget.ProxyCredentials;
import dev.tenantops.onboarding.operator.observe.ProbeTarget.ProxyRoute;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a proxy says back of the credentials that it was given: they are neither in the result nor in the log. */
@Timeout(60)
class ProxyCredentialsStayHiddenTest {

    private static final Canary PASSWORD = new Canary("pr0xy-canary/+%&word");
    private static final String USER = "onboarding";
    private static final Pattern BASIC = Pattern.compile("Proxy-Authorization: Basic (\\S+)");

    /** {@code %1$s} is the password, {@code %2$s} the header's value. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 407 Not %1$s\r\nProxy-Authenticate: Basic realm=\"%1$s\"\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 407 Authenticate\r\nProxy-Authenticate: Digest nonce=\"%2$s\"\r\n\r\n<html>%1$s</html>",
                "HTTP/1.1 403 %1$s\r\nX-Squid-Error: %2$s\r\n\r\nForbidden for %1$s",
                "HTTP/1.1 502 %2$s\r\n\r\n%1$s %2$s",
                "HTTP/1.1 504 %1$s\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: https://portal.example/?%2$s\r\n\r\n",
                "HTTP/1.1 500 %1$s\r\nVia: %2$s\r\n\r\n",
                "HTTP/9.9 %1$s\r\n\r\n",
                "HTTP/1.1 %1$s\r\n\r\n",
                "%1$s %2$s\r\n\r\n",
                "HTTP/1.1 200 %1$s\r\nVia: %2$s\r\n\r\n%1$s no TLS %2$s\r\n\r\n",
            })
    void credentialsThatAProxyRepeats(String answer, @TempDir Path folder) throws IOException {
        var fixture = new ProbeFixture(folder);
        try (var log = new CapturedLog(Level.ALL);
                var proxy = new LoopbackServer(repeating(answer))) {
            var credentials = new ProxyCredentials(USER, PASSWORD.value());
            var route = new ProxyRoute(
                    URI.create("http://" + PROXY + ":" + proxy.port()), Optional.of(credentials), Optional.empty());
            var target = target(443, route);

            var result = fixture.probe(AMPLE).probe(target);

            assertThat(result).isInstanceOf(ProbeResult.Unreachable.class);
            PASSWORD.assertAbsentFrom("the result", result.toString());
            PASSWORD.assertAbsentFrom("the target", target.toString());
            PASSWORD.assertAbsentFrom("the log", log.text());
        }
    }

    private static Session repeating(String answer) {
        return socket -> {
            var basic = BASIC.matcher(LoopbackServer.header(socket.getInputStream()));
            if (!basic.find()) {
                throw new IOException("The probe sent no credentials");
            }
            var password = new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8)
                    .substring(USER.length() + 1);
            socket.getOutputStream()
                    .write(answer.formatted(password, basic.group(1)).getBytes(StandardCharsets.ISO_8859_1));
        };
    }
}

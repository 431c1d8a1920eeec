package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.ProbeFixture.AMPLE;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.PROXY;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.Canary;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.DiagnosedTenantDirectory;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ForwardProxy.Credentials;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever a proxy says back of the credentials that it was given: they are neither in a result nor in the log. */
@Timeout(60)
class ProxyCredentialsStayHiddenTest {

    private static final Canary PASSWORD = new Canary("pr0xy-canary/+%&word");
    private static final String USER = "onboarding";
    private static final Credentials CREDENTIALS = new Credentials(USER, PASSWORD.value());
    private static final Pattern BASIC = Pattern.compile("(?i)Proxy-Authorization: Basic (\\S+)");

    /** {@code %1$s} is the password, {@code %2$s} the header's value. */
    static final List<String> ANSWERS = List.of(
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
            "HTTP/1.1 200 %1$s\r\nVia: %2$s\r\n\r\n%1$s no TLS %2$s\r\n\r\n");

    private final AtomicInteger repeated = new AtomicInteger();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void aCustomersCredentialsThatAProxyRepeats(String answer) throws IOException {
        var fixture = new ProbeFixture(folder);
        try (var log = new CapturedLog(Level.ALL);
                var proxy = new LoopbackServer(socket -> repeat(answer, socket))) {
            var route = new ForwardProxy(
                    URI.create("http://" + PROXY + ":" + proxy.port()), Optional.of(CREDENTIALS), Optional.empty());

            var result = fixture.probe(AMPLE).probe(target(443, route));

            assertThat(result).isInstanceOf(ProbeResult.Unreachable.class);
            assertThat(repeated).hasPositiveValue();
            PASSWORD.assertAbsentFrom("the result", result.toString());
            PASSWORD.assertAbsentFrom("the log", log.text());
        }
    }

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void theOperatorsOwnCredentialsThatItsProxyRepeats(String answer) throws IOException {
        var microsoft = URI.create("https://microsoft.invalid");
        try (var log = new CapturedLog(Level.ALL);
                var proxy = new LoopbackServer(socket -> repeat(answer, socket));
                var directory = directory(URI.create("http://localhost:" + proxy.port()))) {
            var observation = directory.read(new TenantQuery(
                    new CloudEndpoints(Cloud.Custom, microsoft, microsoft),
                    "3c1f6d0e-0000-4000-8000-000000000001",
                    new Verifier(
                            "bbbbbbbb-0000-4000-8000-000000000001",
                            new Credential.ClientSecret("1", "verifier-secret")),
                    List.of(),
                    Set.of(),
                    false));

            assertThat(observation.applications().ifFailed()).isPresent();
            assertThat(repeated).hasPositiveValue();
            PASSWORD.assertAbsentFrom("what was observed", observation.toString());
            PASSWORD.assertAbsentFrom("the log", log.text());
        }
    }

    private static DiagnosedTenantDirectory directory(URI proxy) {
        var own = new ForwardProxy(proxy, Optional.of(CREDENTIALS), Optional.empty());
        var settings = new EntraSettings(
                TrustAnchors.ofJdkAnd(Optional.empty()),
                Optional.of(own),
                AMPLE,
                AMPLE,
                1024 * 1024,
                Duration.ofHours(6),
                64);
        var probe = new SocketNetworkProbe(new ProbeSettings(
                TrustAnchors.ofJdkAnd(Optional.empty()),
                AMPLE,
                AMPLE,
                Duration.ZERO,
                AddressPolicy.ANY,
                RouteSetting.OF_THE_OPERATOR));
        return new DiagnosedTenantDirectory(
                new GraphTenantDirectory(settings, Clock.systemUTC(), RequestListener.NONE),
                new SharedProbes(probe, AMPLE, 8),
                Optional.of(new ForwardProxy(proxy, Optional.of(CREDENTIALS), Optional.empty())));
    }

    private void repeat(String answer, Socket socket) throws IOException {
        var basic = BASIC.matcher(LoopbackServer.header(socket.getInputStream()));
        var reply = "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n";
        if (basic.find()) {
            repeated.incrementAndGet();
            var password = new String(Base64.getDecoder().decode(basic.group(1)), StandardCharsets.UTF_8)
                    .substring(USER.length() + 1);
            reply = answer.formatted(password, basic.group(1));
        }
        socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
    }
}

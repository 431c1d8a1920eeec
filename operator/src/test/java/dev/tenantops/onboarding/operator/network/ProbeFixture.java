package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ForwardProxy.Credentials;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;

/** A probe whose names all lead to the loopback interface, and one authority that it trusts. */
final class ProbeFixture {

    static final String TARGET = "hub.example.com";
    static final String PROXY = "proxy.example.com";
    static final Credentials CREDENTIALS = new Credentials("onboarding", "s3cret-word");
    static final String BASIC =
            Base64.getEncoder().encodeToString("onboarding:s3cret-word".getBytes(StandardCharsets.UTF_8));

    /** Long enough never to matter. */
    static final Duration AMPLE = Duration.ofSeconds(30);
    /** For peers that never finish. */
    static final Duration SHORT = Duration.ofMillis(1500);

    final CertificateAuthority authority = CertificateAuthority.create("Public Root of the Tests");
    final List<String> lookedUp = Collections.synchronizedList(new ArrayList<>());
    private final Path trustAnchors;

    ProbeFixture(Path directory) {
        trustAnchors = directory.resolve("ca.crt");
        authority.writeTo(trustAnchors);
    }

    ProbeSettings settings(Duration deadline) {
        return settings(deadline, Duration.ZERO);
    }

    /** @param hold for how long WebSockets are held open */
    ProbeSettings settings(Duration deadline, Duration hold) {
        return new ProbeSettings(
                TrustAnchors.ofJdkAnd(Optional.of(trustAnchors)),
                AMPLE,
                deadline,
                hold,
                AddressPolicy.allowing("127.0.0.0/8"),
                RouteSetting.OF_THE_CUSTOMER);
    }

    /** Without trust anchors or allowed addresses beyond the usual ones. */
    static ProbeSettings strict() {
        return strict(AddressPolicy.allowing());
    }

    static ProbeSettings strict(AddressPolicy addresses) {
        return new ProbeSettings(
                TrustAnchors.ofJdkAnd(Optional.empty()),
                AMPLE,
                AMPLE,
                Duration.ZERO,
                addresses,
                RouteSetting.OF_THE_CUSTOMER);
    }

    SocketNetworkProbe probe(Duration deadline) {
        return new SocketNetworkProbe(settings(deadline), this::addresses);
    }

    ProbeResult direct(int port) {
        return probe(AMPLE).probe(target(port));
    }

    ProbeResult through(LoopbackServer proxy) {
        return probe(AMPLE).probe(target(443, http(proxy)));
    }

    static ProbeTarget target(int port) {
        return new ProbeTarget(URI.create("https://" + TARGET + ":" + port), Optional.empty());
    }

    static ProbeTarget target(int port, ForwardProxy proxy) {
        return new ProbeTarget(URI.create("https://" + TARGET + ":" + port + "/client"), Optional.of(proxy));
    }

    static ForwardProxy http(LoopbackServer proxy) {
        return route("http://" + PROXY + ":" + proxy.port());
    }

    static ForwardProxy route(String url) {
        return new ForwardProxy(URI.create(url), Optional.of(CREDENTIALS), Optional.empty());
    }

    /** Asserts where and why a probe ended, and that it tells no secret; its message can be looked at further. */
    static AbstractStringAssert<?> assertStopped(ProbeResult result, Stage stage, Reason reason) {
        assertThat(result).isInstanceOfSatisfying(Unreachable.class, it -> {
            assertThat(it.stage()).isEqualTo(stage);
            assertThat(it.reason()).isEqualTo(reason);
            assertThat(it.message()).isNotBlank();
            assertThat(it.next()).isNotBlank();
            assertThat(it.toString()).doesNotContain(CREDENTIALS.password(), BASIC);
        });
        return assertThat(((Unreachable) result).message() + " > " + ((Unreachable) result).next());
    }

    private List<InetAddress> addresses(String host, Duration atMost) throws UnknownHostException {
        lookedUp.add(host);
        if (!host.endsWith(".example.com")) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getLoopbackAddress());
    }
}

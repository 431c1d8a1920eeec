package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenantops.onboarding.sandbox.endpoint.EndpointServer;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a declared proxy nobody but the proxy is dialled, and no name but the proxy's is looked up: told by the system
 * calls of the process, by a DNS server, and by a listener at the endpoint's own address.
 */
class NoDirectDialTest {

    private static final String ENDPOINT = "hub.heedify.example";
    private static final String PROXY = "proxy.contoso.example";
    private static final Pattern INTERNET_ADDRESS =
            Pattern.compile("sa_family=AF_INET6?, sin6?_port=htons\\((\\d+)\\).*?\"([0-9a-fA-F.:]+)\"");

    @TempDir
    private Path folder;

    private final CertificateAuthority authority = CertificateAuthority.create("Public Root of the Tests");

    /** Where the endpoint's name leads to, and where nobody should come. */
    @AutoClose
    private final LoopbackServer canary = new LoopbackServer(LoopbackServer.hangingUp());

    @AutoClose
    private final EndpointServer endpoint = EndpointServer.start(authority.serverContext(ENDPOINT));

    private final RelayingProxy relaying =
            RelayingProxy.askingForCredentials(endpoint.address().getPort());

    @AutoClose
    private final LoopbackServer proxy = new LoopbackServer(relaying);

    @AutoClose
    private final CanaryDns dns =
            new CanaryDns(Map.of(ENDPOINT, InetAddress.getLoopbackAddress(), PROXY, InetAddress.getLoopbackAddress()));

    @BeforeEach
    void writeTrustAnchors() {
        authority.writeTo(folder.resolve("ca.crt"));
    }

    @Test
    void onlyTheProxyIsDialledAndLookedUp() throws Exception {
        List<String> reached = run("http://" + PROXY + ":" + proxy.port());

        assertThat(reached).containsOnly("127.0.0.1:" + dns.port(), "127.0.0.1:" + proxy.port());
        assertThat(dns.asked()).isNotEmpty().allSatisfy(it -> assertThat(it).isEqualTo(PROXY + "."));
        assertThat(canary.accepted()).isZero();
        assertThat(endpoint.upgrades()).isEqualTo(1);
        assertThat(String.join("", endpoint.requestHeads()))
                .containsIgnoringCase("upgrade: websocket")
                .doesNotContain("Proxy-Authorization", ProbeFixture.BASIC);
        assertThat(relaying.requests())
                .satisfiesExactly(
                        it -> assertThat(it).doesNotContain("Proxy-Authorization"),
                        it -> assertThat(it).contains(ProbeFixture.BASIC));
    }

    /** What the other test would see if a probe did dial the endpoint. */
    @Test
    void withoutAProxyTheEndpointIsLookedUpAndDialled() throws Exception {
        List<String> reached = run();

        assertThat(reached).containsOnly("127.0.0.1:" + dns.port(), "127.0.0.1:" + canary.port());
        assertThat(dns.asked()).contains(ENDPOINT + ".");
        assertThat(canary.accepted()).isPositive();
    }

    /** Every internet address that the process connected or sent something to. */
    private List<String> run(String... proxyUrl) throws IOException, InterruptedException {
        Path strace = Path.of("/usr/bin/strace");
        assumeTrue(Files.isExecutable(strace), "strace is not installed: apt-get install strace");
        Path calls = folder.resolve("calls.log");
        List<String> command = new ArrayList<>(List.of(
                strace.toString(),
                "-f",
                "-qq",
                "-e",
                "trace=network",
                "-o",
                calls.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ProbeProcess.class.getName(),
                Integer.toString(dns.port()),
                folder.resolve("ca.crt").toString(),
                "wss://" + ENDPOINT + ":" + canary.port() + "/client/"));
        command.addAll(Arrays.asList(proxyUrl));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors.log").toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(() -> printed + read(folder.resolve("errors.log")))
                .isZero();
        assertThat(printed.strip()).isEqualTo(proxyUrl.length == 0 ? "TlsFailed" : "Reachable");
        try (Stream<String> lines = Files.lines(calls, StandardCharsets.ISO_8859_1)) {
            return lines.filter(it -> it.contains("connect(") || it.contains("sendto(") || it.contains("sendmsg("))
                    .map(INTERNET_ADDRESS::matcher)
                    .filter(Matcher::find)
                    .map(it -> it.group(2).replace("::ffff:", "") + ":" + it.group(1))
                    .distinct()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointServer;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * Measures many WebSocket probes at once through a proxy, each held open, beside the JDK's own WebSocket client that is
 * waited for with a platform thread each. Each side runs in a process of its own, one after the other. Argument: how many
 * probes (200).
 */
public final class ProbeBench {

    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final String ENDPOINT = "hub.heedify.example";

    private ProbeBench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            measure(arguments);
            return;
        }
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        Path trustAnchors = Files.createTempFile("probe-bench", ".crt");
        CertificateAuthority authority = CertificateAuthority.create("Public Root of the Bench");
        authority.writeTo(trustAnchors);
        try (EndpointServer endpoint = EndpointServer.start(authority.serverContext(ENDPOINT));
                ForwardProxy proxy = ForwardProxy.start(_ -> Optional.of(endpoint.address()), 0, Optional.empty())) {
            System.out.printf(
                    "%n%d WebSockets at once through a proxy, each held open for %d s; %d processors%n%n",
                    count, HOLD.toSeconds(), Runtime.getRuntime().availableProcessors());
            System.out.printf("%-36s %16s %18s%n", "", "probes", "JDK client");
            List<String> probes = child("probes", count, proxy, trustAnchors);
            List<String> plain = child("plain", count, proxy, trustAnchors);
            for (int i = 0; i < probes.size(); i++) {
                String[] line = probes.get(i).split("=");
                System.out.printf(
                        "%-36s %16s %18s%n", line[0], line[1], plain.get(i).split("=")[1]);
            }
        } finally {
            Files.delete(trustAnchors);
        }
        System.exit(0);
    }

    private static List<String> child(String side, int count, ForwardProxy proxy, Path trustAnchors)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx192m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProbeBench.class.getName(),
                        side,
                        Integer.toString(count),
                        proxy.url().toString(),
                        trustAnchors.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines =
                new String(process.getInputStream().readAllBytes()).lines().toList();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(side + " failed");
        }
        return lines;
    }

    private static void measure(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        URI proxy = URI.create(arguments[2]);
        Path trustAnchors = Path.of(arguments[3]);
        boolean probes = arguments[0].equals("probes");
        Callable<Boolean> one = probes ? probing(count, proxy, trustAnchors) : plain(proxy, trustAnchors);
        one.call();
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        long before = resident("VmRSS");
        long started = System.nanoTime();
        int reached = 0;
        try (ExecutorService executor =
                probes ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newCachedThreadPool()) {
            List<Future<Boolean>> results = new ArrayList<>();
            IntStream.range(0, count).forEach(_ -> results.add(executor.submit(one)));
            for (Future<Boolean> result : results) {
                reached += result.get() ? 1 : 0;
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.println("reached=" + reached);
        System.out.println("seconds, of which " + HOLD.toSeconds() + " held=" + format(seconds));
        System.out.println("CPU per probe="
                + format(ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .orElseThrow()
                                .toMillis()
                        / (double) (count + 1))
                + " ms");
        System.out.println("platform threads more than before="
                + (ManagementFactory.getThreadMXBean().getPeakThreadCount() - threadsBefore));
        System.out.println("resident memory before=" + before + " MiB");
        System.out.println("resident memory at most=" + resident("VmHWM") + " MiB");
        System.exit(0);
    }

    private static Callable<Boolean> probing(int count, URI proxy, Path trustAnchors) {
        SocketNetworkProbe probe = new SocketNetworkProbe(new ProbeSettings(
                TrustAnchors.ofJdkAnd(Optional.of(trustAnchors)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                HOLD,
                AddressPolicy.allowing("127.0.0.0/8"),
                RouteSetting.OF_THE_CUSTOMER));
        ProbeTarget target = new ProbeTarget(
                URI.create("wss://" + ENDPOINT + "/client/"), Optional.of(FaultGround.anonymous(proxy)));
        return () -> probe.probe(target) instanceof ProbeResult.Reachable;
    }

    private static Callable<Boolean> plain(URI proxy, Path trustAnchors) throws Exception {
        SSLContext context = TrustAnchors.ofJdkAnd(Optional.of(trustAnchors)).context();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())))
                .build();
        return () -> {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://" + ENDPOINT + "/client/"), new WebSocket.Listener() {})
                    .join();
            LockSupport.parkNanos(HOLD.toNanos());
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            return true;
        };
    }

    private static long resident(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(it -> it.startsWith(field + ":"))
                        .map(it -> it.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}

package dev.tenantops.onboarding.operator.network.proxies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A proxy product that runs as a process of its own, with all its files in a folder that goes with it. */
public final class RealProxy implements AutoCloseable {

    /** The port is free when it is chosen, and may be taken when the proxy gets to it. */
    private static final int ATTEMPTS = 3;

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofMillis(200);
    private static final int LOG_LINES = 60;
    private static final String OUTPUT = "output.log";

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /**
     * Becomes the proxy, and leaves a watcher behind that kills it and deletes its folder, $0, when this end of its
     * standard input closes: that is what happens when this Java process dies, in whatever way.
     */
    private static final String UNTIL_JAVA_ENDS = """
            exec 3<&0
            {
                read -r released <&3
                kill -KILL $$ && rm -rf "$0" /dev/shm/"${0##*/}"-*
            } >/dev/null 2>&1 &
            exec "$@" 3<&- </dev/null""";

    private final Process process;
    private final Path folder;
    private final URI url;

    private RealProxy(Process process, Path folder, URI url) {
        this.process = process;
        this.folder = folder;
        this.url = url;
    }

    static RealProxy start(ProxyProduct product, ProxySetup setup, Configuration configuration) {
        List<String> failures = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RealProxy proxy = launch(product, setup, configuration);
            try {
                if (proxy.accepts()) {
                    return proxy;
                }
                failures.add(proxy.log());
            } catch (RuntimeException e) {
                proxy.close();
                throw e;
            }
            proxy.close();
        }
        throw new IllegalStateException(
                product.title() + " ended " + ATTEMPTS + " times as it started:\n" + failures.getLast());
    }

    /** Where clients find it: http or, when it speaks TLS to them, https. */
    public URI url() {
        return url;
    }

    /** The authority that issues the certificates of a proxy that looks into TLS. */
    public Optional<String> authorityPem() {
        return read(folder.resolve(MitmproxyConfiguration.AUTHORITY_FILE));
    }

    /** The last lines of what it wrote, for the message of a test that fails. */
    public String log() {
        return Stream.of(OUTPUT, "cache.log", "access.log")
                .flatMap(name -> read(folder.resolve(name)).stream())
                .map(RealProxy::lastLines)
                .collect(Collectors.joining("\n"));
    }

    /** Ends it and whatever it started, and deletes its files; once more, it does nothing. */
    @Override
    public void close() {
        if (Files.notExists(folder)) {
            return;
        }
        // The watcher is among its children, and goes first; Process.destroy would close the pipe that it watches.
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroy();
        try {
            if (!process.waitFor(GRACE)) {
                process.destroyForcibly().waitFor();
            }
            delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean accepts() {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(START)
                    .until(() -> !process.isAlive() || connects());
            return process.isAlive();
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("Nothing accepts connections at " + url + ":\n" + log(), e);
        }
    }

    private boolean connects() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static RealProxy launch(ProxyProduct product, ProxySetup setup, Configuration configuration) {
        int port = freePort();
        String scheme = setup.serverPem().isPresent() ? "https" : "http";
        try {
            Path folder = Files.createTempDirectory("proxy");
            permit(folder, "rwxrwxrwx");
            Launch launch = configuration.render(
                    setup, new Configuration.Place(product.executable().orElseThrow(), folder, port));
            for (Map.Entry<String, String> file : launch.files().entrySet()) {
                permit(Files.writeString(folder.resolve(file.getKey()), file.getValue()), "rwxr-xr-x");
            }
            List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_JAVA_ENDS, folder.toString()));
            command.addAll(launch.command());
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(OUTPUT).toFile())
                    .start();
            return new RealProxy(process, folder, URI.create(scheme + "://localhost:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + product.title(), e);
        }
    }

    /** Squid becomes another user when root starts it, before it opens its files. */
    private static void permit(Path path, String forRoot) throws IOException {
        boolean root = System.getProperty("user.name").equals("root");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(root ? forRoot : "rwx------"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private static void delete(Path folder) throws IOException {
        // mitmproxy leaves a folder with what Python compiled.
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        // Squid unlinks what it shares with its own processes only when it has seconds to end.
        if (Files.isDirectory(SHARED_MEMORY)) {
            try (DirectoryStream<Path> shared = Files.newDirectoryStream(SHARED_MEMORY, folder.getFileName() + "-*")) {
                for (Path file : shared) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}

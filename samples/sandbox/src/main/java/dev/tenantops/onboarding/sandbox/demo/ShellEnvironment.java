package dev.tenantops.onboarding.sandbox.demo;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a shell has to know of a sandbox: the cluster, kubectl with its plugin, Java, how the simulated cloud is told what happens, and where
 * an operator that is started in this shell finds it all.
 */
public final class ShellEnvironment implements AutoCloseable {

    /** Read by a shell with a dot before it. The last sandbox that was started writes it. */
    public static final Path FILE = Samples.repository().resolve("samples/sandbox/target/environment");

    private ShellEnvironment() {}

    /** Writes the file, which is gone after close. */
    public static ShellEnvironment write(Sandbox sandbox) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text(sandbox));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ShellEnvironment();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Sandbox sandbox) {
        int port = OperatorProcess.freePort();
        String microsoft = sandbox.microsoft().url().toString();
        String loopback = InetAddress.getLoopbackAddress().getHostAddress();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("KUBECONFIG", sandbox.kubeconfig().toString());
        variables.put("MICROSOFT", microsoft);
        variables.put("MICROSOFT_CA", sandbox.caBundle().toString());
        variables.put("ONBOARDING_CLOUDS_CUSTOM_LOGIN_URL", microsoft);
        variables.put("ONBOARDING_CLOUDS_CUSTOM_GRAPH_URL", microsoft);
        variables.put("ONBOARDING_TLS_CA_BUNDLE", sandbox.caBundle().toString());
        variables.put("ONBOARDING_NETWORK_ALLOWED_RANGES", "127.0.0.0/8");
        variables.put("ONBOARDING_PUBLIC_URL", OperatorProcess.urlOf(port).toString());
        variables.put("QUARKUS_HTTP_HOST", loopback);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        variables.put("QUARKUS_MANAGEMENT_HOST", loopback);
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(OperatorProcess.freePort()));
        return variables.entrySet().stream()
                        .map(it -> "export %s=%s%n".formatted(it.getKey(), quoted(it.getValue())))
                        .collect(Collectors.joining())
                + """
                export PATH=%s:%s:%s:"$PATH"
                control() { curl -sS --fail-with-body --noproxy localhost --cacert "$MICROSOFT_CA" "$@"; }
                """.formatted(
                        quoted(sandbox.apiServer().kubectl().getParent().toString()),
                        quoted(Samples.repository()
                                .resolve("operator/src/main/scripts")
                                .toString()),
                        quoted(Path.of(System.getProperty("java.home"), "bin").toString()));
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}

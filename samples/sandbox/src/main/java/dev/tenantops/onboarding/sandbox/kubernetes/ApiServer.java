package dev.tenantops.onboarding.sandbox.kubernetes;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real etcd and kube-apiserver as processes of this machine, with RBAC, and without a controller manager: namespaces
 * are never emptied on deletion, and nothing is collected by owner reference.
 */
public final class ApiServer implements AutoCloseable {

    /** The system property that names the Kubernetes version; the environment variable is KUBERNETES_VERSION. */
    public static final String VERSION_PROPERTY = "kubernetes.version";

    public static final String DEFAULT_VERSION = "1.37.2";

    private static final List<String> BINARIES = List.of("etcd", "kube-apiserver", "kubectl");
    private static final Duration DEFINITION_LIMIT = Duration.ofMinutes(1);
    private static final Duration CERTIFICATE_MARGIN = Duration.ofDays(1);

    private final String version;
    private final Path kubectl;
    private final KubeAPIServer server;
    private final String kubeconfig;

    private ApiServer(String version, Path kubectl, KubeAPIServer server) {
        this.version = version;
        this.kubectl = kubectl;
        this.server = server;
        this.kubeconfig = Kubeconfig.withoutFiles(server.getKubeConfigYaml());
    }

    /** Starts the version that the system property or the environment names, else {@link #DEFAULT_VERSION}. */
    public static ApiServer start() {
        return start(Optional.ofNullable(System.getProperty(VERSION_PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv("KUBERNETES_VERSION")))
                .filter(it -> !it.isBlank())
                .orElse(DEFAULT_VERSION));
    }

    /**
     * Starts one version and waits until it is ready.
     *
     * @param version such as {@code 1.37.2}
     * @throws IllegalStateException when its binaries are not on this machine
     */
    public static ApiServer start(String version) {
        Path home = Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kubeapitest"));
        Path binaries = home.resolve("k8s").resolve(version + "-" + operatingSystem() + "-" + architecture());
        for (String binary : BINARIES) {
            if (!Files.isExecutable(binaries.resolve(binary))) {
                throw new IllegalStateException(
                        "There is no %s of Kubernetes %s in %s. Run samples/sandbox/kubernetes/provide %s, which downloads or builds it."
                                .formatted(binary, version, binaries, version));
            }
        }
        deleteEndingCertificates(home);
        KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(home.toString())
                .withApiServerVersion(version)
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .build());
        server.start();
        return new ApiServer(version, binaries.resolve("kubectl"), server);
    }

    public String version() {
        return version;
    }

    /** A kubeconfig in YAML whose user is a member of {@code system:masters}. */
    public String kubeconfig() {
        return kubeconfig;
    }

    /** The kubectl of the server's own version. */
    public Path kubectl() {
        return kubectl;
    }

    /** A new client of the administrator, which the caller closes. */
    public KubernetesClient newClient() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(kubeconfig))
                        .withHttpProxy(null)
                        .withHttpsProxy(null)
                        .build())
                .build();
    }

    /** Creates definitions of resources, and waits until the server serves them. */
    public void define(List<CustomResourceDefinition> definitions) {
        try (KubernetesClient client = newClient()) {
            definitions.forEach(it -> client.resource(it).create());
            definitions.forEach(it -> client.resource(it)
                    .waitUntilCondition(ApiServer::isEstablished, DEFINITION_LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
    }

    /** A new definition has a status before it has conditions. */
    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(it -> it.getType().equals("Established")
                                && it.getStatus().equals("True"));
    }

    @Override
    public void close() {
        server.stop();
    }

    /** kube-api-test keeps its certificates for a year and never renews them; it makes new ones where there are none. */
    private static void deleteEndingCertificates(Path home) {
        boolean ending = List.of("apiserver.crt", "client.crt").stream()
                .map(home::resolve)
                .filter(Files::exists)
                .anyMatch(ApiServer::endsSoon);
        if (ending) {
            for (String name : List.of("apiserver.crt", "apiserver.key", "client.crt", "client.key")) {
                try {
                    Files.deleteIfExists(home.resolve(name));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static boolean endsSoon(Path certificate) {
        try (var input = Files.newInputStream(certificate)) {
            X509Certificate parsed =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
            return parsed.getNotAfter().toInstant().isBefore(Instant.now().plus(CERTIFICATE_MARGIN));
        } catch (CertificateException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String operatingSystem() {
        return System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}

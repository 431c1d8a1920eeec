package dev.tenantops.onboarding.sandbox;

import dev.tenantops.onboarding.sandbox.endpoint.EndpointServer;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy.Credentials;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Everything that the operator talks to, on one machine and without a cloud account: a Kubernetes API server, Entra ID
 * and Microsoft Graph, a customer's proxy, and a vendor's endpoints behind it. All ports are free ones of the loopback
 * address. Nothing is left behind on close.
 */
public final class Sandbox implements AutoCloseable {

    /** What the customer's proxy asks for. */
    public static final Credentials PROXY_CREDENTIALS = new Credentials("operator", "sandbox-only");

    /** The names that lead to the endpoints by way of the proxy. */
    public static final List<String> ENDPOINT_NAMES = List.of("*.signalr.net", "*.service.signalr.net", "*.heedify.io");

    private final OpenResources resources;
    private final Path directory;
    private final Path kubeconfig;
    private final Path caBundle;
    private final CertificateAuthority authority = CertificateAuthority.create("Tenant onboarding sandbox");
    private final ApiServer apiServer;
    private final MicrosoftSimulator microsoft;
    private final EndpointServer endpoints;
    private final EndpointServer interceptor;
    private final ForwardProxy proxy;

    private Sandbox(OpenResources resources) throws IOException {
        this.resources = resources;
        directory = Files.createTempDirectory("tenant-onboarding-");
        resources.add(() -> deleteRecursively(directory));
        caBundle = directory.resolve("ca.crt");
        authority.writeTo(caBundle);
        endpoints = resources.add(EndpointServer.start(endpointContext(authority)));
        interceptor =
                resources.add(EndpointServer.start(endpointContext(CertificateAuthority.create("Intercepting proxy"))));
        proxy = resources.add(ForwardProxy.start(routesTo(endpoints), 0, Optional.of(PROXY_CREDENTIALS)));
        microsoft = resources.add(MicrosoftSimulator.start(authority, 0, new SimulatedDirectory()));
        apiServer = resources.add(ApiServer.start());
        kubeconfig = Files.writeString(directory.resolve("kubeconfig"), apiServer.kubeconfig());
    }

    /** Starts everything and waits until it answers. */
    public static Sandbox start() {
        return start(new OpenResources());
    }

    /** Starts everything; what is open is closed with the given resources, or with the sandbox. */
    public static Sandbox start(OpenResources resources) {
        try {
            return new Sandbox(resources);
        } catch (IOException e) {
            resources.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** A folder for this run alone, which only its owner can read; gone after close. */
    public Path directory() {
        return directory;
    }

    /** The administrator's kubeconfig. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The trust anchor of everything here but the API server, as PEM. */
    public Path caBundle() {
        return caBundle;
    }

    public CertificateAuthority authority() {
        return authority;
    }

    public ApiServer apiServer() {
        return apiServer;
    }

    /** Entra ID and Microsoft Graph. */
    public MicrosoftSimulator microsoft() {
        return microsoft;
    }

    /** The customer's proxy, which asks for {@link #PROXY_CREDENTIALS} and leads to {@link #endpoints()} only. */
    public ForwardProxy proxy() {
        return proxy;
    }

    /** What stands behind {@code *.signalr.net} and {@code *.heedify.io}. */
    public EndpointServer endpoints() {
        return endpoints;
    }

    /** Whether the proxy answers in the endpoints' place, with a certificate of its own that nobody trusts. */
    public void interceptTls(boolean intercept) {
        proxy.route(routesTo(intercept ? interceptor : endpoints));
    }

    public Kubectl kubectl() {
        return new Kubectl(apiServer.kubectl(), kubeconfig);
    }

    /** A new client of the administrator, which the caller closes. */
    public KubernetesClient newClient() {
        return apiServer.newClient();
    }

    @Override
    public void close() {
        resources.close();
    }

    private static SSLContext endpointContext(CertificateAuthority issuer) {
        return issuer.serverContext(ENDPOINT_NAMES.toArray(String[]::new));
    }

    private static Function<String, Optional<InetSocketAddress>> routesTo(EndpointServer server) {
        return host -> ENDPOINT_NAMES.stream()
                .map(name -> name.substring(1))
                .filter(host.toLowerCase(Locale.ROOT)::endsWith)
                .findFirst()
                .map(name -> server.address());
    }

    private static void deleteRecursively(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

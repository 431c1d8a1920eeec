package dev.tenantops.onboarding.sandbox.microsoft;

import dev.tenantops.onboarding.sandbox.microsoft.consent.AdminConsent;
import dev.tenantops.onboarding.sandbox.microsoft.consent.ConsentPages;
import dev.tenantops.onboarding.sandbox.microsoft.consent.ConsentRequest.Version;
import dev.tenantops.onboarding.sandbox.microsoft.control.ControlEndpoint;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Tenant;
import dev.tenantops.onboarding.sandbox.microsoft.graph.GraphEndpoint;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebServer;
import dev.tenantops.onboarding.sandbox.microsoft.login.AccessTokens;
import dev.tenantops.onboarding.sandbox.microsoft.login.DiscoveryEndpoints;
import dev.tenantops.onboarding.sandbox.microsoft.login.TokenEndpoint;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestLog;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Traffic;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Traffic.Caller;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Microsoft Entra ID and Microsoft Graph on one HTTPS port of the loopback interface: token endpoint, discovery, admin
 * consent pages, {@code /v1.0} of Graph, and {@code /control} to change and break things from outside.
 */
public final class MicrosoftSimulator implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
    private static final Pattern CONSENT = Pattern.compile("/([^/]+)(/v2\\.0)?/adminconsent");
    private static final Pattern OPENID_CONFIGURATION =
            Pattern.compile("/([^/]+)/v2\\.0/\\.well-known/openid-configuration");
    private static final Pattern INSTANCE_DISCOVERY = Pattern.compile("/[^/]+/discovery/instance");

    private final SimulatedDirectory directory;
    private final RequestLog log = new RequestLog();
    private final Traffic traffic;
    private final TokenEndpoint token;
    private final AdminConsent consent;
    private final DiscoveryEndpoints discovery;
    private final GraphEndpoint graph;
    private final ControlEndpoint control;
    private final WebServer server;

    private MicrosoftSimulator(
            CertificateAuthority authority, int port, SimulatedDirectory directory, String... names) {
        AccessTokens tokens = new AccessTokens();
        this.directory = directory;
        this.traffic = new Traffic(directory.faults(), directory::now, log, ConsentPages::error);
        this.token = new TokenEndpoint(directory, tokens);
        this.consent = new AdminConsent(directory);
        this.discovery = new DiscoveryEndpoints(directory);
        this.graph = new GraphEndpoint(directory, tokens, traffic, log);
        this.control = new ControlEndpoint(directory, log);
        String[] subjects = Stream.concat(Stream.of("localhost", "127.0.0.1", "::1"), Stream.of(names))
                .toArray(String[]::new);
        this.server = WebServer.start(authority.serverContext(subjects), port, this::handle);
    }

    /**
     * Starts to serve.
     *
     * @param authority issues the server's certificate, for localhost
     * @param port 0 for any free one
     */
    public static MicrosoftSimulator start(CertificateAuthority authority, int port, SimulatedDirectory directory) {
        return start(authority, port, directory, new String[0]);
    }

    /** The same with more names in the certificate. */
    public static MicrosoftSimulator start(
            CertificateAuthority authority, int port, SimulatedDirectory directory, String... names) {
        return new MicrosoftSimulator(authority, port, directory, names);
    }

    /** Where login, Graph (without {@code /v1.0}) and {@code /control} are. */
    public URI url() {
        return URI.create("https://localhost:" + server.port());
    }

    public SimulatedDirectory directory() {
        return directory;
    }

    public RequestLog requests() {
        return log;
    }

    @Override
    public void close() {
        server.close();
    }

    private WebResponse handle(WebRequest request) {
        String path = request.decodedPath();
        if (path.startsWith(GraphEndpoint.ROOT + "/")) {
            return graph.handle(request);
        }
        if (path.equals("/control") || path.startsWith("/control/")) {
            return traffic.pass(
                    RequestKind.CONTROL, Caller.UNKNOWN, path, request, () -> control.handle(path, request));
        }
        Matcher tokenPath = TOKEN.matcher(path);
        if (tokenPath.matches()) {
            String tenant = tokenPath.group(1);
            Caller caller = new Caller(tenantId(tenant), request.form().get("client_id"));
            return traffic.pass(
                    RequestKind.TOKEN,
                    caller,
                    path,
                    request,
                    () -> request.method().equals("POST") ? token.handle(tenant, request) : WebResponse.empty(405));
        }
        Matcher consentPath = CONSENT.matcher(path);
        if (consentPath.matches()) {
            String tenant = consentPath.group(1);
            Version version = consentPath.group(2) == null ? Version.V1 : Version.V2;
            Caller caller = new Caller(tenantId(tenant), null);
            return traffic.pass(
                    RequestKind.CONSENT, caller, path, request, () -> consent.handle(version, tenant, request));
        }
        Matcher configurationPath = OPENID_CONFIGURATION.matcher(path);
        if (configurationPath.matches()) {
            String tenant = configurationPath.group(1);
            return discovery(tenant, path, request, () -> discovery.openIdConfiguration(tenant, request));
        }
        if (INSTANCE_DISCOVERY.matcher(path).matches()) {
            return discovery(null, path, request, () -> discovery.instance(request));
        }
        return traffic.pass(
                RequestKind.OTHER,
                Caller.UNKNOWN,
                path,
                request,
                () -> WebResponse.of(
                        404,
                        "text/plain; charset=utf-8",
                        ("Nothing is simulated at " + path + ".\n").getBytes(StandardCharsets.UTF_8)));
    }

    private WebResponse discovery(String tenant, String path, WebRequest request, Supplier<WebResponse> answer) {
        Caller caller = tenant == null ? Caller.UNKNOWN : new Caller(tenantId(tenant), null);
        return traffic.pass(RequestKind.DISCOVERY, caller, path, request, answer);
    }

    private String tenantId(String segment) {
        return directory.tenants().find(segment).map(Tenant::id).orElse(null);
    }
}

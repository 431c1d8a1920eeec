package dev.tenantops.onboarding.operator.network.proxies;

import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Inspection;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Upstream;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.WebSockets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** mitmproxy without its screens, as "mitmdump --options" describes it; what has no option is done by an addon. */
final class MitmproxyConfiguration implements Configuration {

    static final String AUTHORITY_FILE = "mitmproxy-ca-cert.pem";

    @Override
    public boolean can(ProxySetup setup, Supplier<String> version) {
        return setup.connectTimeout().isEmpty()
                && !setup.refusingNameless()
                && setup.idleTimeout().isEmpty()
                && (setup.credentials().isEmpty() || setup.schemes().isEmpty())
                && (setup.serverPem().isEmpty() || setup.inspection().isEmpty())
                && setup.upstream().stream().allMatch(Upstream.Parent.class::isInstance);
    }

    @Override
    public Launch render(ProxySetup setup, Place place) {
        Map<String, String> files = new LinkedHashMap<>();
        List<String> command = new ArrayList<>(List.of(
                place.executable().toString(),
                "--listen-host",
                "127.0.0.1",
                "--listen-port",
                Integer.toString(place.port()),
                "--set",
                "confdir=" + place.folder(),
                "--set",
                "termlog_verbosity=info",
                "--script",
                place.file("addon.py")));
        setup.credentials()
                .ifPresent(credentials ->
                        command.addAll(List.of("--proxyauth", credentials.username() + ":" + credentials.password())));
        setup.upstream().ifPresent(upstream -> {
            if (upstream instanceof Upstream.Parent(var proxy)) {
                command.addAll(List.of("--mode", "upstream:" + proxy));
            }
        });
        setup.serverPem().ifPresent(pem -> {
            files.put("server.pem", pem);
            command.addAll(List.of("--certs", "*=" + place.file("server.pem")));
        });
        setup.inspection()
                .ifPresentOrElse(
                        inspection -> {
                            files.put("trusted.pem", inspection.trustedPem());
                            command.addAll(
                                    List.of("--set", "ssl_verify_upstream_trusted_ca=" + place.file("trusted.pem")));
                            if (inspection.webSockets() == WebSockets.SWITCHED_OFF) {
                                command.addAll(List.of("--set", "websocket=false"));
                            }
                        },
                        () -> command.addAll(List.of("--ignore-hosts", ".*")));
        files.put("addon.py", addon(setup));
        return new Launch(List.copyOf(command), Map.copyOf(files));
    }

    private static String addon(ProxySetup setup) {
        return """
                from mitmproxy import http

                CHALLENGES = [%s]
                HOSTS = [%s]
                PORTS = [%s]
                REMOVE_UPGRADE = %s

                def http_connect(flow):
                    if CHALLENGES:
                        fields = [(b"Proxy-Authenticate", challenge.encode()) for challenge in CHALLENGES]
                        flow.response = http.Response.make(407, b"", http.Headers(fields))
                    elif flow.request.host in HOSTS or flow.request.port in PORTS:
                        flow.response = http.Response.make(403, b"Forbidden by the proxy")

                def requestheaders(flow):
                    if REMOVE_UPGRADE and "Upgrade" in flow.request.headers:
                        del flow.request.headers["Upgrade"]
                        del flow.request.headers["Connection"]
                """.formatted(
                literals(setup.schemes().stream()
                        .map(ProxySetup.Scheme::challenge)
                        .toList()),
                literals(setup.forbiddenHosts()),
                setup.forbiddenPorts().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                setup.inspection().map(Inspection::webSockets).stream().anyMatch(WebSockets.UPGRADE_REMOVED::equals)
                        ? "True"
                        : "False");
    }

    private static String literals(List<String> values) {
        return values.stream().map(value -> "'" + value + "'").collect(Collectors.joining(", "));
    }
}

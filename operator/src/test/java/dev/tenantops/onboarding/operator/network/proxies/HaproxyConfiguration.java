package dev.tenantops.onboarding.operator.network.proxies;

import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Credentials;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Upstream;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.WebSockets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HAProxy, as its configuration manual describes it. It makes no tunnel to a host of the client's choice, so it stands
 * in front of a forward proxy or of a server.
 */
final class HaproxyConfiguration implements Configuration {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public boolean can(ProxySetup setup, Supplier<String> version) {
        if (setup.inspection().isPresent()) {
            return false;
        }
        return switch (setup.upstream().orElse(null)) {
            case null -> !setup.schemes().isEmpty() && setup.credentials().isEmpty();
            case Upstream.Parent _ -> true;
            case Upstream.Relay _ -> !setup.authenticates() && !setup.forbids();
            case Upstream.Gateway gateway ->
                !setup.authenticates() && !setup.forbids() && gateway.webSockets() != WebSockets.SWITCHED_OFF;
        };
    }

    @Override
    public Launch render(ProxySetup setup, Place place) {
        Map<String, String> files = new LinkedHashMap<>();
        Duration idle = setup.idleTimeout().orElse(DEFAULT_TIMEOUT);
        boolean relay = setup.upstream().orElse(null) instanceof Upstream.Relay;
        StringBuilder text = new StringBuilder("""
                global
                  maxconn 64
                  nbthread 1
                defaults
                  mode %s
                  retries 0
                  timeout connect %dms
                  timeout client %4$dms
                  timeout server %4$dms
                  timeout tunnel %3$dms
                frontend in
                  bind 127.0.0.1:%5$d%6$s
                """.formatted(
                        relay ? "tcp" : "http",
                        setup.connectTimeout().orElse(DEFAULT_CONNECT_TIMEOUT).toMillis(),
                        idle.toMillis(),
                        DEFAULT_TIMEOUT.toMillis(),
                        place.port(),
                        setup.serverPem().isPresent() ? " ssl crt " + place.file("server.pem") : ""));
        setup.serverPem().ifPresent(pem -> files.put("server.pem", pem));
        if (setup.authenticates()) {
            text.append(challenge(setup));
        }
        if (setup.refusingNameless()) {
            text.append("  http-request deny unless { req.hdr(User-Agent) -m found }\n");
        }
        Stream.concat(
                        setup.forbiddenHosts().stream().map(host -> "-m beg -i " + host + ":"),
                        setup.forbiddenPorts().stream().map(port -> "-m end :" + port))
                .forEach(match -> text.append("  http-request deny if { url %s }%n".formatted(match)));
        setup.upstream().ifPresent(upstream -> text.append(backend(upstream, files, place)));
        files.put("haproxy.cfg", text.toString());
        return new Launch(
                List.of(place.executable().toString(), "-db", "-f", place.file("haproxy.cfg")), Map.copyOf(files));
    }

    /** "http-request auth" answers 401 to CONNECT, and http_auth reads Authorization then, so this says both itself. */
    private static String challenge(ProxySetup setup) {
        String challenges = Stream.concat(
                        setup.credentials().stream().map(_ -> "Basic realm=\"proxy\""),
                        setup.schemes().stream().map(ProxySetup.Scheme::challenge))
                .map(challenge -> " hdr Proxy-Authenticate '" + challenge + "'")
                .collect(Collectors.joining());
        String unless = setup.credentials()
                .map(credentials -> " unless { req.hdr(Proxy-Authorization) -m str '" + basic(credentials) + "' }")
                .orElse("");
        return "  http-request return status 407 content-type text/plain string 'Authenticate to the proxy'"
                + challenges + unless + "\n";
    }

    private static String basic(Credentials credentials) {
        String pair = credentials.username() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String backend(Upstream upstream, Map<String, String> files, Place place) {
        String lines = switch (upstream) {
            case Upstream.Parent(var proxy) -> "  server parent " + proxy.getAuthority() + tlsTo(proxy.getScheme());
            case Upstream.Relay(var server) -> "  server relay " + server.getAuthority();
            case Upstream.Gateway(var server, var trustedPem, var webSockets) -> {
                files.put("trusted.pem", trustedPem);
                yield (webSockets == WebSockets.UPGRADE_REMOVED ? "  http-request del-header Upgrade\n" : "")
                        + "  server origin " + server.getAuthority() + " ssl verify required verifyhost "
                        + server.getHost() + " sni str(" + server.getHost() + ") ca-file "
                        + place.file("trusted.pem");
            }
        };
        return "  default_backend upstream\nbackend upstream\n" + lines + "\n";
    }

    private static String tlsTo(String scheme) {
        return scheme.equals("https") ? " ssl verify none" : "";
    }
}

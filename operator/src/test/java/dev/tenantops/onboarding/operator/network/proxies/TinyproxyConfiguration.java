package dev.tenantops.onboarding.operator.network.proxies;

import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Upstream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tinyproxy, as tinyproxy.conf(5) describes it. Its single timeout is for connecting and for idle tunnels alike. */
final class TinyproxyConfiguration implements Configuration {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    @Override
    public boolean can(ProxySetup setup, Supplier<String> version) {
        return setup.schemes().isEmpty()
                && !setup.refusingNameless()
                && setup.forbiddenPorts().isEmpty()
                && setup.serverPem().isEmpty()
                && setup.inspection().isEmpty()
                && setup.upstream().stream()
                        .allMatch(upstream -> upstream instanceof Upstream.Parent parent
                                && parent.proxy().getScheme().equals("http"))
                && timeouts(setup).distinct().count() <= 1
                && timeouts(setup).allMatch(Configuration::isWholeSeconds);
    }

    @Override
    public Launch render(ProxySetup setup, Place place) {
        Map<String, String> files = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("""
                Port %d
                Listen 127.0.0.1
                MaxClients 20
                LogLevel Info
                Timeout %d
                """.formatted(
                        place.port(),
                        timeouts(setup).findFirst().orElse(DEFAULT_TIMEOUT).toSeconds()));
        setup.credentials()
                .ifPresent(credentials ->
                        text.append("BasicAuth %s %s%n".formatted(credentials.username(), credentials.password())));
        if (setup.forbids()) {
            files.put(
                    "filter",
                    setup.forbiddenHosts().stream()
                            .map(host -> "^" + host.replace(".", "\\.") + "$\n")
                            .collect(Collectors.joining()));
            text.append("Filter \"%s\"%n".formatted(place.file("filter")));
        }
        setup.upstream().ifPresent(upstream -> {
            if (upstream instanceof Upstream.Parent(var proxy)) {
                text.append("Upstream http %s:%d%n".formatted(proxy.getHost(), proxy.getPort()));
            }
        });
        files.put("tinyproxy.conf", text.toString());
        return new Launch(
                List.of(place.executable().toString(), "-d", "-c", place.file("tinyproxy.conf")), Map.copyOf(files));
    }

    private static Stream<Duration> timeouts(ProxySetup setup) {
        return Stream.concat(setup.connectTimeout().stream(), setup.idleTimeout().stream());
    }
}

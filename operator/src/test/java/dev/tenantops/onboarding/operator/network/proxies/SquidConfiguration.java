package dev.tenantops.onboarding.operator.network.proxies;

import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Credentials;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Scheme;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.Upstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Squid, as its configuration reference describes it (http://www.squid-cache.org/Doc/config/). */
final class SquidConfiguration implements Configuration {

    @Override
    public boolean can(ProxySetup setup, Supplier<String> version) {
        // With GnuTLS, Squid opens an https_port but does not complete a handshake on it.
        return (setup.serverPem().isEmpty() || version.get().contains("--with-openssl"))
                && setup.inspection().isEmpty()
                && setup.upstream().stream()
                        .allMatch(upstream -> upstream instanceof Upstream.Parent parent
                                && parent.proxy().getScheme().equals("http"))
                && Stream.concat(setup.connectTimeout().stream(), setup.idleTimeout().stream())
                        .allMatch(Configuration::isWholeSeconds)
                && (setup.credentials().isEmpty() || Files.isExecutable(basicAuthenticator()));
    }

    @Override
    public Launch render(ProxySetup setup, Place place) {
        Map<String, String> files = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("""
                cache_effective_user nobody
                pid_filename none
                shutdown_lifetime 0 seconds
                access_log stdio:%1$s/access.log
                cache_log %1$s/cache.log
                coredump_dir %1$s
                cache_mem 0 MB
                memory_pools off
                max_filedescriptors 1024
                pinger_enable off
                netdb_filename none
                visible_hostname squid.test
                """.formatted(place.folder()));
        setup.serverPem()
                .ifPresentOrElse(
                        pem -> {
                            files.put("server.pem", pem);
                            line(text, "https_port 127.0.0.1:%d tls-cert=%s", place.port(), place.file("server.pem"));
                        },
                        () -> line(text, "http_port 127.0.0.1:%d", place.port()));
        setup.credentials().ifPresent(credentials -> {
            files.put("passwords", passwordLine(credentials));
            line(text, "auth_param basic program %s %s", basicAuthenticator(), place.file("passwords"));
            line(text, "auth_param basic children 1 startup=0 idle=1");
            line(text, "auth_param basic realm proxy");
        });
        setup.schemes().forEach(scheme -> addScheme(scheme, text, files, place));
        if (setup.authenticates()) {
            line(text, "acl authenticated proxy_auth REQUIRED");
            line(text, "http_access deny !authenticated");
        }
        if (setup.refusingNameless()) {
            line(text, "acl named_clients browser .");
            line(text, "http_access deny !named_clients");
        }
        for (String host : setup.forbiddenHosts()) {
            line(text, "acl forbidden_hosts dstdomain %s", host);
        }
        for (int port : setup.forbiddenPorts()) {
            line(text, "acl forbidden_ports port %d", port);
        }
        if (!setup.forbiddenHosts().isEmpty()) {
            line(text, "http_access deny forbidden_hosts");
        }
        if (!setup.forbiddenPorts().isEmpty()) {
            line(text, "http_access deny forbidden_ports");
        }
        line(text, "http_access allow all");
        setup.connectTimeout().ifPresent(timeout -> line(text, "connect_timeout %d seconds", timeout.toSeconds()));
        setup.idleTimeout().ifPresent(timeout -> line(text, "read_timeout %d seconds", timeout.toSeconds()));
        setup.upstream().ifPresent(upstream -> {
            if (upstream instanceof Upstream.Parent(var proxy)) {
                line(
                        text,
                        "cache_peer %s parent %d 0 no-query no-digest no-netdb-exchange default",
                        proxy.getHost(),
                        proxy.getPort());
                line(text, "never_direct allow all");
            }
        });
        files.put("squid.conf", text.toString());
        return new Launch(
                List.of(
                        place.executable().toString(),
                        "-N",
                        // Names its shared memory, which another Squid on the machine must not meet.
                        "-n",
                        place.folder().getFileName().toString(),
                        "-f",
                        place.file("squid.conf")),
                Map.copyOf(files));
    }

    private static void addScheme(Scheme scheme, StringBuilder text, Map<String, String> files, Place place) {
        String name = scheme.title().toLowerCase(Locale.ROOT);
        // "BH" says in every scheme's helper protocol that the helper cannot decide.
        files.put("undecided.sh", "#!/bin/sh\nwhile read -r line; do echo BH undecided; done\n");
        line(text, "auth_param %s program %s", name, place.file("undecided.sh"));
        line(text, "auth_param %s children 1 startup=0 idle=1", name);
        if (scheme == Scheme.DIGEST) {
            line(text, "auth_param digest realm proxy");
        }
    }

    /** basic_ncsa_auth takes, besides crypt(3), the unsalted MD5 of a password in hexadecimal. */
    private static String passwordLine(Credentials credentials) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5")
                    .digest(credentials.password().getBytes(StandardCharsets.UTF_8));
            return credentials.username() + ":" + HexFormat.of().formatHex(digest) + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has MD5", e);
        }
    }

    private static Path basicAuthenticator() {
        return Stream.of("/usr/lib/squid", "/usr/lib64/squid", "/usr/libexec/squid", "/usr/local/libexec/squid")
                .map(folder -> Path.of(folder, "basic_ncsa_auth"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("/usr/lib/squid/basic_ncsa_auth"));
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(format.formatted(values)).append('\n');
    }
}

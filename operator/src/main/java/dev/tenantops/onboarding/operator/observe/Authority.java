package dev.tenantops.onboarding.operator.observe;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host in ASCII, without the brackets of an IPv6 literal, and a port. */
public record Authority(String host, int port) {

    // URI.getHost() knows no underscores, which the names of proxies have in the field.
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:[^@]*@)?(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:@]+))(?::([0-9]{1,5}))?");

    private static final Pattern NUMERIC_END = Pattern.compile("(?:^|\\.)(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?$");

    private static final Pattern DNS_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

    /** Empty unless the URL names a usable host and port. The port defaults to that of the scheme. */
    public static Optional<Authority> of(URI url) {
        return Optional.ofNullable(url.getRawAuthority())
                .map(HOST_AND_PORT::matcher)
                .filter(Matcher::matches)
                .flatMap(it -> host(it).map(host -> new Authority(host, port(it, url))))
                .filter(it -> it.port > 0 && it.port < 65_536);
    }

    /** Whether the host is an address in any of the forms that resolvers take for one, such as 127.1 or 0x7f000001. */
    public boolean literal() {
        return literal(host);
    }

    /**
     * A host as the DNS is to be asked for it. With a dot at its end no search domain is tried first, as pods do for almost
     * every name ({@code ndots:5} in resolv.conf): one of them may have a wildcard, which answers for any name. Without it
     * stays what only search domains complete: a single label, and a Service of the cluster up to {@code .svc}. Source:
     * https://man7.org/linux/man-pages/man5/resolv.conf.5.html
     */
    public static String absolute(String host) {
        var relative = host.indexOf('.') < 0
                || host.endsWith(".")
                || host.toLowerCase(Locale.ROOT).endsWith(".svc");
        return relative || literal(host) ? host : host + ".";
    }

    private static boolean literal(String host) {
        return host.contains(":") || NUMERIC_END.matcher(host).find();
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static Optional<String> host(Matcher authority) {
        return authority.group(1) == null
                ? toAscii(authority.group(2)).filter(it -> DNS_NAME.matcher(it).matches())
                : Optional.of(authority.group(1));
    }

    private static int port(Matcher authority, URI url) {
        if (authority.group(3) != null) {
            return Integer.parseInt(authority.group(3));
        }
        return switch (url.getScheme()) {
            case "https", "wss" -> 443;
            case null, default -> 80;
        };
    }

    private static Optional<String> toAscii(String name) {
        try {
            return Optional.of(IDN.toASCII(name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

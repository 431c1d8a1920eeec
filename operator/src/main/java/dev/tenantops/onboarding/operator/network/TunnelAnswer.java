package dev.tenantops.onboarding.operator.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a proxy answered to CONNECT. Nothing that it wrote is kept but numbers and known names. */
sealed interface TunnelAnswer {

    int HEADER_LIMIT_BYTES = 16 * 1024;

    /**
     * A response header.
     *
     * @param code the status
     * @param schemes the known authentication schemes that {@code Proxy-Authenticate} offers, RFC 9110 section 11.7.1
     */
    record Status(int code, List<String> schemes) implements TunnelAnswer {}

    /** The connection ended before the header did. */
    record Closed() implements TunnelAnswer {}

    /** Something other than HTTP/1. */
    record NotHttp() implements TunnelAnswer {}

    /** A header over {@link #HEADER_LIMIT_BYTES}. */
    record TooLong() implements TunnelAnswer {}

    /** Reads the header and not a byte more, since what follows belongs to the tunnel. */
    static TunnelAnswer read(InputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        int tail = 0;
        while (header.size() < HEADER_LIMIT_BYTES) {
            int next = in.read();
            if (next < 0) {
                return new Closed();
            }
            if (header.size() < Syntax.START.length() && next != Syntax.START.charAt(header.size())) {
                return new NotHttp();
            }
            header.write(next);
            tail = tail << Byte.SIZE | next;
            if (tail == 0x0D0A0D0A || (tail & 0xFFFF) == 0x0A0A) {
                return parse(header.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return new TooLong();
    }

    private static TunnelAnswer parse(String header) {
        Matcher status = Syntax.STATUS.matcher(header);
        if (!status.lookingAt()) {
            return new NotHttp();
        }
        String challenges = Syntax.CHALLENGES
                .matcher(header)
                .results()
                .map(it -> it.group(1))
                .map(it -> Syntax.QUOTED.matcher(it).replaceAll(""))
                .collect(Collectors.joining(", "));
        List<String> offered = Syntax.WORD
                .matcher(challenges)
                .results()
                .map(MatchResult::group)
                .toList();
        return new Status(
                Integer.parseInt(status.group(1)),
                Syntax.SCHEMES.stream()
                        .filter(it -> offered.stream().anyMatch(it::equalsIgnoreCase))
                        .toList());
    }

    /** HTTP/1 as far as it is needed here. */
    final class Syntax {
        private static final String START = "HTTP/1.";
        private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([1-5][0-9]{2})(?![0-9])");
        private static final Pattern CHALLENGES = Pattern.compile("(?im)^proxy-authenticate:(.*)$");
        private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");
        private static final Pattern WORD = Pattern.compile("(?<![A-Za-z0-9=-])[A-Za-z]++(?![A-Za-z0-9-]*[ \\t]*=)");
        private static final List<String> SCHEMES =
                List.of("Basic", "Digest", "Negotiate", "NTLM", "Kerberos", "Bearer");

        private Syntax() {}
    }
}

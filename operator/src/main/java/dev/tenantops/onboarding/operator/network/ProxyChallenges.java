package dev.tenantops.onboarding.operator.network;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which authentication schemes a proxy offers in {@code Proxy-Authenticate}, RFC 9110 section 11.7.1. */
final class ProxyChallenges {

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");
    private static final Pattern WORD = Pattern.compile("(?<![A-Za-z0-9=-])[A-Za-z]++(?![A-Za-z0-9-]*[ \\t]*=)");
    private static final List<String> KNOWN = List.of("Basic", "Digest", "Negotiate", "NTLM", "Kerberos", "Bearer");

    private ProxyChallenges() {}

    /** Whether Basic credentials may help: it is offered, or a proxy wants some and does not say of which kind. */
    static boolean wantBasic(HttpAnswer.Head head) {
        var challenges = head.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE);
        return head.status() == 407
                && (challenges.isEmpty() || schemes(challenges).contains("Basic"));
    }

    /** The known ones among them; nothing else of what the proxy wrote is kept. */
    static List<String> schemes(List<String> values) {
        var offered = WORD.matcher(QUOTED.matcher(String.join(", ", values)).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
        return KNOWN.stream()
                .filter(it -> offered.stream().anyMatch(it::equalsIgnoreCase))
                .toList();
    }
}

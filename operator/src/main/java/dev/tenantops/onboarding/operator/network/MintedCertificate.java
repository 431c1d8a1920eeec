package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.StageOutcome.Passed;
import dev.tenantops.onboarding.operator.network.TlsHandshake.UnknownIssuer;
import dev.tenantops.onboarding.operator.observe.Authority;
import java.net.Socket;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The evidence that something on the way makes certificates as it goes, as what inspects TLS does: it has one even for a name
 * that was made up a moment before, and that nobody can own (RFC 6761 section 6.4).
 */
final class MintedCertificate {

    private static final int RANDOM_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private MintedCertificate() {}

    /** Goes the way once more. False also where that does not come to a certificate, since then nothing is shown. */
    static boolean isMade(WayThere way) {
        var random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        var name = "name-" + HexFormat.of().formatHex(random) + ".invalid";
        return way.open() instanceof Passed<Socket>(Socket socket)
                && TlsHandshake.perform(
                                socket, new Authority(name, way.route().target().port()), way.trusted(), way.deadline())
                        instanceof UnknownIssuer(ChainEnd end)
                && covers(end.leaf(), name);
    }

    private static boolean covers(X509Certificate certificate, String name) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(it -> it.stream())
                    .anyMatch(it -> name.equals(it.get(1)));
        } catch (CertificateParsingException _) {
            return false;
        }
    }
}

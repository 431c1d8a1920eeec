package dev.tenantops.onboarding.operator.network;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * Where a chain ends that leads to nobody who is trusted, and so who has to mend it.
 *
 * @param leaf the server's own certificate
 * @param last the one that nobody in the chain issued, or that issued itself
 */
record ChainEnd(X509Certificate leaf, X509Certificate last) {

    /** Extension certificatePolicies, RFC 5280 section 4.2.1.4. */
    private static final String POLICIES = "2.5.29.32";

    /** Extension with signed certificate timestamps, RFC 6962 section 3.3. */
    private static final String TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2";

    /**
     * The beginning of every policy of the CA/Browser Forum, 2.23.140.1, as DER. Public authorities have to name one of them
     * in each certificate of a server. Source:
     * https://github.com/cabforum/servercert/blob/main/docs/BR.md#7161-reserved-certificate-policy-identifiers
     */
    private static final byte[] PUBLIC_POLICY = {0x67, (byte) 0x81, 0x0C, 0x01};

    /** Follows the issuers from the leaf through what the server sent, in whatever order. */
    static ChainEnd of(List<X509Certificate> chain) {
        var last = chain.getFirst();
        for (var steps = 0; steps < chain.size() && !issued(last, last); steps++) {
            var subject = last;
            last = chain.stream().filter(it -> issued(it, subject)).findFirst().orElse(last);
        }
        return new ChainEnd(chain.getFirst(), last);
    }

    /** Whether the server's certificate vouches for itself, as those do that servers and appliances come with. */
    boolean selfSigned() {
        return last.equals(leaf) && whole();
    }

    /** Whether the chain came with the authority at its end, so that nothing of it is missing. */
    boolean whole() {
        return issued(last, last);
    }

    /** The subject of the certificate that did not come, or of the authority that is not trusted. */
    String issuer() {
        return last.getIssuerX500Principal().getName();
    }

    /** Whether the leaf has what public authorities put into theirs, and authorities of proxies do not. */
    boolean fromPublicAuthority() {
        var policies = leaf.getExtensionValue(POLICIES);
        return leaf.getExtensionValue(TIMESTAMPS) != null || policies != null && contains(policies, PUBLIC_POLICY);
    }

    private static boolean issued(X509Certificate issuer, X509Certificate subject) {
        if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
            return false;
        }
        try {
            subject.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int start = 0; start + part.length <= bytes.length; start++) {
            if (Arrays.equals(bytes, start, start + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}

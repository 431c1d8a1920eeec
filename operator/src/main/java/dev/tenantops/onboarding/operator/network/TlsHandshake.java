package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.Authority;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** One TLS handshake, with the server's name sent (SNI) and verified, and what is wrong if it fails. */
sealed interface TlsHandshake {

    /** Encrypted, with a valid certificate. */
    record Done(SSLSocket socket) implements TlsHandshake {}

    /** The chain ends in no trusted certificate. */
    record UnknownIssuer(ChainEnd end) implements TlsHandshake {}

    /** A certificate of the chain is not valid at this time. */
    record NotValidNow(String subject, Instant notBefore, Instant notAfter) implements TlsHandshake {}

    /** The certificate is for other names. */
    record WrongHost(List<String> names) implements TlsHandshake {}

    /** The peer did not finish in time. */
    record TimedOut() implements TlsHandshake {}

    /** The peer hung up. */
    record HungUp() implements TlsHandshake {}

    /** Anything else, in the words of the JDK. */
    record Failed(String what) implements TlsHandshake {}

    /** Secures a connected socket. The deadline has to guard the TCP socket at the bottom of it. */
    static TlsHandshake perform(Socket socket, Authority peer, TrustAnchors anchors, Deadline deadline) {
        var recorder = new ChainRecorder(anchors.trustManager());
        try {
            socket.setSoTimeout(deadline.remainingMillis());
            var secured = (SSLSocket)
                    context(recorder).getSocketFactory().createSocket(socket, peer.host(), peer.port(), true);
            var parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return new Done(secured);
        } catch (IOException e) {
            if (deadline.caused(e)) {
                return new TimedOut();
            }
            var chain = recorder.refusedChain();
            if (!chain.isEmpty()) {
                return fault(chain, anchors, e);
            }
            return hungUp(e) || hungUp(e.getCause())
                    ? new HungUp()
                    : new Failed(Objects.requireNonNullElse(e.getMessage(), "no details"));
        }
    }

    private static boolean hungUp(Throwable exception) {
        return exception instanceof SocketException || exception instanceof EOFException;
    }

    private static TlsHandshake fault(List<X509Certificate> chain, TrustAnchors anchors, IOException exception) {
        var leaf = chain.getFirst();
        if (!anchors.issued(chain)) {
            return new UnknownIssuer(ChainEnd.of(chain));
        }
        var now = Instant.now();
        for (X509Certificate it : chain) {
            var notBefore = it.getNotBefore().toInstant();
            var notAfter = it.getNotAfter().toInstant();
            if (now.isBefore(notBefore) || now.isAfter(notAfter)) {
                return new NotValidNow(it.getSubjectX500Principal().getName(), notBefore, notAfter);
            }
        }
        try {
            anchors.trustManager().checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return new WrongHost(dnsNames(leaf));
        } catch (CertificateException _) {
            return new Failed(Objects.requireNonNullElse(exception.getMessage(), "the certificate was refused"));
        }
    }

    private static List<String> dnsNames(X509Certificate certificate) {
        try {
            return Stream.ofNullable(certificate.getSubjectAlternativeNames())
                    .flatMap(Collection::stream)
                    .map(it -> it.get(1))
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .limit(5)
                    .toList();
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    /** A new one for each probe: a resumed session would not show the certificate that is presented today. */
    private static SSLContext context(ChainRecorder recorder) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }
}

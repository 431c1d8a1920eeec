package dev.tenantops.onboarding.operator.network;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides as its delegate does, and remembers the chain that was refused, so that a probe can say why. */
final class ChainRecorder extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager delegate;
    private volatile List<X509Certificate> refusedChain = List.of();

    ChainRecorder(X509ExtendedTrustManager delegate) {
        this.delegate = delegate;
    }

    /** Empty unless a chain was refused. */
    List<X509Certificate> refusedChain() {
        return refusedChain;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        refusedChain = List.of(chain);
        delegate.checkServerTrusted(chain, authType, socket);
        refusedChain = List.of();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw clientsOverSocketsOnly();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw clientsOverSocketsOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw clientsOverSocketsOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw clientsOverSocketsOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw clientsOverSocketsOnly();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return delegate.getAcceptedIssuers();
    }

    private static UnsupportedOperationException clientsOverSocketsOnly() {
        return new UnsupportedOperationException("A probe is a TLS client over a socket");
    }
}

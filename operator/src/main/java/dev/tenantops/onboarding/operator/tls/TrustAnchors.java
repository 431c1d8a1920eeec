package dev.tenantops.onboarding.operator.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jboss.logging.Logger;

/** The certificates that a chain may end in. */
public final class TrustAnchors {

    private static final Logger LOG = Logger.getLogger(TrustAnchors.class);

    private final List<X509Certificate> certificates;
    private final String remark;
    private final KeyStore store;
    private final X509ExtendedTrustManager trustManager;

    private TrustAnchors(List<X509Certificate> certificates, String remark) {
        this.certificates = certificates;
        this.remark = remark;
        store = store(certificates);
        trustManager = Stream.of(trustManagers(store))
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This JDK has no X.509 trust manager"));
    }

    /**
     * Those of the JDK and those of a PEM file. What of the file cannot be read is logged.
     *
     * @throws IllegalArgumentException if the file has no readable certificate
     * @throws UncheckedIOException if it cannot be read
     */
    public static TrustAnchors ofJdkAnd(Optional<Path> pemFile) {
        var jdk = Stream.of(trustManagers(null))
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(it -> Stream.of(it.getAcceptedIssuers()))
                .toList();
        return pemFile.map(TrustAnchors::read).map(it -> of(jdk, it)).orElseGet(() -> new TrustAnchors(jdk, ""));
    }

    /** These and those of a bundle. */
    public TrustAnchors and(PemBundle bundle) {
        return of(certificates, bundle);
    }

    /** What of their bundle cannot be read, for people; empty if all can. */
    public String remark() {
        return remark;
    }

    public X509ExtendedTrustManager trustManager() {
        return trustManager;
    }

    /** TLS towards servers that one of these vouches for. */
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }

    /** Whether a chain ends in one of these, whatever its host name, and as of the middle of its leaf's validity. */
    public boolean issued(List<X509Certificate> chain) {
        var leaf = chain.getFirst();
        var target = new X509CertSelector();
        target.setCertificate(leaf);
        try {
            var parameters = new PKIXBuilderParameters(store, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            var validity = Duration.between(
                    leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
            parameters.setDate(Date.from(leaf.getNotBefore().toInstant().plus(validity.dividedBy(2))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (CertPathBuilderException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot build certification paths", e);
        }
    }

    private static TrustAnchors of(List<X509Certificate> certificates, PemBundle bundle) {
        return new TrustAnchors(
                Stream.concat(certificates.stream(), bundle.certificates().stream())
                        .toList(),
                bundle.remark());
    }

    private static PemBundle read(Path pemFile) {
        try {
            var bundle = PemBundle.of(pemFile);
            if (bundle.certificates().isEmpty()) {
                throw new IllegalArgumentException(pemFile + " has no readable PEM certificate"
                        + (bundle.remark().isEmpty() ? "" : ": " + bundle.remark()));
            }
            if (!bundle.remark().isEmpty()) {
                LOG.warnf("Of the trust anchors in %s %s. The others are used.", pemFile, bundle.remark());
            }
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException("The trust anchors in " + pemFile + " cannot be read", e);
        }
    }

    private static KeyStore store(List<X509Certificate> certificates) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("anchor-" + i, certificates.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK cannot keep certificates in memory", e);
        }
    }

    private static TrustManager[] trustManagers(KeyStore store) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no trust managers", e);
        }
    }
}

package dev.tenantops.onboarding.operator.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** The certificates that a chain may end in. */
final class TrustAnchors {

    private final List<X509Certificate> certificates;
    private final KeyStore store;
    private final X509ExtendedTrustManager trustManager;

    private TrustAnchors(List<X509Certificate> certificates) {
        this.certificates = certificates;
        store = store(certificates);
        trustManager = Stream.of(trustManagers(store))
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This JDK has no X.509 trust manager"));
    }

    /**
     * Those of the JDK and those of a PEM file.
     *
     * @throws IllegalArgumentException if the file has no readable certificate
     * @throws UncheckedIOException if it cannot be read
     */
    static TrustAnchors ofJdkAnd(Optional<Path> pemFile) {
        TrustAnchors jdk = new TrustAnchors(Stream.of(trustManagers(null))
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(it -> Stream.of(it.getAcceptedIssuers()))
                .toList());
        return pemFile.map(jdk::and).orElse(jdk);
    }

    /** These and those of a PEM text. */
    TrustAnchors and(String pem) throws CertificateException {
        List<X509Certificate> all = new ArrayList<>(certificates);
        CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .forEach(it -> all.add((X509Certificate) it));
        if (all.size() == certificates.size()) {
            throw new CertificateException("No certificate in the PEM text");
        }
        return new TrustAnchors(List.copyOf(all));
    }

    X509ExtendedTrustManager trustManager() {
        return trustManager;
    }

    /** Whether a chain ends in one of these, whatever its host name, and as of the middle of its leaf's validity. */
    boolean issued(List<X509Certificate> chain) {
        X509Certificate leaf = chain.getFirst();
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            Duration validity = Duration.between(
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

    private TrustAnchors and(Path pemFile) {
        try {
            return and(Files.readString(pemFile));
        } catch (IOException e) {
            throw new UncheckedIOException("The trust anchors in " + pemFile + " cannot be read", e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(pemFile + " has no readable PEM certificate", e);
        }
    }

    private static KeyStore store(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
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
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no trust managers", e);
        }
    }
}

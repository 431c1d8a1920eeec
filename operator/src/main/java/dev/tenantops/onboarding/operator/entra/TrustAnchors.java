package dev.tenantops.onboarding.operator.entra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom to trust: the JDK's anchors, and those of a file. */
final class TrustAnchors {

    private TrustAnchors() {}

    /** @throws IllegalArgumentException for a file that holds no PEM certificate */
    static X509TrustManager with(Optional<Path> caBundle) {
        try {
            if (caBundle.isEmpty()) {
                return trustManager(null);
            }
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            int number = 0;
            for (X509Certificate anchor : trustManager(null).getAcceptedIssuers()) {
                anchors.setCertificateEntry("jdk-" + number++, anchor);
            }
            for (Certificate anchor : certificates(caBundle.get())) {
                anchors.setCertificateEntry("bundle-" + number++, anchor);
            }
            return trustManager(anchors);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot set up the trust anchors", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path bundle) {
        try (InputStream pem = Files.newInputStream(bundle)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("The CA bundle " + bundle + " holds no PEM certificate");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("The CA bundle " + bundle + " is not a file of PEM certificates", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the CA bundle " + bundle, e);
        }
    }

    private static X509TrustManager trustManager(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return List.of(factory.getTrustManagers()).stream()
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}

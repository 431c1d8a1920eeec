package dev.tenantops.onboarding.sandbox.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** A certificate authority that lives in memory and issues server certificates. Its own key never leaves the process. */
public final class CertificateAuthority {

    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final char[] IN_MEMORY_PASSWORD = new char[0];
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final List<X509Certificate> chain;

    private CertificateAuthority(KeyPair keys, X509Certificate certificate, List<X509Certificate> above) {
        this.keys = keys;
        this.certificate = certificate;
        this.chain = Stream.concat(Stream.of(certificate), above.stream()).toList();
    }

    /** Creates an authority with new keys and a self-signed certificate that is valid for a year. */
    public static CertificateAuthority create(String commonName) {
        KeyPair keys = newKeys();
        X500Name name = distinguishedName(commonName);
        return new CertificateAuthority(keys, authority(name, name, keys, keys.getPrivate(), 1), List.of());
    }

    /** An intermediate authority, which this one vouches for. */
    public CertificateAuthority subordinate(String commonName) {
        KeyPair subordinate = newKeys();
        X509Certificate issued =
                authority(subject(certificate), distinguishedName(commonName), subordinate, keys.getPrivate(), 0);
        return new CertificateAuthority(subordinate, issued, chain);
    }

    /** @param below how many authorities may stand between it and a server */
    private static X509Certificate authority(
            X500Name issuer, X500Name name, KeyPair keys, PrivateKey signer, int below) {
        Instant now = Instant.now();
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(issuer, name, keys, now.minus(CLOCK_SKEW), now.plus(LIFETIME))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(below))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(keys.getPublic()));
            return sign(builder, signer);
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("Cannot create the certificate authority " + name, e);
        }
    }

    /** The authority's certificate, which clients have to trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The trust anchor as PEM. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** Writes the trust anchor to a PEM file, and creates its directory where it is missing. */
    public void writeTo(Path pemFile) {
        try {
            Path directory = pemFile.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(pemFile, certificatePem());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the trust anchor to " + pemFile, e);
        }
    }

    /**
     * A server context with a new certificate.
     *
     * @param dnsNamesOrIps the subject alternative names: DNS names, also with a leading wildcard, and IP literals
     */
    public SSLContext serverContext(String... dnsNamesOrIps) {
        Instant now = Instant.now();
        return serverContext(issue(now.minus(CLOCK_SKEW), now.plus(LIFETIME), dnsNamesOrIps), chain);
    }

    /** A server context that sends its own certificate and no other, as servers do where somebody forgot the rest. */
    public SSLContext serverContextWithoutChain(String... dnsNamesOrIps) {
        Instant now = Instant.now();
        return serverContext(issue(now.minus(CLOCK_SKEW), now.plus(LIFETIME), dnsNamesOrIps), List.of());
    }

    /** A server context with a certificate that vouches for itself, as those do that servers come with. */
    public static SSLContext selfSignedServerContext(String... dnsNamesOrIps) {
        Instant now = Instant.now();
        KeyPair own = newKeys();
        X500Name name = distinguishedName(dnsNamesOrIps[0]);
        return serverContext(
                issue(name, own, own, now.minus(CLOCK_SKEW), now.plus(LIFETIME), dnsNamesOrIps), List.of());
    }

    /** A server context whose certificate expired yesterday. */
    public SSLContext expiredServerContext(String... dnsNamesOrIps) {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        return serverContext(issue(yesterday.minus(LIFETIME), yesterday, dnsNamesOrIps), chain);
    }

    /**
     * The PKCS #8 key of a new certificate, that certificate, and the authority's, as PEM: what another program needs to
     * be a server.
     *
     * @param dnsNamesOrIps as for {@link #serverContext(String...)}
     */
    public String serverPem(String... dnsNamesOrIps) {
        Instant now = Instant.now();
        try {
            Issued issued = issue(now.minus(CLOCK_SKEW), now.plus(LIFETIME), dnsNamesOrIps);
            return pem(new JcaPKCS8Generator(issued.key(), null), issued.certificate(), certificate);
        } catch (PemGenerationException e) {
            throw new IllegalStateException("Cannot write the key of " + Arrays.toString(dnsNamesOrIps), e);
        }
    }

    /** A client context that trusts this authority and no other. */
    public SSLContext clientContext() {
        try {
            KeyStore anchors = emptyStore();
            anchors.setCertificateEntry("authority", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot create a client context", e);
        }
    }

    private record Issued(PrivateKey key, X509Certificate certificate) {}

    private Issued issue(Instant notBefore, Instant notAfter, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("A server certificate needs at least one DNS name or IP address");
        }
        return issue(subject(certificate), keys, newKeys(), notBefore, notAfter, names);
    }

    private static Issued issue(
            X500Name issuer,
            KeyPair issuerKeys,
            KeyPair serverKeys,
            Instant notBefore,
            Instant notAfter,
            String... names) {
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(
                            issuer, distinguishedName(names[0]), serverKeys, notBefore, notAfter)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, alternativeNames(names))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            extensions.createSubjectKeyIdentifier(serverKeys.getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
            return new Issued(serverKeys.getPrivate(), sign(builder, issuerKeys.getPrivate()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot issue a certificate for " + Arrays.toString(names), e);
        }
    }

    private static SSLContext serverContext(Issued issued, List<X509Certificate> above) {
        try {
            KeyStore store = emptyStore();
            Certificate[] sent = Stream.concat(Stream.of(issued.certificate()), above.stream())
                    .toArray(Certificate[]::new);
            store.setKeyEntry("server", issued.key(), IN_MEMORY_PASSWORD, sent);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, IN_MEMORY_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot create a server context", e);
        }
    }

    private static String pem(Object... objects) {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pem.toString();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair subjectKeys, Instant notBefore, Instant notAfter) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).add(BigInteger.ONE),
                Date.from(notBefore),
                Date.from(notAfter),
                subject,
                subjectKeys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralNames alternativeNames(String... names) {
        return new GeneralNames(Arrays.stream(names)
                .map(name -> new GeneralName(
                        IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, canonical(name)))
                .toArray(GeneralName[]::new));
    }

    private static String canonical(String name) {
        return IPAddress.isValid(name) ? InetAddress.ofLiteral(name).getHostAddress() : name;
    }

    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name distinguishedName(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no EC keys on curve secp256r1", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}

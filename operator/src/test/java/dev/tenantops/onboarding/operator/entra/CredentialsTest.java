package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.microsoft.directory.FederatedCredential;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of credential, good and bad. A bad one costs no request where it can be told from here. */
class CredentialsTest {

    static final String ISSUER = "https://issuer.example";
    static final String SUBJECT = "system:serviceaccount:tenantops:operator";

    @TempDir
    private Path folder;

    @AutoClose
    private final Laboratory laboratory = new Laboratory();

    @Test
    void aCertificateSignsIn() throws Exception {
        KeyPair keys = keys("RSA");
        X509Certificate certificate = certificate(keys, Duration.ofDays(1));
        register(certificate);
        laboratory.use(new Credential.Certificate("1", pem(certificate), pem("PRIVATE KEY", keys)));
        assertSignedIn();
    }

    /** As cert-manager writes it by default, and OpenSSL did before 3.0. */
    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 3072, 4096})
    void aKeyInPkcs1SignsIn(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        KeyPair keys = generator.generateKeyPair();
        X509Certificate certificate = certificate(keys, Duration.ofDays(1));
        register(certificate);
        byte[] pkcs1 = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        String key = "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(pkcs1)
                + "\n-----END RSA PRIVATE KEY-----\n";
        laboratory.use(new Credential.Certificate("1", pem(certificate), key));
        assertSignedIn();
    }

    @Test
    void aCertificateThatIsNotRegisteredIsTheVendorsToUpload() throws Exception {
        KeyPair keys = keys("RSA");
        X509Certificate certificate = certificate(keys, Duration.ofDays(1));
        laboratory.use(new Credential.Certificate("1", pem(certificate), pem("PRIVATE KEY", keys)));
        assertThat(failure().reason()).isEqualTo(Reason.CredentialsInvalid);
        assertThat(failure().message()).contains("AADSTS700027");
    }

    @Test
    void anEndedCertificateIsToldApartWithoutARequest() throws Exception {
        KeyPair keys = keys("RSA");
        X509Certificate certificate = certificate(keys, Duration.ofDays(-1));
        laboratory.use(new Credential.Certificate("1", pem(certificate), pem("PRIVATE KEY", keys)));
        assertRefusedHere(Reason.CredentialsExpired, "register a new one");
    }

    @Test
    void aKeyOfAnotherCertificateIsToldApartWithoutARequest() throws Exception {
        X509Certificate certificate = certificate(keys("RSA"), Duration.ofDays(1));
        laboratory.use(new Credential.Certificate("1", pem(certificate), pem("PRIVATE KEY", keys("RSA"))));
        assertRefusedHere(Reason.CredentialsInvalid, "does not belong");
    }

    @Test
    void aKeyInAnotherFormatIsNamedWithTheCommandThatConvertsIt() throws Exception {
        KeyPair keys = keys("RSA");
        String certificate = pem(certificate(keys, Duration.ofDays(1)));
        String withPassword = pem("RSA PRIVATE KEY", keys)
                .replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n");
        for (String key :
                List.of(pem("RSA PRIVATE KEY", keys), withPassword, pem("PRIVATE KEY", keys("EC")), "", "no key")) {
            laboratory.use(new Credential.Certificate("1", certificate, key));
            assertRefusedHere(Reason.CredentialsInvalid, "openssl pkcs8");
        }
    }

    @Test
    void aTextThatIsNoCertificateIsRefused() throws Exception {
        String key = pem("PRIVATE KEY", keys("RSA"));
        for (String certificate : List.of("", "no certificate", key)) {
            laboratory.use(new Credential.Certificate("1", certificate, key));
            assertRefusedHere(Reason.CredentialsInvalid, "tls.crt");
        }
    }

    @Test
    void anEmptySecretIsRefused() {
        laboratory.use(new Credential.ClientSecret("1", " "));
        assertRefusedHere(Reason.CredentialsInvalid, "empty");
    }

    @Test
    void aServiceAccountTokenSignsInAndIsReadAnewForEveryToken() throws Exception {
        laboratory.tenants.behaviour().tokenLifetime(Duration.ofSeconds(300));
        laboratory.tenants.register(Laboratory.application(Laboratory.VERIFIER)
                .withFederatedCredentials(
                        new FederatedCredential(ISSUER, SUBJECT, FederatedCredential.AUDIENCE, List.of())));
        Path file = folder.resolve("token");
        laboratory.use(new Credential.FederatedToken(Optional.of(file.toString())));
        Files.writeString(file, serviceAccountToken("someone else") + "\n");
        assertThat(failure().reason()).isEqualTo(Reason.CredentialsInvalid);
        Files.writeString(file, serviceAccountToken(SUBJECT) + "\n");
        assertSignedIn();
        Files.writeString(file, serviceAccountToken("someone else") + "\n");
        assertThat(failure().reason()).isEqualTo(Reason.CredentialsPropagating);
    }

    @Test
    void aServiceAccountTokenThatIsNotThereIsNamedWithTheNextStep() throws IOException {
        laboratory.use(new Credential.FederatedToken(Optional.empty()));
        assertRefusedHere(Reason.CredentialsInvalid, "workload identity");
        Path file = folder.resolve("token");
        laboratory.use(new Credential.FederatedToken(Optional.of(file.toString())));
        assertRefusedHere(Reason.CredentialsInvalid, "cannot be read");
        Files.writeString(file, "\n");
        assertRefusedHere(Reason.CredentialsInvalid, "is empty");
    }

    private void assertSignedIn() {
        assertThat(laboratory.read(TENANT, List.of()).applications()).isEqualTo(Reading.of(Map.of()));
    }

    private void assertRefusedHere(Reason reason, String hint) {
        Failure failure = failure();
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message() + " " + failure.remedy()).contains(hint).doesNotContain("-----BEGIN");
        assertThat(laboratory.simulator.requests().counters()).isEmpty();
    }

    private Failure failure() {
        return laboratory.read(TENANT, List.of()).applications().ifFailed().orElseThrow();
    }

    private void register(X509Certificate certificate) {
        laboratory.tenants.register(Laboratory.application(Laboratory.VERIFIER).withCertificates(certificate));
    }

    static KeyPair keys(String algorithm) throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    static X509Certificate certificate(KeyPair keys, Duration validFor) throws Exception {
        X500Name name = new X500Name("CN=verifier");
        Instant end = Instant.now().plus(validFor);
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(end.minus(Duration.ofDays(30))),
                                Date.from(end),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }

    static String pem(X509Certificate certificate) throws Exception {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    static String pem(String title, KeyPair keys) {
        return pem(title, keys.getPrivate().getEncoded());
    }

    private static String pem(String title, byte[] content) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(title, Base64.getMimeEncoder().encodeToString(content));
    }

    /** The simulator checks no signature where the issuer publishes no keys. */
    static String serviceAccountToken(String subject) {
        String claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":[\"%s\"],\"exp\":%d}"
                .formatted(
                        ISSUER,
                        subject,
                        FederatedCredential.AUDIENCE,
                        Instant.now().plusSeconds(600).getEpochSecond());
        return base64Url("{\"alg\":\"RS256\"}") + "." + base64Url(claims) + "." + base64Url("signature");
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

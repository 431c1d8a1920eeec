package dev.tenantops.onboarding.sandbox.microsoft.login;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.PUBLISHER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.FederatedCredential;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientAssertionTest {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String ISSUER = "https://kubernetes.default.svc";
    private static final String SUBJECT = "system:serviceaccount:tenant-onboarding:operator";

    private static KeyPair keys;
    private static KeyPair otherKeys;

    @AutoClose
    private final Simulation simulation = new Simulation();

    private X509Certificate certificate;

    @BeforeAll
    static void generateKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        otherKeys = generator.generateKeyPair();
    }

    @BeforeEach
    void registerCertificate() throws Exception {
        certificate = certificate(simulation.clock.instant().plus(Duration.ofDays(30)));
        register(certificate);
    }

    @Test
    void anAssertionByTheRegisteredCertificateIsAccepted() throws Exception {
        assertThat(token(jwt(certificateHeader(certificate), claims(), keys)).status())
                .isEqualTo(200);
    }

    @Test
    void theAudienceMayLackThePortThatARedirectingClientAdds() throws Exception {
        Map<String, Object> claims = claims();
        claims.put("aud", "https://localhost/" + TENANT + "/oauth2/v2.0/token");

        assertThat(token(jwt(certificateHeader(certificate), claims, keys)).status())
                .isEqualTo(200);
    }

    @Test
    void anUnregisteredCertificateIsRefused() throws Exception {
        register();

        assertRefused(jwt(certificateHeader(certificate), claims(), keys), 700027);
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() throws Exception {
        assertRefused(jwt(certificateHeader(certificate), claims(), otherKeys), 700027);
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        X509Certificate expired = certificate(simulation.clock.instant().minus(Duration.ofDays(1)));
        register(expired);

        assertRefused(jwt(certificateHeader(expired), claims(), keys), 700027);
    }

    @Test
    void anAssertionOutsideItsTimeIsRefused() throws Exception {
        Map<String, Object> late = claims();
        late.put("exp", simulation.clock.instant().minus(Duration.ofMinutes(6)).getEpochSecond());
        assertRefused(jwt(certificateHeader(certificate), late, keys), 700024);

        Map<String, Object> early = claims();
        early.put("nbf", simulation.clock.instant().plus(Duration.ofMinutes(6)).getEpochSecond());
        assertRefused(jwt(certificateHeader(certificate), early, keys), 700024);
    }

    @Test
    void anAssertionForAnotherTenantIsRefused() throws Exception {
        Map<String, Object> claims = claims();
        claims.put("aud", simulation.simulator.url() + "/" + PUBLISHER + "/oauth2/v2.0/token");

        assertRefused(jwt(certificateHeader(certificate), claims, keys), 700023);
    }

    @Test
    void anAssertionForAnotherSubjectIsRefused() throws Exception {
        Map<String, Object> claims = claims();
        claims.put("sub", PUBLISHER);

        assertRefused(jwt(certificateHeader(certificate), claims, keys), 700021);
    }

    @Test
    void whatIsNoJwtIsRefused() {
        assertRefused("nonsense", 50012);
    }

    @Test
    void aFederatedTokenIsAcceptedByIssuerSubjectAudienceAndKey() throws Exception {
        federate(new FederatedCredential(ISSUER, SUBJECT, null, List.of(keys.getPublic())));

        assertThat(token(federated(ISSUER, SUBJECT, FederatedCredential.AUDIENCE, keys))
                        .status())
                .isEqualTo(200);
        assertRefused(federated("https://elsewhere", SUBJECT, FederatedCredential.AUDIENCE, keys), 700211);
        assertRefused(federated(ISSUER, SUBJECT, "api://elsewhere", keys), 700212);
        assertRefused(federated(ISSUER, "system:serviceaccount:a:b", FederatedCredential.AUDIENCE, keys), 700213);
        assertRefused(federated(ISSUER, SUBJECT, FederatedCredential.AUDIENCE, otherKeys), 700027);
    }

    @Test
    void withoutTheIssuersKeysSignaturesAreNotChecked() throws Exception {
        federate(new FederatedCredential(ISSUER, SUBJECT, null, List.of()));

        assertThat(token(federated(ISSUER, SUBJECT, FederatedCredential.AUDIENCE, otherKeys))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anApplicationWithoutFederationMatchesNoIdentity() throws Exception {
        assertRefused(federated(ISSUER, SUBJECT, FederatedCredential.AUDIENCE, keys), 70021);
    }

    private void register(X509Certificate... certificates) {
        simulation.directory.register(verifier().withCertificates(certificates));
    }

    private void federate(FederatedCredential credential) {
        simulation.directory.register(verifier().withFederatedCredentials(credential));
    }

    private static ApplicationRegistration verifier() {
        return new ApplicationRegistration(VERIFIER, "Verifier", PUBLISHER, List.of(), List.of(), Set.of());
    }

    private void assertRefused(String assertion, int code) {
        Simulation.assertRefused(token(assertion), 401, "invalid_client", code);
    }

    private Answer token(String assertion) {
        Map<String, String> form = new HashMap<>(Simulation.form(VERIFIER, "unused"));
        form.remove("client_secret");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
        return simulation.token(TENANT, form);
    }

    private Map<String, Object> claims() {
        Instant now = simulation.clock.instant();
        Map<String, Object> claims = new HashMap<>();
        claims.put("aud", simulation.simulator.url() + "/" + TENANT + "/oauth2/v2.0/token");
        claims.put("iss", VERIFIER);
        claims.put("sub", VERIFIER);
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(Duration.ofMinutes(10)).getEpochSecond());
        return claims;
    }

    private String federated(String issuer, String subject, String audience, KeyPair signer) throws Exception {
        Map<String, Object> claims = claims();
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("aud", List.of(audience));
        return jwt(Map.of("alg", "RS256"), claims, signer);
    }

    private static Map<String, Object> certificateHeader(X509Certificate certificate) throws Exception {
        byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return Map.of("alg", "RS256", "typ", "JWT", "x5t#S256", BASE64.encodeToString(thumbprint));
    }

    private static String jwt(Map<String, Object> header, Map<String, Object> claims, KeyPair signer) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String text = BASE64.encodeToString(json.writeValueAsBytes(header)) + "."
                + BASE64.encodeToString(json.writeValueAsBytes(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + BASE64.encodeToString(signature.sign());
    }

    private static X509Certificate certificate(Instant end) throws Exception {
        X500Name name = new X500Name("CN=verifier");
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(end.minus(Duration.ofDays(365))),
                                Date.from(end),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }
}

package dev.tenantops.onboarding.operator.entra;

import static com.microsoft.aad.msal4j.ClientCredentialFactory.createFromSecret;
import static dev.tenantops.onboarding.operator.entra.Laboratory.SECRET;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.VERIFIER;
import static dev.tenantops.onboarding.operator.entra.PlainClients.msal4j;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.InteractionRequiredExceptionReason;
import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.MsalInteractionRequiredException;
import com.microsoft.aad.msal4j.MsalJsonParsingException;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour.MissingServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.FederatedCredential;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What msal4j makes of the simulated Entra ID is what it makes of the real one. */
class SimulatorWithMsal4jTest {

    private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String CORRELATION_ID = "5f4d0000-0000-4000-8000-00000000c0de";

    @AutoClose
    private final Laboratory laboratory = new Laboratory();

    @Test
    void aSecretSignsInForTheTimeThatTheAnswerSays() throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        IAuthenticationResult result = acquire(withSecret(SECRET));
        assertThat(result.accessToken().split("\\.")).hasSize(3);
        assertThat(result.expiresOnDate().toInstant())
                .isBetween(before.plusSeconds(3599), Instant.now().plusSeconds(3599));
    }

    @Test
    void aRegisteredCertificateSignsIn() throws Exception {
        KeyPair keys = CredentialsTest.keys("RSA");
        X509Certificate certificate = CredentialsTest.certificate(keys, Duration.ofDays(1));
        IClientCredential credential = ClientCredentialFactory.createFromCertificate(keys.getPrivate(), certificate);
        assertThat(refusal(with(credential))).hasMessageStartingWith("AADSTS700027: ");
        laboratory.tenants.register(Laboratory.application(VERIFIER).withCertificates(certificate));
        assertThat(acquire(with(credential)).accessToken()).isNotBlank();
    }

    @Test
    void aFederatedTokenSignsInAndIsAskedForAnewForEveryRequest() throws Exception {
        laboratory.tenants.register(Laboratory.application(VERIFIER)
                .withFederatedCredentials(new FederatedCredential(
                        CredentialsTest.ISSUER, CredentialsTest.SUBJECT, FederatedCredential.AUDIENCE, List.of())));
        AtomicInteger asked = new AtomicInteger();
        ConfidentialClientApplication application =
                with(ClientCredentialFactory.createFromCallback(() -> CredentialsTest.serviceAccountToken(
                        asked.incrementAndGet() == 1 ? "another" : CredentialsTest.SUBJECT)));
        assertThat(refusal(application)).hasMessageStartingWith("AADSTS700213: ");
        assertThat(acquire(application).accessToken()).isNotBlank();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aMissingServicePrincipalIsInvalidClientOrUnauthorizedClient() throws Exception {
        laboratory.tenants.purge(TENANT, VERIFIER);
        assertRefused(withSecret(SECRET), 7000229, 401, "invalid_client");
        laboratory.tenants.behaviour().missingServicePrincipal(MissingServicePrincipal.REFUSE_AS_UNKNOWN_APPLICATION);
        assertRefused(withSecret(SECRET), 700016, 400, "unauthorized_client");
    }

    @Test
    void aWrongOrExpiredSecretIsInvalidClientToo() throws Exception {
        assertRefused(withSecret("wrong"), 7000215, 401, "invalid_client");
        laboratory.tenants.expireSecrets(VERIFIER);
        assertRefused(withSecret(SECRET), 7000222, 401, "invalid_client");
    }

    @ParameterizedTest
    @CsvSource({"3c1f6d0e-0000-4000-8000-00000000dead, 90002", "not-a-tenant, 900023"})
    void aTenantThatIsNoneIsAnInvalidRequest(String tenant, int code) throws Exception {
        MsalServiceException refusal = refusal(withSecret(SECRET), tenant);
        assertThat(refusal.getMessage()).startsWith("AADSTS" + code + ": ");
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.errorCode()).isEqualTo("invalid_request");
    }

    @Test
    void conditionalAccessIsAnInteractionThatNobodyCanHaveAndItsStatusIsLost() throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(53003)));
        MsalServiceException refusal = refusal(withSecret(SECRET));
        assertThat(refusal).isInstanceOf(MsalInteractionRequiredException.class);
        assertThat(((MsalInteractionRequiredException) refusal).reason())
                .isEqualTo(InteractionRequiredExceptionReason.MESSAGE_ONLY);
        assertThat(refusal.errorCode()).isEqualTo("invalid_grant");
        assertThat(refusal.statusCode()).isNull();
        assertThat(refusal.claims()).startsWith("{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[");
        assertThat(refusal).hasMessageMatching(description(53003));
    }

    @Test
    void throttlingIsNotRetriedAndSaysHowLongToWait() throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.throttled(Duration.ofSeconds(7))));
        MsalServiceException refusal = refusal(withSecret(SECRET));
        assertThat(refusal.statusCode()).isEqualTo(429);
        assertThat(refusal.headers().get("Retry-after")).containsExactly("7");
        assertThat(requests(RequestKind.TOKEN, 429)).isEqualTo(1);
    }

    @Test
    void aServerErrorWithoutRetryAfterIsRetriedOnce() throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.status(503)).times(1));
        assertThat(acquire(withSecret(SECRET)).accessToken()).isNotBlank();
        assertThat(requests(RequestKind.TOKEN, 503)).isEqualTo(1);
    }

    @Test
    void aGatewaysPageIsJsonThatCannotBeParsed() throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, new Effect.Html(502)));
        assertThat(refusal(withSecret(SECRET))).isInstanceOf(MsalJsonParsingException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 503})
    void anAnswerWithoutBodyIsUnknownAndItsStatusIsLost(int status) throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, new Effect.EmptyBody(status)));
        MsalServiceException refusal = refusal(withSecret(SECRET));
        assertThat(refusal.errorCode()).isEqualTo("unknown");
        assertThat(refusal.statusCode()).isNull();
        assertThat(refusal.headers()).isNull();
    }

    @Test
    void anEmptyObjectIsASuccessWithoutAToken() throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, new Effect.EmptyObject()));
        assertThat(acquire(withSecret(SECRET)).accessToken()).isNull();
    }

    @Test
    void aClosedConnectionIsAClientExceptionWithoutACode() throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, new Effect.Disconnect()));
        MsalClientException failure = failure(MsalClientException.class, withSecret(SECRET), TENANT);
        assertThat(failure.errorCode()).isNull();
        assertThat(failure).hasRootCauseInstanceOf(IOException.class);
        laboratory.tenants.heal();
        assertThatNoException().isThrownBy(() -> acquire(withSecret(SECRET)));
    }

    private void assertRefused(ConfidentialClientApplication application, int code, int status, String error) {
        MsalServiceException refusal = refusal(application);
        assertThat(refusal).hasMessageMatching(description(code));
        assertThat(refusal.statusCode()).isEqualTo(status);
        assertThat(refusal.errorCode()).isEqualTo(error);
        assertThat(refusal.correlationId()).isEqualTo(CORRELATION_ID);
        assertThat(refusal.claims()).isNull();
    }

    private static String description(int code) {
        return "AADSTS" + code + ": .+ Trace ID: " + GUID + " Correlation ID: " + CORRELATION_ID
                + " Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ";
    }

    private MsalServiceException refusal(ConfidentialClientApplication application) {
        return refusal(application, TENANT);
    }

    private static MsalServiceException refusal(ConfidentialClientApplication application, String tenant) {
        return failure(MsalServiceException.class, application, tenant);
    }

    private static <T extends Exception> T failure(
            Class<T> type, ConfidentialClientApplication application, String tenant) {
        ExecutionException wrapped =
                catchThrowableOfType(ExecutionException.class, () -> PlainClients.acquire(application, tenant, false));
        assertThat(wrapped).hasCauseInstanceOf(type);
        return type.cast(wrapped.getCause());
    }

    private static IAuthenticationResult acquire(ConfidentialClientApplication application)
            throws ExecutionException, InterruptedException {
        return PlainClients.acquire(application, TENANT, false);
    }

    private ConfidentialClientApplication withSecret(String secret) throws IOException {
        return with(createFromSecret(secret));
    }

    private ConfidentialClientApplication with(IClientCredential credential) throws IOException {
        return msal4j(laboratory, credential).correlationId(CORRELATION_ID).build();
    }

    private long requests(RequestKind kind, int status) {
        return laboratory.simulator.requests().count(kind, status);
    }
}

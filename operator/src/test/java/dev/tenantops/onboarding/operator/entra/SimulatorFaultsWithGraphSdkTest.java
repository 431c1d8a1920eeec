package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.models.ServicePrincipalCollectionResponse;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.kiota.ApiException;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Graph SDK makes of the simulated Microsoft Graph's refusals and faults. */
class SimulatorFaultsWithGraphSdkTest extends GraphSdkBeforeTheSimulator {

    @Test
    void aCallerWithoutTheRoleIsDeniedWithIdsAndADateThatTheSdkReads() {
        laboratory.tenants.revokeConsent(TENANT, VERIFIER);
        OffsetDateTime before = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
        ODataError refusal = assertError(this::list, 403, "Authorization_RequestDenied");
        assertThat(refusal.getError().getMessage()).isEqualTo("Insufficient privileges to complete the operation.");
        var inner = refusal.getError().getInnerError();
        assertThat(inner.getDate()).isBetween(before, OffsetDateTime.now(ZoneOffset.UTC));
        assertThat(refusal.getResponseHeaders())
                .containsEntry("request-id", Set.of(inner.getRequestId()))
                .containsEntry("client-request-id", Set.of(inner.getClientRequestId()));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertError(() -> graph.servicePrincipalsWithAppId(NOWHERE).get(), 404, "Request_ResourceNotFound");
        ODataError refusal = assertError(
                () -> graph.servicePrincipals()
                        .byServicePrincipalId(NOWHERE)
                        .appRoleAssignments()
                        .get(),
                404,
                "Request_ResourceNotFound");
        assertThat(refusal.getError().getMessage())
                .startsWith("Resource '" + NOWHERE + "' does not exist or one of its queried reference-property");
    }

    @ParameterizedTest
    @CsvSource({"appId ne 5, Request_BadRequest", "homepage eq 'x', Request_UnsupportedQuery"})
    void aFilterThatMakesNoSenseIsABadRequest(String filter, String code) {
        assertError(() -> graph.servicePrincipals().get(request -> request.queryParameters.filter = filter), 400, code);
    }

    @Test
    void aForgottenDeltaTokenIsGone() {
        assertError(
                () -> graph.servicePrincipals()
                        .delta()
                        .withUrl(laboratory.simulator.url() + "/v1.0/servicePrincipals/delta?$deltatoken=forgotten")
                        .get(),
                410,
                "syncStateNotFound");
    }

    @Test
    void aThrottledReadIsRetriedUntilItIsServed() {
        laboratory.tenants.fail(
                Fault.on(RequestKind.GRAPH, Effect.throttled(Duration.ZERO)).times(2));
        assertThat(list().getValue()).isNotEmpty();
        assertThat(requests(RequestKind.GRAPH, 429)).isEqualTo(2);
        assertThat(requests(RequestKind.GRAPH, 200)).isEqualTo(1);
    }

    /** OkHttp itself repeats what is answered with 503 and no time to wait, below each of the SDK's requests. */
    @ParameterizedTest
    @CsvSource({"429, TooManyRequests, 4", "503, ServiceUnavailable, 8"})
    void aReadIsGivenUpAfterThreeRetries(int status, String code, int requests) {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, Effect.status(status, Duration.ZERO)));
        ODataError refusal = assertError(this::list, status, code);
        assertThat(refusal.getResponseHeaders()).containsEntry("Retry-After", Set.of("0"));
        assertThat(requests(RequestKind.GRAPH, status)).isEqualTo(requests);
    }

    @Test
    void throttlingNamesTheApplicationAndTheTenant() {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, Effect.throttled(Duration.ZERO)));
        assertThat(assertError(this::list, 429, "TooManyRequests").getResponseHeaders())
                .containsEntry("x-ms-throttle-scope", Set.of("Tenant_Application/ReadWrite/" + VERIFIER + "/" + TENANT))
                .containsKeys("x-ms-throttle-information", "x-ms-throttle-limit-percentage");
    }

    @Test
    void aClaimsChallengeIsAnsweredOnceWithItsClaims() {
        laboratory.tenants.fail(
                Fault.on(RequestKind.GRAPH, new Effect.ClaimsChallenge()).times(1));
        assertThat(list().getValue()).isNotEmpty();
        assertThat(tokens.claims())
                .extracting(it -> new String(Base64.getDecoder().decode(it), StandardCharsets.UTF_8))
                .containsExactly("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"0\"}}}");
        assertThat(requests(RequestKind.GRAPH, 401)).isEqualTo(1);
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.ClaimsChallenge()));
        assertError(this::list, 401, "InvalidAuthenticationToken");
        assertThat(requests(RequestKind.GRAPH, 401)).isEqualTo(3);
    }

    @Test
    void anAnswerWithoutContentTypeIsNull() {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.NoContentType()));
        assertThat(list()).isNull();
    }

    @Test
    void anEmptyObjectHasNoItems() {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.EmptyObject()));
        assertThat(list().getValue()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 502})
    void aGatewaysPageIsAnExceptionWithoutAStatus(int status) {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.Html(status)));
        assertThat(catchThrowable(this::list))
                .isExactlyInstanceOf(RuntimeException.class)
                .hasMessageContaining("text/html");
    }

    @Test
    void anErrorWithoutBodyHasAStatusAndNoCode() {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.EmptyBody(403)));
        ApiException refusal = catchThrowableOfType(ApiException.class, this::list);
        assertThat(refusal).isNotInstanceOf(ODataError.class);
        assertThat(refusal.getResponseStatusCode()).isEqualTo(403);
    }

    @Test
    void theIteratorLosesTheCodeOfALaterPagesErrorAndFailsOnAPageWithoutItems() {
        laboratory.tenants.behaviour().pageSize(2);
        ServicePrincipalCollectionResponse first = list();
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, Effect.status(403)).times(1));
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.EmptyObject()));
        assertThat(catchThrowable(() -> iterate(first)))
                .isInstanceOf(ApiException.class)
                .isNotInstanceOf(ODataError.class);
        assertThat(catchThrowable(() -> iterate(first))).isInstanceOf(NullPointerException.class);
    }

    private ServicePrincipalCollectionResponse list() {
        return graph.servicePrincipals().get();
    }

    private void iterate(ServicePrincipalCollectionResponse first) throws ReflectiveOperationException {
        new PageIterator.Builder<ServicePrincipal, ServicePrincipalCollectionResponse>()
                .client(graph)
                .collectionPage(first)
                .collectionPageFactory(ServicePrincipalCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(it -> true)
                .build()
                .iterate();
    }

    private static ODataError assertError(ThrowingCallable read, int status, String code) {
        ODataError refusal = catchThrowableOfType(ODataError.class, read);
        assertThat(refusal.getResponseStatusCode()).isEqualTo(status);
        assertThat(refusal.getError().getCode()).isEqualTo(code);
        return refusal;
    }

    private long requests(RequestKind kind, int status) {
        return laboratory.simulator.requests().count(kind, status);
    }
}

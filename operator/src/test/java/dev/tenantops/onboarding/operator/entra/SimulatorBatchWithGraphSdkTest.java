package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.core.content.BatchRequestContent;
import com.microsoft.graph.core.content.BatchRequestContentCollection;
import com.microsoft.graph.core.content.BatchResponseContent;
import com.microsoft.graph.core.requests.BatchRequestBuilder;
import com.microsoft.graph.models.AppRoleAssignmentCollectionResponse;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.kiota.ApiException;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the Graph SDK makes of batches to the simulated Microsoft Graph. */
class SimulatorBatchWithGraphSdkTest extends GraphSdkBeforeTheSimulator {

    @Test
    void itemsOfABatchAreAnsweredEachOnItsOwn() throws IOException {
        String id = graph.servicePrincipalsWithAppId(APPLICATION).get().getId();
        BatchRequestContent batch = new BatchRequestContent(graph);
        String principal = batch.addBatchRequestStep(graph.servicePrincipalsWithAppId(APPLICATION)
                .toGetRequestInformation(request -> request.queryParameters.select = new String[] {"id"}));
        String assignments = batch.addBatchRequestStep(graph.servicePrincipals()
                .byServicePrincipalId(id)
                .appRoleAssignments()
                .toGetRequestInformation(request -> request.queryParameters.top = 999));
        String missing = batch.addBatchRequestStep(
                graph.servicePrincipalsWithAppId(NOWHERE).toGetRequestInformation());
        BatchResponseContent answers = graph.getBatchRequestBuilder().post(batch, null);
        assertThat(answers.getResponsesStatusCode())
                .containsOnly(Map.entry(principal, 200), Map.entry(assignments, 200), Map.entry(missing, 404));
        ServicePrincipal found = answers.getResponseById(principal, ServicePrincipal::createFromDiscriminatorValue);
        assertThat(found.getId()).isEqualTo(id);
        assertThat(found.getAppId()).isNull();
        assertThat(answers.getResponseById(
                                assignments, AppRoleAssignmentCollectionResponse::createFromDiscriminatorValue)
                        .getValue())
                .hasSize(1);
        assertThat(tokens.uses())
                .as("one for the read, one for each item, one for the batch")
                .isEqualTo(5);
    }

    @Test
    void theErrorOfAnItemIsSwallowedWhereErrorTypesAreMapped() throws IOException {
        BatchRequestContent batch = new BatchRequestContent(graph);
        String missing = batch.addBatchRequestStep(
                graph.servicePrincipalsWithAppId(NOWHERE).toGetRequestInformation());
        BatchResponseContent answers = graph.getBatchRequestBuilder().post(batch, null);
        assertThat(answers.getResponseById(missing, ServicePrincipal::createFromDiscriminatorValue))
                .isNull();
        assertThat(answers.getResponseById(missing).code()).isEqualTo(404);
        assertThat(answers.getResponseById(missing).body().string()).contains("\"Request_ResourceNotFound\"");
        BatchResponseContent unmapped = new BatchRequestBuilder(graph.getRequestAdapter()).post(batch, null);
        ApiException refusal = catchThrowableOfType(
                ApiException.class,
                () -> unmapped.getResponseById(missing, ServicePrincipal::createFromDiscriminatorValue));
        assertThat(refusal).isExactlyInstanceOf(ApiException.class);
        assertThat(refusal.getResponseStatusCode()).isEqualTo(404);
    }

    @Test
    void moreThanTwentyItemsMakeTwoBatches() throws IOException {
        BatchRequestContentCollection batches = new BatchRequestContentCollection(graph);
        for (int item = 0; item < 21; item++) {
            batches.addBatchRequestStep(
                    graph.servicePrincipalsWithAppId(APPLICATION).toGetRequestInformation());
        }
        assertThat(graph.getBatchRequestBuilder().post(batches, null).getResponsesStatusCodes())
                .hasSize(21)
                .allSatisfy((id, status) -> assertThat(status).isEqualTo(200));
        assertThat(requests(RequestKind.BATCH, 200)).isEqualTo(2);
    }

    @Test
    void aThrottledItemIsNotRetriedAndAMissingOneIsNull() throws IOException {
        BatchRequestContent batch = new BatchRequestContent(graph);
        String throttled = batch.addBatchRequestStep(graph.servicePrincipals().toGetRequestInformation());
        String missing =
                batch.addBatchRequestStep(graph.oauth2PermissionGrants().toGetRequestInformation());
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.throttled(Duration.ZERO))
                .onPath("/servicePrincipals"));
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH_ITEM, new Effect.MissingItem()).onPath("/oauth2PermissionGrants"));
        BatchResponseContent answers = graph.getBatchRequestBuilder().post(batch, null);
        assertThat(answers.getResponsesStatusCode()).containsOnly(Map.entry(throttled, 429));
        assertThat(answers.getResponseById(throttled).header("Retry-After")).isEqualTo("0");
        assertThat(answers.getResponseById(missing)).isNull();
        assertThat(requests(RequestKind.BATCH_ITEM, 429)).isEqualTo(1);
    }

    @Test
    void aBatchThatIsThrottledAsAWholeSeemsToHaveNoAnswers() throws IOException {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.throttled(Duration.ZERO)));
        BatchRequestContent batch = new BatchRequestContent(graph);
        String item = batch.addBatchRequestStep(graph.servicePrincipals().toGetRequestInformation());
        BatchResponseContent answers = graph.getBatchRequestBuilder().post(batch, null);
        assertThat(answers.getResponsesStatusCode()).isEmpty();
        assertThat(answers.getResponseById(item)).isNull();
        assertThat(requests(RequestKind.BATCH, 429)).isEqualTo(4);
    }

    private long requests(RequestKind kind, int status) {
        return laboratory.simulator.requests().count(kind, status);
    }
}

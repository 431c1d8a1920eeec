package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.models.odataerrors.ODataError;
import dev.tenantops.onboarding.api.PermissionType;
import org.junit.jupiter.api.Test;

/** What changed is told to the Graph SDK round by round. */
class SimulatorDeltaWithGraphSdkTest extends GraphSdkBeforeTheSimulator {

    @Test
    void aRoundThatStartsAtLatestTellsOfLaterChangesAlone() {
        var delta = graph.servicePrincipals().delta();
        var latest = delta.withUrl(laboratory.simulator.url() + "/v1.0/servicePrincipals/delta?$deltatoken=latest")
                .get();
        assertThat(latest.getValue()).isEmpty();
        assertThat(latest.getOdataNextLink()).isNull();
        String id = application().getId();
        laboratory.tenants.setEnabled(TENANT, APPLICATION, false);
        var changed = delta.withUrl(latest.getOdataDeltaLink()).get();
        assertThat(changed.getValue()).singleElement().satisfies(it -> {
            assertThat(it.getId()).isEqualTo(id);
            assertThat(it.getAccountEnabled()).isFalse();
        });
        laboratory.tenants.delete(TENANT, APPLICATION);
        var removed = delta.withUrl(changed.getOdataDeltaLink()).get();
        assertThat(removed.getValue()).singleElement().satisfies(it -> {
            assertThat(it.getId()).isEqualTo(id);
            assertThat(it.getAdditionalData()).containsKey("@removed");
        });
        assertThat(delta.withUrl(removed.getOdataDeltaLink()).get().getValue()).isEmpty();
    }

    @Test
    void aRoundNamesItsObjectsWhateverIsSelectedAndIsNarrowedByIdAlone() {
        String id = application().getId();
        assertThat(graph.servicePrincipals()
                        .delta()
                        .get(request -> {
                            request.queryParameters.select = new String[] {"accountEnabled"};
                            request.queryParameters.filter = "id eq '" + id + "'";
                        })
                        .getValue())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.getId()).isEqualTo(id);
                    assertThat(it.getAppId()).isNull();
                });
        ODataError refusal = catchThrowableOfType(
                ODataError.class,
                () -> graph.oauth2PermissionGrants()
                        .delta()
                        .get(request -> request.queryParameters.filter = "clientId eq '" + id + "'"));
        assertThat(refusal.getResponseStatusCode()).isEqualTo(400);
    }

    @Test
    void aRoundOfGrantsFollowsAWithdrawnScope() {
        var delta = graph.oauth2PermissionGrants().delta();
        var first = delta.get();
        laboratory.tenants.grant(TENANT, APPLICATION, GRAPH, PermissionType.Delegated, "Mail.Send");
        var second = delta.withUrl(first.getOdataDeltaLink()).get();
        assertThat(second.getValue())
                .singleElement()
                .satisfies(
                        it -> assertThat(it.getScope().split(" ")).containsExactlyInAnyOrder("Mail.Send", "User.Read"));
        laboratory.tenants.revokeConsent(TENANT, APPLICATION);
        assertThat(delta.withUrl(second.getOdataDeltaLink()).get().getValue())
                .singleElement()
                .satisfies(it -> assertThat(it.getAdditionalData()).containsKey("@removed"));
    }

    private ServicePrincipal application() {
        return graph.servicePrincipalsWithAppId(APPLICATION).get();
    }
}

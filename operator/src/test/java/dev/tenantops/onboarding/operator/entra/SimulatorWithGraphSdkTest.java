package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.AppRole;
import com.microsoft.graph.models.AppRoleAssignment;
import com.microsoft.graph.models.AppRoleAssignmentCollectionResponse;
import com.microsoft.graph.models.OAuth2PermissionGrant;
import com.microsoft.graph.models.OAuth2PermissionGrantCollectionResponse;
import com.microsoft.graph.models.PermissionScope;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.models.ServicePrincipalCollectionResponse;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceprincipals.item.ServicePrincipalItemRequestBuilder;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Graph SDK makes of the simulated Microsoft Graph is what it makes of the real one. */
class SimulatorWithGraphSdkTest extends GraphSdkBeforeTheSimulator {

    @Test
    void aServicePrincipalReadByItsAppIdHasTheMembersThatTellItsState() {
        ServicePrincipal found = application();
        assertThat(found.getAppId()).isEqualTo(APPLICATION);
        assertThat(found.getDisplayName()).isEqualTo("Application " + APPLICATION);
        assertThat(found.getAccountEnabled()).isTrue();
        assertThat(found.getIsDisabled()).isNull();
        assertThat(found.getDisabledByMicrosoftStatus()).isNull();
        assertThat(found.getAppRoleAssignmentRequired()).isFalse();
        assertThat(found.getAppOwnerOrganizationId()).hasToString(Laboratory.PUBLISHER);
        assertThat(found.getServicePrincipalType()).isEqualTo("Application");
        assertThat(found.getServicePrincipalNames()).containsExactly(APPLICATION);
        laboratory.tenants.deactivate(TENANT, APPLICATION);
        assertThat(application().getIsDisabled()).isTrue();
        laboratory.tenants.disableByMicrosoft(TENANT, APPLICATION);
        assertThat(application().getDisabledByMicrosoftStatus()).isEqualTo("DisabledDueToViolationOfServicesAgreement");
    }

    @Test
    void aResourceDefinesItsPermissionsByMicrosoftsIds() {
        ServicePrincipal resource = graph.servicePrincipalsWithAppId(GRAPH).get();
        AppRole role = resource.getAppRoles().stream()
                .filter(it -> "User.Read.All".equals(it.getValue()))
                .findFirst()
                .orElseThrow();
        assertThat(role.getId()).hasToString("df021288-bdef-4463-88db-98f22de89214");
        assertThat(role.getAllowedMemberTypes()).containsExactly("Application");
        assertThat(role.getIsEnabled()).isTrue();
        Map<String, PermissionScope> scopes = resource.getOauth2PermissionScopes().stream()
                .collect(Collectors.toMap(PermissionScope::getValue, it -> it));
        assertThat(scopes.get("User.Read").getId()).hasToString("e1fe6dd8-ba31-4d61-89e7-88639da4683d");
        assertThat(scopes.get("User.Read").getType()).isEqualTo("User");
        assertThat(scopes.get("User.Read.All").getType()).isEqualTo("Admin");
    }

    @Test
    void selectedMembersComeAndNoOthers() {
        ServicePrincipal found = graph.servicePrincipalsWithAppId(APPLICATION)
                .get(request -> request.queryParameters.select = new String[] {"id", "appId"});
        assertThat(UUID.fromString(found.getId())).isNotNull();
        assertThat(found.getAppId()).isEqualTo(APPLICATION);
        assertThat(found.getDisplayName()).isNull();
        assertThat(found.getAppRoles()).isNull();
    }

    @Test
    void servicePrincipalsAreFilteredByAnyOfFifteenAppIds() {
        List<String> installed = laboratory.install(TENANT, 3);
        assertThat(filtered(appIds(installed.getFirst(), installed.getLast(), Laboratory.clientId(99)))
                        .getValue())
                .extracting(ServicePrincipal::getAppId)
                .containsExactlyInAnyOrder(installed.getFirst(), installed.getLast());
        String[] sixteen =
                IntStream.rangeClosed(1, 16).mapToObj(Laboratory::clientId).toArray(String[]::new);
        assertThat(catchThrowableOfType(ODataError.class, () -> filtered(appIds(sixteen)))
                        .getError()
                        .getCode())
                .isEqualTo("Request_UnsupportedQuery");
    }

    @Test
    void appRoleAssignmentsComeOnPagesThatAnIteratorFollowsOnTheSameHost() throws Exception {
        laboratory.tenants.register(Laboratory.application(
                APPLICATION,
                Stream.of("User.Read.All", "Group.Read.All", "Mail.Send", "Mail.ReadWrite", "Chat.Read.All")
                        .map(it -> new RequestedPermission(GRAPH, PermissionType.Application, it))
                        .toArray(RequestedPermission[]::new)));
        laboratory.tenants.consent(TENANT, APPLICATION);
        laboratory.tenants.behaviour().pageSize(2);
        ServicePrincipal client = application();
        String resourceId = graph.servicePrincipalsWithAppId(GRAPH).get().getId();
        long before = laboratory.simulator.requests().count(RequestKind.GRAPH);
        AppRoleAssignmentCollectionResponse first =
                of(client).appRoleAssignments().get();
        assertThat(first.getOdataNextLink()).startsWith(laboratory.simulator.url() + "/v1.0/servicePrincipals/");
        List<AppRoleAssignment> seen = all(first);
        assertThat(seen).hasSize(5).allSatisfy(it -> {
            assertThat(it.getPrincipalId()).hasToString(client.getId());
            assertThat(it.getPrincipalType()).isEqualTo("ServicePrincipal");
            assertThat(it.getResourceId()).hasToString(resourceId);
            assertThat(it.getCreatedDateTime()).isNotNull();
        });
        assertThat(seen).extracting(AppRoleAssignment::getAppRoleId).doesNotHaveDuplicates();
        assertThat(laboratory.simulator.requests().count(RequestKind.GRAPH) - before)
                .isEqualTo(3);
    }

    @Test
    void delegatedGrantsOfTheTenantAndOfUsersComeOnPagesToo() throws Exception {
        for (int user = 1; user <= 4; user++) {
            laboratory.tenants.consentAsUser(TENANT, APPLICATION, "user" + user, GRAPH, "Mail.Send");
        }
        laboratory.tenants.behaviour().pageSize(2);
        String clientId = application().getId();
        List<OAuth2PermissionGrant> seen = new ArrayList<>();
        new PageIterator.Builder<OAuth2PermissionGrant, OAuth2PermissionGrantCollectionResponse>()
                .client(graph)
                .collectionPage(graph.oauth2PermissionGrants()
                        .get(request -> request.queryParameters.filter = "clientId eq '" + clientId + "'"))
                .collectionPageFactory(OAuth2PermissionGrantCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(seen::add)
                .build()
                .iterate();
        assertThat(seen)
                .hasSize(5)
                .allSatisfy(it -> assertThat(it.getClientId()).isEqualTo(clientId));
        assertThat(seen)
                .filteredOn(it -> it.getConsentType().equals("AllPrincipals"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.getPrincipalId()).isNull();
                    assertThat(it.getScope()).isEqualTo("User.Read");
                    assertThat(it.getId()).hasSize(43);
                });
        assertThat(seen)
                .filteredOn(it -> it.getConsentType().equals("Principal"))
                .hasSize(4)
                .allSatisfy(it -> assertThat(it.getId()).hasSize(64));
        laboratory.tenants.behaviour().pageSize(999);
        assertThat(of(application()).oauth2PermissionGrants().get().getValue())
                .extracting(OAuth2PermissionGrant::getId)
                .containsExactlyInAnyOrderElementsOf(
                        seen.stream().map(OAuth2PermissionGrant::getId).toList());
    }

    @Test
    void anEmptyPageWithANextLinkIsNotTheEnd() throws Exception {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.EmptyPage())
                .onPath("*/appRoleAssignments")
                .times(1));
        AppRoleAssignmentCollectionResponse first =
                of(application()).appRoleAssignments().get();
        assertThat(first.getValue()).isEmpty();
        assertThat(all(first)).hasSize(1);
    }

    @Test
    void aNextLinkCanLeadToAnotherHost() {
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, new Effect.ForeignNextLink("https://attacker.example")));
        assertThat(graph.servicePrincipals().get().getOdataNextLink())
                .startsWith("https://attacker.example/v1.0/servicePrincipals?");
    }

    @Test
    void aDeletedServicePrincipalIsInTheRecycleBinAndNowhereElse() {
        ServicePrincipal live = application();
        laboratory.tenants.delete(TENANT, APPLICATION);
        assertThat(graph.directory()
                        .deletedItems()
                        .graphServicePrincipal()
                        .get()
                        .getValue())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.getId()).isEqualTo(live.getId());
                    assertThat(it.getAppId()).isEqualTo(APPLICATION);
                    assertThat(it.getDeletedDateTime()).isNotNull();
                });
        assertThat(graph.directory()
                        .deletedItems()
                        .byDirectoryObjectId(live.getId())
                        .get())
                .isInstanceOf(ServicePrincipal.class);
        assertThat(filtered(appIds(APPLICATION)).getValue()).isEmpty();
    }

    private ServicePrincipal application() {
        return graph.servicePrincipalsWithAppId(APPLICATION).get();
    }

    private ServicePrincipalItemRequestBuilder of(ServicePrincipal principal) {
        return graph.servicePrincipals().byServicePrincipalId(principal.getId());
    }

    private ServicePrincipalCollectionResponse filtered(String filter) {
        return graph.servicePrincipals().get(request -> request.queryParameters.filter = filter);
    }

    private static String appIds(String... appIds) {
        return "appId in ('" + String.join("','", appIds) + "')";
    }

    private List<AppRoleAssignment> all(AppRoleAssignmentCollectionResponse first) throws Exception {
        List<AppRoleAssignment> seen = new ArrayList<>();
        new PageIterator.Builder<AppRoleAssignment, AppRoleAssignmentCollectionResponse>()
                .client(graph)
                .collectionPage(first)
                .collectionPageFactory(AppRoleAssignmentCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(seen::add)
                .build()
                .iterate();
        return seen;
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObjectIdsTest {

    private static final String CLIENT = "00112233-4455-6677-8899-aabbccddeeff";
    private static final String RESOURCE = "ffeeddcc-bbaa-9988-7766-554433221100";

    @Test
    void aGrantsIdIsMadeOfTheIdsThatItConnectsInMicrosoftsByteOrder() {
        assertThat(ObjectIds.delegatedGrant(CLIENT, RESOURCE, null))
                .isEqualTo("MyIRAFVEd2aImaq7zN3u_8zd7v-qu4iZd2ZVRDMiEQA");
        assertThat(ObjectIds.delegatedGrant(CLIENT, RESOURCE, CLIENT))
                .isEqualTo("MyIRAFVEd2aImaq7zN3u_8zd7v-qu4iZd2ZVRDMiEQAzIhEAVUR3ZoiZqrvM3e7_");
    }

    @Test
    void anAssignmentsIdBeginsWithThePrincipal() {
        assertThat(ObjectIds.appRoleAssignment(CLIENT, RESOURCE, RESOURCE))
                .startsWith("MyIRAFVEd2aImaq7zN3u")
                .hasSize(43)
                .isNotEqualTo(ObjectIds.appRoleAssignment(CLIENT, RESOURCE, CLIENT));
    }

    @Test
    void aServicePrincipalsIdDependsOnTenantApplicationAndIncarnation() {
        String id = ObjectIds.servicePrincipal(CLIENT, RESOURCE, 1);

        assertThat(id)
                .isEqualTo(ObjectIds.servicePrincipal(CLIENT, RESOURCE, 1))
                .isNotEqualTo(ObjectIds.servicePrincipal(CLIENT, RESOURCE, 2))
                .isNotEqualTo(ObjectIds.servicePrincipal(RESOURCE, CLIENT, 1));
        assertThat(UUID.fromString(id).version()).isEqualTo(4);
    }
}

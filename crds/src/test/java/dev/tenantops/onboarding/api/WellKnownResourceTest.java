package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WellKnownResourceTest {

    @Test
    void theDefinitionOffersEachByItsName() {
        var names = Arrays.stream(WellKnownResource.values()).map(Enum::name).toList();

        assertThat(WellKnownResource.NAMES).isEqualTo(String.join(", ", names));
        assertThat(WellKnownResource.LIST)
                .isEqualTo(names.stream().map(it -> "'" + it + "'").collect(Collectors.joining(", ", "[", "]")));
    }

    @Test
    void theCommittedDefinitionTakesTheseNamesAndNoOthers() throws IOException {
        var definition = new KubernetesSerialization()
                .unmarshal(
                        Files.readString(CommittedDefinitionsTest.COMMITTED.resolve(
                                "applicationcatalogs.onboarding.tenantops.dev-v1.yml")),
                        CustomResourceDefinition.class);
        var resource = Stream.of("spec", "applications", "permissions", "resource")
                .reduce(
                        definition
                                .getSpec()
                                .getVersions()
                                .getFirst()
                                .getSchema()
                                .getOpenAPIV3Schema(),
                        (schema, name) -> (schema.getItems() == null
                                        ? schema
                                        : schema.getItems().getSchema())
                                .getProperties()
                                .get(name),
                        (one, _) -> one);
        assertThat(resource.getXKubernetesValidations())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.getRule()).startsWith("self in " + WellKnownResource.LIST + " ||"));
    }

    /** Whoever adds one says here whether what one tenant shows of it may speak for all. */
    @Test
    void theseAloneDefineTheSameInAllTenants() {
        assertThat(WellKnownResource.values())
                .filteredOn(it -> WellKnownResource.isMicrosofts(it.appId()))
                .containsExactlyInAnyOrder(
                        WellKnownResource.MicrosoftGraph,
                        WellKnownResource.AzureCommunicationServices,
                        WellKnownResource.ExchangeOnline);
        assertThat(WellKnownResource.isMicrosofts("cccccccc-0000-4000-8000-000000000001"))
                .as("an API without a name here")
                .isFalse();
    }

    @Test
    void eachIsFoundByNameAndByAppId() {
        for (var resource : WellKnownResource.values()) {
            assertThat(resource.appId()).matches(ApiGroup.GUID).isLowerCase();
            assertThat(WellKnownResource.appIdOf(resource.name())).isEqualTo(resource.appId());
            assertThat(WellKnownResource.nameOf(resource.appId())).isEqualTo(resource.name());
        }
    }
}

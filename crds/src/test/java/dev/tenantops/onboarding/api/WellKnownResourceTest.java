package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WellKnownResourceTest {

    @Test
    void theDefinitionOffersEachByItsName() {
        var names = Arrays.stream(WellKnownResource.values()).map(Enum::name).toList();

        assertThat(WellKnownResource.NAMES).isEqualTo(String.join(", ", names));
        assertThat(WellKnownResource.LIST)
                .isEqualTo(names.stream().map(it -> "'" + it + "'").collect(Collectors.joining(", ", "[", "]")));
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

package dev.tenantops.onboarding.sandbox;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = Samples.load();
    private final Map<String, ApplicationCatalog> catalogs = samples.catalogs().stream()
            .collect(Collectors.toMap(it -> it.getMetadata().getName(), Function.identity()));

    @Test
    void everyProductHasACatalogAndEveryPlanACustomer() {
        Set<String> declared = catalogs.values().stream()
                .flatMap(catalog -> catalog.getSpec().plans().stream()
                        .map(plan -> catalog.getMetadata().getName() + "/" + plan.name()))
                .collect(toSet());
        Set<String> licensed = samples.onboardings().stream()
                .flatMap(it -> it.getSpec().licenses().stream())
                .flatMap(it -> it.plans().stream().map(plan -> it.catalog() + "/" + plan))
                .collect(toSet());
        assertThat(licensed)
                .isEqualTo(declared)
                .containsExactlyInAnyOrder(
                        "heedify/common",
                        "heedify/extend",
                        "heedify/unify",
                        "audiocodes-live-eu-1/essential",
                        "audiocodes-live-eu-1/pro",
                        "outreach/ews",
                        "outreach/graph");
    }

    @Test
    void everySingleApplicationOfALicenceIsInItsCatalog() {
        assertThat(samples.onboardings())
                .flatExtracting(it -> it.getSpec().licenses())
                .allSatisfy(licence -> assertThat(
                                catalogs.get(licence.catalog()).getSpec().applications())
                        .extracting(Application::name)
                        .containsAll(licence.applications()));
    }

    @Test
    void clientIdsAndTenantsAreDistinct() {
        List<String> ids = Stream.concat(
                        catalogs.values().stream()
                                .flatMap(it -> Stream.concat(
                                        Stream.of(it.getSpec().verifier().clientId()),
                                        it.getSpec().applications().stream()
                                                .map(Application::clientId)
                                                .filter(id -> id != null))),
                        samples.onboardings().stream().map(it -> it.getSpec().tenantId()))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void everyOnboardingStandsInACustomersNamespaceOfTheSamples() {
        assertThat(samples.onboardings())
                .extracting(it -> it.getMetadata().getNamespace())
                .containsExactlyInAnyOrderElementsOf(samples.namespaces().stream()
                        .map(it -> it.getMetadata().getName())
                        .toList());
    }

    @Test
    void everyPermissionIsDefinedByItsApi() {
        SimulatedDirectory directory = new SimulatedDirectory();
        String tenant = samples.onboardings().getFirst().getSpec().tenantId();
        directory.createTenant(tenant, "Contoso");
        catalogs.values().forEach(catalog -> {
            directory.register(catalog, "secret");
            assertThat(catalog.getSpec().applications())
                    .filteredOn(it -> it.clientId() != null)
                    .allSatisfy(it -> assertThatCode(() -> directory.consent(tenant, it.clientId()))
                            .doesNotThrowAnyException());
        });
    }

    @Test
    void theCustomCloudChangesTheCloudAndTheProxyAndNothingElse() {
        Samples moved = samples.inCustomCloud(URI.create("http://localhost:3128"));
        assertThat(moved.catalogs())
                .allSatisfy(it -> assertThat(it.getSpec().cloud()).isEqualTo(Cloud.Custom));
        assertThat(moved.catalogs())
                .usingRecursiveComparison()
                .ignoringFields("spec.cloud")
                .isEqualTo(samples.catalogs());
        assertThat(moved.onboardings())
                .extracting(it -> it.getSpec().network())
                .filteredOn(it -> it != null)
                .extracting(it -> it.proxy().url())
                .containsExactly("http://localhost:3128");
        assertThat(moved.onboardings())
                .usingRecursiveComparison()
                .ignoringFields("spec.network.proxy.url")
                .isEqualTo(samples.onboardings());
    }

    @Test
    void theApiServerAcceptsEverySampleUnchanged() {
        try (ApiServer server = ApiServer.start();
                var client = server.newClient()) {
            server.define(Samples.definitions());
            Stream.of(samples.catalogs(), samples.namespaces(), samples.onboardings())
                    .<HasMetadata>flatMap(List::stream)
                    .forEach(it -> assertThatCode(() -> client.resource(it).create())
                            .describedAs("%s %s", it.getKind(), it.getMetadata().getName())
                            .doesNotThrowAnyException());
            assertThat(client.resources(TenantOnboarding.class)
                            .inAnyNamespace()
                            .list()
                            .getItems())
                    .allSatisfy(it ->
                            assertThat(it.getStatus().observedGeneration()).isEqualTo(-1));
        }
    }
}

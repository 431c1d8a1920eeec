package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.plan.RandomCatalog;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Customers whose tenants granted at random what catalogs ask for, more or less, in the simulated cloud. */
record PlannedCustomers(RandomGenerator random, List<RandomCatalog> catalogs, int number) {

    private static final String NAMESPACE = "customers";
    private static final String GRAPH = WellKnownResource.appIdOf("MicrosoftGraph");
    private static final String READS_APPLICATIONS = "Application.Read.All";

    /** Graph has the catalogs' permissions and those that verifiers have. */
    void defineApis(SimulatedDirectory directory) {
        RandomCatalog.APIS.forEach((api, values) -> {
            var all = new ArrayList<>(values);
            all.add(READS_APPLICATIONS);
            directory.defineResource(WellKnownResource.appIdOf(api), api, all, all);
        });
    }

    Samples contents() {
        return new Samples(
                catalogs.stream().map(RandomCatalog::toCatalog).toList(),
                List.of(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build()),
                IntStream.range(0, number).mapToObj(this::onboarding).toList());
    }

    private TenantOnboarding onboarding(int number) {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withName("customer-" + number)
                .withNamespace(NAMESPACE)
                .build());
        var licences = new ArrayList<>(List.of(licence(catalogs.getFirst())));
        if (random.nextInt(4) == 0) {
            licences.add(licence(catalogs.getLast()));
        }
        onboarding.setSpec(new TenantOnboardingSpec(tenant(number), licences, null, null, random.nextInt(40) == 0));
        return onboarding;
    }

    private License licence(RandomCatalog catalog) {
        var all = catalog.plans();
        return new License(
                catalog.name(), random.nextInt(3) == 0 ? List.of(all.get(random.nextInt(all.size()))) : all, List.of());
    }

    private static String tenant(int number) {
        return "91a44ed0-0000-4000-8000-%012x".formatted(number);
    }

    void consent(SimulatedDirectory directory) {
        IntStream.range(0, number).mapToObj(PlannedCustomers::tenant).forEach(it -> consent(directory, it));
    }

    private void consent(SimulatedDirectory directory, String tenant) {
        var lacksApi = random.nextInt(25) == 0;
        if (!lacksApi) {
            directory.provisionResource(tenant, RandomCatalog.OTHER);
        }
        for (RandomCatalog catalog : catalogs) {
            switch (random.nextInt(24)) {
                case 0 -> {}
                case 1, 2 ->
                    directory.grant(tenant, catalog.verifier(), GRAPH, PermissionType.Application, READS_APPLICATIONS);
                default -> directory.consent(tenant, catalog.verifier());
            }
            catalog.applications()
                    .forEach((_, app) -> consent(directory, tenant, app.getKey(), app.getValue(), lacksApi));
        }
    }

    private void consent(
            SimulatedDirectory directory, String tenant, String clientId, Set<String> asked, boolean lacksApi) {
        if (random.nextInt(6) == 0) {
            return;
        }
        asked.stream()
                .filter(_ -> random.nextInt(8) != 0)
                .forEach(it -> grant(directory, tenant, clientId, it, lacksApi));
        // Left over from earlier versions, or given by hand.
        RandomCatalog.permissions().stream()
                .filter(_ -> random.nextInt(12) == 0)
                .forEach(it -> grant(directory, tenant, clientId, it, lacksApi));
        switch (random.nextInt(40)) {
            case 0, 1 -> {
                directory.grant(tenant, clientId, GRAPH, PermissionType.Application, "User.Read.All");
                directory.setEnabled(tenant, clientId, false);
            }
            case 2 -> {
                directory.grant(tenant, clientId, GRAPH, PermissionType.Application, "User.Read.All");
                directory.delete(tenant, clientId);
            }
            case 3 -> directory.consentAsUser(tenant, clientId, "somebody", GRAPH, "Mail.Send");
            default -> {}
        }
    }

    private static void grant(
            SimulatedDirectory directory, String tenant, String clientId, String permission, boolean lacksApi) {
        var parts = permission.split("/");
        if (!lacksApi || !parts[0].equals(RandomCatalog.OTHER)) {
            directory.grant(
                    tenant, clientId, WellKnownResource.appIdOf(parts[0]), PermissionType.valueOf(parts[1]), parts[2]);
        }
    }
}

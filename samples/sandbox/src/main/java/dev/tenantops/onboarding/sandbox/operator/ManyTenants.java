package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many customers of one product, all alike. */
public final class ManyTenants {

    public static final String CATALOG = "heedify";
    private static final List<String> PLANS = List.of("common", "extend");

    /** A sixth application, of a plan whose endpoints nobody wants to probe here. */
    private static final List<String> SINGLE = List.of("agent-console-unify");

    private ManyTenants() {}

    /** So many onboardings of one catalog, in one namespace. */
    public static Samples contents(String namespaceName, int onboardings) {
        ApplicationCatalog catalog = Samples.load().inCustomCloud(URI.create("http://localhost")).catalogs().stream()
                .filter(it -> it.getMetadata().getName().equals(CATALOG))
                .findFirst()
                .orElseThrow();
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespaceName)
                .addToLabels("onboarding.tenantops.dev/customer", "true")
                .endMetadata()
                .build();
        return new Samples(
                List.of(catalog),
                List.of(namespace),
                IntStream.range(0, onboardings)
                        .mapToObj(it -> onboarding(namespaceName, it))
                        .toList());
    }

    /** One of them. */
    public static TenantOnboarding onboarding(String namespace, int number) {
        TenantOnboarding onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withName("customer-" + number)
                .withNamespace(namespace)
                .build());
        onboarding.setSpec(new TenantOnboardingSpec(
                "be4c4000-0000-4000-8000-%012x".formatted(number),
                List.of(new License(CATALOG, PLANS, SINGLE)),
                null,
                null,
                false));
        return onboarding;
    }

    /** The applications that each of them licenses. */
    public static List<String> clientIds(ApplicationCatalogSpec catalog) {
        List<String> licensed = Stream.concat(
                        catalog.plans().stream()
                                .filter(it -> PLANS.contains(it.name()))
                                .flatMap(it -> it.applications().stream()),
                        SINGLE.stream())
                .toList();
        return catalog.applications().stream()
                .filter(it -> licensed.contains(it.name()))
                .map(Application::clientId)
                .toList();
    }

    /** Every tenant consents to everything. */
    public static void consent(OperatorSandbox stage) {
        stage.contents().onboardings().parallelStream().forEach(it -> consent(stage, it));
    }

    public static void consent(OperatorSandbox stage, TenantOnboarding onboarding) {
        SimulatedDirectory directory = stage.sandbox().microsoft().directory();
        ApplicationCatalogSpec catalog = stage.catalog(CATALOG).getSpec();
        String tenant = onboarding.getSpec().tenantId();
        directory.consent(tenant, catalog.verifier().clientId());
        clientIds(catalog).forEach(clientId -> directory.consent(tenant, clientId));
    }
}

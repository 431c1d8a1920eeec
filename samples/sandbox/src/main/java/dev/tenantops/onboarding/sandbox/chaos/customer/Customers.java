package dev.tenantops.onboarding.sandbox.chaos.customer;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.ResourcePermissions;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The customers, each with a tenant that has never been anybody else's, and how what is true of them changes. */
public final class Customers {

    public static final String CATALOG = "heedify";
    public static final List<String> NAMESPACES = List.of("customers-north", "customers-south", "customers-west");

    private static final List<String> SMALL = List.of("common");
    private static final List<String> LARGE = List.of("common", "extend");

    private final SimulatedDirectory directory;
    private final KubernetesClient client;
    private final ApplicationCatalog catalog;
    private final Map<String, Customer> byKey = new ConcurrentHashMap<>();
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tenants = new AtomicInteger();

    public Customers(SimulatedDirectory directory, KubernetesClient client, ApplicationCatalog catalog) {
        this.directory = directory;
        this.client = client;
        this.catalog = catalog;
    }

    /** The catalog and the namespaces, without a customer yet. */
    public static Samples contents() {
        ApplicationCatalog catalog = Samples.load().inCustomCloud(URI.create("http://localhost")).catalogs().stream()
                .filter(it -> it.getMetadata().getName().equals(CATALOG))
                .findFirst()
                .orElseThrow();
        return new Samples(
                List.of(catalog), NAMESPACES.stream().map(Customers::namespace).toList(), List.of());
    }

    public static Namespace namespace(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("onboarding.tenantops.dev/customer", "true")
                .endMetadata()
                .build();
    }

    public ApplicationCatalog catalog() {
        return catalog;
    }

    public List<Customer> all() {
        return byKey.values().stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    Optional<Customer> find(String namespace, String name) {
        return Optional.ofNullable(byKey.get(namespace + "/" + name));
    }

    /** Any of them. */
    Customer any(Random random) {
        List<Customer> all = all();
        return all.get(random.nextInt(all.size()));
    }

    /** Any of them, which from now on is one that a fault troubles. */
    public Customer trouble(Random random) {
        Customer customer = any(random);
        troubled.add(customer.tenantId());
        return customer;
    }

    /** Whether a fault troubles this one alone. */
    public boolean isTroubled(Customer customer) {
        return troubled.contains(customer.tenantId());
    }

    /** No fault troubles anybody alone any more. */
    public void relieve() {
        troubled.clear();
    }

    /** A new customer that has consented to everything, or to the verifier alone. */
    public Customer create(String namespace, String name, boolean consented) {
        String tenant = newTenant();
        Customer customer = new Customer(namespace, name, tenant, applications(LARGE));
        directory.consent(tenant, catalog.getSpec().verifier().clientId());
        if (consented) {
            customer.applications().forEach(it -> consent(customer, it));
        }
        byKey.put(customer.key(), customer);
        client.resource(onboarding(customer, LARGE)).create();
        return customer;
    }

    /** A tenant of nobody yet. */
    public String newTenant() {
        String tenant = "c4a05000-0000-4000-8000-%012x".formatted(tenants.incrementAndGet());
        directory.createTenant(tenant, tenant);
        return tenant;
    }

    /** The customer is one no longer, and the onboarding goes. */
    public void delete(Customer customer) {
        resource(customer).delete();
        byKey.remove(customer.key());
    }

    /** Another customer gets the name. */
    public Customer replace(Customer customer, boolean consented) {
        delete(customer);
        return create(customer.namespace(), customer.name(), consented);
    }

    Resource<TenantOnboarding> resource(Customer customer) {
        return client.resources(TenantOnboarding.class)
                .inNamespace(customer.namespace())
                .withName(customer.name());
    }

    static TenantOnboarding onboarding(Customer customer, List<String> plans) {
        TenantOnboarding onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace(customer.namespace())
                .withName(customer.name())
                .build());
        onboarding.setSpec(new TenantOnboardingSpec(
                customer.tenantId(), List.of(new License(CATALOG, plans, List.of())), null, null, false));
        return onboarding;
    }

    /** What the licences of a customer are changed to, in a spec of its own version. */
    public void license(Customer customer, boolean large) {
        List<String> plans = large ? LARGE : SMALL;
        customer.license(applications(plans));
        merge(
                customer,
                "{\"spec\":{\"licenses\":[{\"catalog\":\"%s\",\"plans\":[\"%s\"]}]}}"
                        .formatted(CATALOG, String.join("\",\"", plans)));
    }

    /** Changes the onboarding as {@code kubectl patch --type=merge} does. */
    public void merge(Customer customer, String patch) {
        resource(customer).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** Sets an annotation. */
    public void annotate(Customer customer, String annotation, String value) {
        merge(customer, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(annotation, value));
    }

    public void consent(Customer customer, String application) {
        customer.set(application, Consent.GRANTED, () -> directory.consent(customer.tenantId(), clientId(application)));
    }

    /** Makes one application as it should be, whatever it is. */
    void repair(Customer customer, String application) {
        String client = clientId(application);
        String tenant = customer.tenantId();
        Consent before = customer.consent(application);
        customer.set(application, Consent.GRANTED, () -> {
            switch (before) {
                case DELETED -> directory.restore(tenant, client);
                case DISABLED -> directory.setEnabled(tenant, client, true);
                default -> {}
            }
            directory.consent(tenant, client);
        });
    }

    /** Makes one application, which is as it should be, something else. */
    void spoil(Customer customer, String application, Random random) {
        String client = clientId(application);
        String tenant = customer.tenantId();
        List<Grant> grants = grants(application);
        switch (random.nextInt(grants.size() > 1 ? 4 : 3)) {
            case 0 -> customer.set(application, Consent.REVOKED, () -> directory.revokeConsent(tenant, client));
            case 1 -> customer.set(application, Consent.DISABLED, () -> directory.setEnabled(tenant, client, false));
            case 2 -> customer.set(application, Consent.DELETED, () -> directory.delete(tenant, client));
            default -> {
                Grant lost = grants.get(random.nextInt(grants.size()));
                customer.set(
                        application,
                        Consent.PARTLY,
                        () -> directory.revoke(tenant, client, lost.resource(), lost.type(), lost.value()));
            }
        }
    }

    /** Takes away what is granted, if it is. */
    public void revoke(Customer customer, String application) {
        if (customer.consent(application) == Consent.GRANTED) {
            customer.set(
                    application,
                    Consent.REVOKED,
                    () -> directory.revokeConsent(customer.tenantId(), clientId(application)));
        }
    }

    /** Something changes somewhere. */
    public String change(Random random) {
        Customer customer = any(random);
        List<String> broken = customer.applications().stream()
                .filter(it -> customer.consent(it) != Consent.GRANTED)
                .toList();
        int choice = random.nextInt(10);
        if (choice == 0) {
            boolean large = customer.applications().equals(applications(SMALL));
            license(customer, large);
            return customer.key() + " licenses " + customer.applications();
        }
        if (choice == 1) {
            replace(customer, random.nextInt(4) > 0);
            return customer.key() + " leaves, and another comes under the name";
        }
        if (!broken.isEmpty()) {
            String application = broken.get(random.nextInt(broken.size()));
            repair(customer, application);
            return "%s consents to %s".formatted(customer.key(), application);
        }
        if (choice < 7) {
            String application = customer.applications()
                    .get(random.nextInt(customer.applications().size()));
            spoil(customer, application, random);
            return "%s: %s is %s".formatted(customer.key(), application, customer.consent(application));
        }
        return "nothing changes";
    }

    /** The applications that plans bring, in the order of the catalog. */
    public List<String> applications(List<String> plans) {
        List<String> names = catalog.getSpec().plans().stream()
                .filter(it -> plans.contains(it.name()))
                .flatMap(it -> it.applications().stream())
                .toList();
        return catalog.getSpec().applications().stream()
                .map(Application::name)
                .filter(names::contains)
                .toList();
    }

    public String clientId(String application) {
        return catalog.getSpec().applications().stream()
                .filter(it -> it.name().equals(application))
                .findFirst()
                .orElseThrow()
                .clientId();
    }

    private record Grant(String resource, PermissionType type, String value) {}

    /** Permissions that a directory shows. */
    private List<Grant> grants(String application) {
        List<Grant> grants = new ArrayList<>();
        for (ResourcePermissions set : catalog.getSpec().applications().stream()
                .filter(it -> it.name().equals(application))
                .findFirst()
                .orElseThrow()
                .permissions()) {
            set.application().forEach(it -> grants.add(new Grant(set.resource(), PermissionType.Application, it)));
            set.delegated().stream()
                    .filter(it -> it.contains("."))
                    .forEach(it -> grants.add(new Grant(set.resource(), PermissionType.Delegated, it)));
        }
        return grants;
    }

    /** So many customers, spread over the namespaces, most of which have consented to everything. */
    public void populate(int count) {
        IntStream.range(0, count)
                .forEach(it -> create(NAMESPACES.get(it % NAMESPACES.size()), "customer-" + it, it % 8 != 7));
    }
}

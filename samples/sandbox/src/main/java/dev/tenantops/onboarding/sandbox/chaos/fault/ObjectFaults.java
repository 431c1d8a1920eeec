package dev.tenantops.onboarding.sandbox.chaos.fault;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customer;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customers;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Hinders;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Scope;
import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.chaos.journal.Pause;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What people and other programs do to the objects that the operator looks at. */
public final class ObjectFaults {

    /** A state that versions to come may know; the definition in the cluster knows it. */
    public static final String NEWER_STATE = "HeldForReview";

    private static final String HOSTILE = Customers.NAMESPACES.getFirst();
    private static final int LONG_WORD = 240;
    private static final int MANY = 3000;

    static final List<FaultKind> KINDS = List.of(
            FaultKind.seconds("recreated-during-check", Scope.ONE, Hinders.NOTHING, ObjectFaults::recreatedDuringCheck)
                    .lasting(8, 15),
            FaultKind.once("recreated", Scope.ONE, (world, random) -> {
                world.customers().replace(customer(world, random), random.nextBoolean());
                return Ending.NONE;
            }),
            FaultKind.seconds("namespace-terminating", Scope.ONE, Hinders.NOTHING, ObjectFaults::namespaceTerminating)
                    .lasting(5, 10),
            FaultKind.seconds("catalog-away", Scope.ALL, Hinders.NOTHING, ObjectFaults::catalogAway),
            FaultKind.seconds("namespace-label-away", Scope.ALL, Hinders.NOTHING, ObjectFaults::namespaceLabelAway),
            FaultKind.once("newer-status", Scope.ONE, (world, random) -> {
                amendedByOthers(world, customer(world, random), """
                        [{"op": "replace", "path": "/status/applications/0/state", "value": "%s"}]
                        """.formatted(NEWER_STATE));
                return Ending.NONE;
            }),
            FaultKind.once("ghost-application", Scope.ONE, (world, random) -> {
                amendedByOthers(world, customer(world, random), """
                        [{"op": "add", "path": "/status/applications/-",
                          "value": {"catalog": "heedify", "name": "ghost", "state": "Granted"}}]
                        """);
                return Ending.NONE;
            }),
            FaultKind.once("ghost-stalled", Scope.ONE, (world, random) -> {
                writtenByOthers(
                        world,
                        customer(world, random),
                        "conditions: [{type: Stalled, status: 'True', reason: Ghost, message: written by others,"
                                + " lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: 1}]");
                return Ending.NONE;
            }),
            FaultKind.once("ready-by-others", Scope.ONE, (world, random) -> {
                writtenByOthers(
                        world,
                        customer(world, random),
                        "conditions: [{type: Ready, status: 'False', reason: Ghost, message: written by others,"
                                + " lastTransitionTime: '2026-01-01T00:00:00Z', observedGeneration: 1}]");
                return Ending.NONE;
            }),
            FaultKind.seconds("long-requested-at", Scope.ONE, Hinders.NOTHING, (world, random) -> {
                Customer customer = customer(world, random);
                world.customers().annotate(customer, TenantOnboarding.RECONCILE_REQUESTED_AT, "x".repeat(2000));
                return () -> {};
            }),
            FaultKind.seconds("consent-returned-2999", Scope.ONE, Hinders.NOTHING, (world, random) -> {
                Customer customer = customer(world, random);
                String application = customer.applications().getFirst();
                world.customers()
                        .annotate(customer, TenantOnboarding.CONSENT_RETURNED, application + "/2999-01-01T00:00:00Z");
                world.customers().revoke(customer, application);
                return () -> {};
            }),
            FaultKind.seconds(
                            "long-scopes",
                            Scope.ONE,
                            Hinders.NOTHING,
                            (world, random) -> surplus(world, random, 3, LONG_WORD))
                    .lasting(10, 20),
            FaultKind.seconds(
                            "many-grants",
                            Scope.ONE,
                            Hinders.NOTHING,
                            (world, random) -> surplus(world, random, MANY, 40))
                    .lasting(10, 20),
            FaultKind.seconds(
                            "many-endpoints",
                            Scope.ONE,
                            Hinders.NOTHING,
                            (world, random) -> hostile(
                                    world,
                                    random,
                                    6,
                                    IntStream.range(0, 20)
                                            .mapToObj(
                                                    "{name: e%d, url: 'https://*.example.com', plans: [basic]}"
                                                            ::formatted)
                                            .collect(Collectors.joining(", ", "[", "]")),
                                    ""))
                    .lasting(15, 30),
            FaultKind.seconds(
                            "endpoint-that-is-none",
                            Scope.ONE,
                            Hinders.NOTHING,
                            (world, random) -> hostile(
                                    world,
                                    random,
                                    1,
                                    "[{name: one, url: 'https://api.example.com/{tenant}', plans: [basic]}]",
                                    ""))
                    .lasting(15, 30),
            FaultKind.seconds(
                            "proxy-that-is-none",
                            Scope.ONE,
                            Hinders.NOTHING,
                            (world, random) -> hostile(
                                    world,
                                    random,
                                    1,
                                    "[{name: one, url: 'https://portal.heedify.io', plans: [basic]}]",
                                    "network: {proxy: {url: 'http://local host:1'}}"))
                    .lasting(15, 30),
            FaultKind.seconds("silent-proxy", Scope.ONE, Hinders.NOTHING, ObjectFaults::silentProxy)
                    .lasting(15, 30),
            FaultKind.seconds("selector-without-operator", Scope.ONE, Hinders.NOTHING, (world, random) -> {
                        String name = "hostile-" + random.nextInt(Integer.MAX_VALUE);
                        return created(world, catalog(world, name, "[]", "{matchExpressions: [{key: tier}]}", random));
                    })
                    .lasting(15, 30),
            FaultKind.seconds("requested-again-and-again", Scope.ONE, Hinders.NOTHING, (world, random) -> {
                Customer customer = customer(world, random);
                for (int i = 0; i < 30; i++) {
                    world.customers()
                            .annotate(customer, TenantOnboarding.RECONCILE_REQUESTED_AT, "request " + random.nextInt());
                    Pause.of(Duration.ofMillis(100));
                }
                return Ending.NONE;
            }),
            FaultKind.once("spec-changed-twice", Scope.ONE, (world, random) -> {
                Customer customer = customer(world, random);
                world.customers().license(customer, false);
                Pause.of(Duration.ofMillis(random.nextInt(150)));
                world.customers().license(customer, true);
                return Ending.NONE;
            }),
            FaultKind.seconds("suspended", Scope.ONE, Hinders.NOTHING, (world, random) -> {
                Customer customer = customer(world, random);
                world.customers().merge(customer, "{\"spec\":{\"suspend\":true}}");
                return () -> tolerating(() -> world.customers().merge(customer, "{\"spec\":{\"suspend\":false}}"));
            }));

    private ObjectFaults() {}

    private static Customer customer(World world, Random random) {
        Customer customer = world.customers().trouble(random);
        world.journal().note("it is " + customer);
        return customer;
    }

    /** The check of the one is under way, and ends when the other has the name. */
    private static Ending recreatedDuringCheck(World world, Random random) {
        Customer customer = customer(world, random);
        String fault = world.directory()
                .fail(Fault.on(RequestKind.BATCH, Effect.slow(Duration.ofSeconds(6)))
                        .inTenant(customer.tenantId()));
        world.customers().annotate(customer, TenantOnboarding.RECONCILE_REQUESTED_AT, "look " + random.nextInt());
        Pause.of(Duration.ofSeconds(2));
        world.customers().replace(customer, false);
        return () -> world.directory().withdraw(fault);
    }

    private static Ending namespaceTerminating(World world, Random random) {
        String name = "customers-leaving-" + random.nextInt(Integer.MAX_VALUE);
        world.client().resource(Customers.namespace(name)).create();
        Customer one = world.customers().create(name, "one", true);
        Customer other = world.customers().create(name, "other", false);
        Pause.of(Duration.ofSeconds(4));
        world.client().namespaces().withName(name).delete();
        tolerating(() -> world.customers().consent(other, other.applications().getFirst()));
        tolerating(() -> world.customers().revoke(one, one.applications().getFirst()));
        return () -> {
            world.customers().delete(one);
            world.customers().delete(other);
            finalized(world, name);
        };
    }

    /** Nobody but this empties a namespace of the sandbox. */
    private static void finalized(World world, String name) {
        Namespace namespace = world.client().namespaces().withName(name).get();
        if (namespace != null) {
            namespace.getSpec().setFinalizers(List.of());
            world.client().raw("/api/v1/namespaces/" + name + "/finalize", "PUT", namespace);
        }
    }

    /** Deleted and applied again; a consent goes meanwhile. */
    private static Ending catalogAway(World world, Random random) {
        ApplicationCatalog catalog = world.customers().catalog();
        world.client().resource(catalog).delete();
        Customer customer = customer(world, random);
        world.customers().revoke(customer, customer.applications().getFirst());
        return () -> world.client().resource(catalog).create();
    }

    private static Ending namespaceLabelAway(World world, Random random) {
        String name = Customers.NAMESPACES.get(random.nextInt(Customers.NAMESPACES.size()));
        var namespace = world.client().namespaces().withName(name);
        namespace.edit(it -> {
            it.getMetadata().getLabels().remove(ApiGroup.NAME + "/customer");
            return it;
        });
        return () -> namespace.edit(it -> it.edit()
                .editMetadata()
                .addToLabels(ApiGroup.NAME + "/customer", "true")
                .endMetadata()
                .build());
    }

    /** Another manager changes a part of a list, which server-side apply would replace as a whole. */
    private static void amendedByOthers(World world, Customer customer, String patch) {
        status(world, customer)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager("somebody-else")
                                .build(),
                        patch);
    }

    /** Another manager says something of a status. */
    private static void writtenByOthers(World world, Customer customer, String status) {
        status(world, customer)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("somebody-else")
                                .withForce(true)
                                .build(),
                        """
                        apiVersion: %s/%s
                        kind: TenantOnboarding
                        metadata: {name: %s, namespace: %s}
                        status: {observedGeneration: 1, %s}
                        """.formatted(ApiGroup.NAME, ApiGroup.VERSION, customer.name(), customer.namespace(), status));
    }

    private static EditReplacePatchable<GenericKubernetesResource> status(World world, Customer customer) {
        return world.client()
                .genericKubernetesResources(ApiGroup.NAME + "/" + ApiGroup.VERSION, "TenantOnboarding")
                .inNamespace(customer.namespace())
                .withName(customer.name())
                .subresource("status");
    }

    /** Grants that nobody asked for. */
    private static Ending surplus(World world, Random random, int count, int length) {
        Customer customer = customer(world, random);
        String api = "a11a9100-0000-4000-8000-%012x".formatted(random.nextInt(Integer.MAX_VALUE));
        List<String> scopes = IntStream.range(0, count)
                .mapToObj(it -> "s%d.".formatted(it) + "x".repeat(length))
                .toList();
        world.directory().defineResource(api, "Hostile", List.of(), scopes);
        world.directory().provisionResource(customer.tenantId(), api);
        String client = world.customers().clientId(customer.applications().getFirst());
        scopes.forEach(it -> world.directory().grant(customer.tenantId(), client, api, PermissionType.Delegated, it));
        return () -> world.directory().removeResource(customer.tenantId(), api);
    }

    /** Twenty endpoints behind a proxy that takes connections and never says a word. */
    private static Ending silentProxy(World world, Random random) throws IOException {
        ServerSocket proxy = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Ending gone = () -> {
            try {
                proxy.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        String endpoints = IntStream.range(0, 20)
                .mapToObj("{name: e%d, url: 'https://e%<d.heedify.io', plans: [basic]}"::formatted)
                .collect(Collectors.joining(", ", "[", "]"));
        return hostile(
                        world,
                        random,
                        1,
                        endpoints,
                        "network: {proxy: {url: 'http://127.0.0.1:%d'}}".formatted(proxy.getLocalPort()))
                .then(gone);
    }

    /** An onboarding of catalogs of its own, which nobody else is to notice. */
    private static Ending hostile(World world, Random random, int catalogs, String endpoints, String spec) {
        String tenant = world.customers().newTenant();
        String name = "hostile-" + random.nextInt(Integer.MAX_VALUE);
        Ending ending = Ending.NONE;
        StringBuilder licenses = new StringBuilder();
        for (int i = 0; i < catalogs; i++) {
            String catalog = name + "-" + i;
            ending = created(world, catalog(world, catalog, endpoints, "{matchLabels: {}}", random))
                    .then(ending);
            licenses.append("{catalog: %s, plans: [basic]}, ".formatted(catalog));
        }
        return created(world, """
                apiVersion: %s/%s
                kind: TenantOnboarding
                metadata: {name: %s, namespace: %s}
                spec:
                  tenantId: %s
                  licenses: [%s]
                  %s
                """.formatted(ApiGroup.NAME, ApiGroup.VERSION, name, HOSTILE, tenant, licenses, spec))
                .then(ending);
    }

    private static String catalog(World world, String name, String endpoints, String selector, Random random) {
        return """
                apiVersion: %s/%s
                kind: ApplicationCatalog
                metadata: {name: %s}
                spec:
                  publisher: Hostile
                  cloud: Custom
                  allowedNamespaces: {from: Selector, selector: %s}
                  verifier: {clientId: %s, credentialsRef: {name: heedify-verifier}}
                  applications:
                  - name: one
                    displayName: One
                    clientId: 0057113e-0000-4000-8000-%012x
                    permissions: [{resource: MicrosoftGraph, delegated: [User.Read]}]
                  plans: [{name: basic, displayName: Basic, applications: [one]}]
                  endpoints: %s
                """.formatted(
                        ApiGroup.NAME,
                        ApiGroup.VERSION,
                        name,
                        selector,
                        world.customers().catalog().getSpec().verifier().clientId(),
                        random.nextInt(Integer.MAX_VALUE),
                        endpoints);
    }

    /** Creates an object, if the API server takes it: refusing it is the better way to deal with it. */
    private static Ending created(World world, String yaml) {
        GenericKubernetesResource object =
                world.client().getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        try {
            world.client().resource(object).create();
            return () -> world.client().resource(object).delete();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 422) {
                throw e;
            }
            world.journal().note("refused: " + e.getMessage());
            return Ending.NONE;
        }
    }

    /** What may have been deleted meanwhile by another fault. */
    private static void tolerating(Runnable change) {
        try {
            change.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }
}

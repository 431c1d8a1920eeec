package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.File;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** A cluster as the owner of a kubeconfig sees it. What is refused is told with the right that would allow it. */
final class Cluster implements AutoCloseable {

    private static final long PAGE = 500;
    private static final String ONBOARDINGS = "tenantonboardings." + ApiGroup.NAME;
    private static final String CATALOGS = "applicationcatalogs." + ApiGroup.NAME;

    private final KubernetesClient client;

    Cluster(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Connects as kubectl does.
     *
     * @param kubeconfig another file than kubectl's own
     * @param context another context than the current one
     */
    static Cluster connect(Optional<Path> kubeconfig, Optional<String> context) {
        var config = kubeconfig
                .map(it -> Config.fromKubeconfig(context.orElse(null), readable(it)))
                .orElseGet(() -> Config.autoConfigure(context.orElse(null)));
        var found = Optional.ofNullable(config.getCurrentContext());
        context.filter(it ->
                        found.filter(current -> it.equals(current.getName())).isEmpty())
                .ifPresent(it -> {
                    throw new Refusal(
                            ExitCode.NOT_FOUND,
                            "The kubeconfig has no context " + it
                                    + ". kubectl config get-contexts lists those that it has.");
                });
        return new Cluster(new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new VertxHttpClientFactory())
                .build());
    }

    private static File readable(Path kubeconfig) {
        if (!Files.isReadable(kubeconfig)) {
            throw new Refusal(ExitCode.NOT_FOUND, "There is no kubeconfig " + kubeconfig + " that can be read.");
        }
        return kubeconfig.toFile();
    }

    /** The namespace of the context. */
    String namespace() {
        return Optional.ofNullable(client.getNamespace()).orElse("default");
    }

    List<TenantOnboarding> onboardings(Scope scope) {
        return ask(new Right("list", ONBOARDINGS, scope), () -> {
            var resources = client.resources(TenantOnboarding.class);
            return all(it -> scope.namespace()
                    .map(namespace -> resources.inNamespace(namespace).list(it))
                    .orElseGet(() -> resources.inAnyNamespace().list(it)));
        });
    }

    /** Those with labels, as kubectl takes a selector. */
    List<TenantOnboarding> selected(Scope scope, String selector) {
        return ask(new Right("list", ONBOARDINGS, scope), () -> {
            var resources = client.resources(TenantOnboarding.class);
            return all(it -> {
                it.setLabelSelector(selector);
                return scope.namespace()
                        .map(namespace -> resources.inNamespace(namespace).list(it))
                        .orElseGet(() -> resources.inAnyNamespace().list(it));
            });
        });
    }

    /** One, or all of the scope where no name is given. */
    List<TenantOnboarding> onboardings(Scope scope, Optional<String> name) {
        return name.map(it -> List.of(onboarding(scope, it))).orElseGet(() -> onboardings(scope));
    }

    TenantOnboarding onboarding(Scope scope, String name) {
        var namespace = scope.namespace()
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE, "A name is one of a namespace: give it with -n, and leave out -A."));
        return Optional.ofNullable(ask(
                        new Right("get", ONBOARDINGS, scope),
                        () -> client.resources(TenantOnboarding.class)
                                .inNamespace(namespace)
                                .withName(name)
                                .get()))
                .orElseThrow(() -> new Refusal(
                        ExitCode.NOT_FOUND,
                        "There is no TenantOnboarding " + name + " in the namespace " + namespace
                                + ". kubectl get tob -A lists all that there are."));
    }

    List<ApplicationCatalog> catalogs() {
        return ask(
                new Right("list", CATALOGS, Scope.everywhere()),
                () -> all(client.resources(ApplicationCatalog.class)::list));
    }

    /** The labels of each namespace. */
    Map<String, Map<String, String>> namespaces() {
        var labels = new TreeMap<String, Map<String, String>>();
        ask(new Right("list", "namespaces", Scope.everywhere()), () -> all(client.namespaces()::list))
                .forEach((Namespace it) -> labels.put(
                        it.getMetadata().getName(),
                        Optional.ofNullable(it.getMetadata().getLabels()).orElse(Map.of())));
        return labels;
    }

    /** Merges JSON into an onboarding. */
    void merge(TenantOnboarding onboarding, String json) {
        var metadata = onboarding.getMetadata();
        ask(
                new Right("patch", ONBOARDINGS, Scope.of(metadata.getNamespace())),
                () -> client.resources(TenantOnboarding.class)
                        .inNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .patch(PatchContext.of(PatchType.JSON_MERGE), json));
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T extends HasMetadata, L extends KubernetesResourceList<T>> List<T> all(
            Function<ListOptions, L> list) {
        var found = new ArrayList<T>();
        String next = null;
        do {
            var page = list.apply(
                    new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
            found.addAll(page.getItems());
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return found;
    }

    /** What RBAC calls what is asked for. */
    private record Right(String verb, String resource, Scope scope) {}

    private <T> T ask(Right right, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw refusal(right, e);
        }
    }

    private static String cause(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() + ".";
    }

    private Refusal refusal(Right right, KubernetesClientException failure) {
        var what = right.verb() + " " + right.resource() + " " + right.scope().told();
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new Refusal(
                        ExitCode.REFUSED,
                        "You may not " + what + ". Ask whoever administers the cluster for a role with the verb "
                                + right.verb() + " on " + right.resource()
                                + ", which the chart aggregates to view (list, get) and edit (patch). Whether you have"
                                + " it tells: kubectl auth can-i " + right.verb() + " " + right.resource() + " "
                                + right.scope().argument());
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new Refusal(
                        ExitCode.REFUSED,
                        "The API server " + client.getMasterUrl()
                                + " does not know you. Sign in again; kubectl auth whoami shows as whom you are known.");
            case HttpURLConnection.HTTP_BAD_REQUEST ->
                new Refusal(ExitCode.USAGE, "The API server does not understand what it was asked: " + cause(failure));
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new Refusal(
                        ExitCode.NOT_FOUND,
                        "The cluster at " + client.getMasterUrl() + " has no " + right.resource()
                                + ". Install the operator's chart, or choose another cluster with --context.");
            case HttpURLConnection.HTTP_GONE ->
                new Refusal(
                        ExitCode.FAILED,
                        "The list changed for so long while it was read that the API server gave it up. Try again.");
            default ->
                new Refusal(
                        ExitCode.FAILED,
                        "The API server " + client.getMasterUrl() + " did not " + what + ": " + cause(failure)
                                + " Look at the kubeconfig and its context, with which kubectl get tob has to work.");
        };
    }
}

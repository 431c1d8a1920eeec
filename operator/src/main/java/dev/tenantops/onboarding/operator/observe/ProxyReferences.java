package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.CaBundleReference;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads what a declared proxy refers to, in the onboarding's namespace. It reads at each check instead of watching, since
 * the operator has rights to single namespaces only.
 */
public final class ProxyReferences {

    /** A bundle of all public authorities has less than half of it. */
    private static final int LONGEST_BUNDLE = 512 * 1024;

    private static final int LONGEST_CREDENTIAL = 4 * 1024;

    /** The key of a proxy's Secret with the host and port that it is for. */
    private static final String HOST = "host";

    private final KubernetesClient client;

    /** The client has few connections, and what hangs here must not have all that wait for it. */
    private final Semaphore turns = new Semaphore(1, true);

    public ProxyReferences(KubernetesClient client) {
        this.client = client;
    }

    /** The declared proxy with what it refers to, or why it cannot be used. */
    public sealed interface Resolved {
        record Usable(ForwardProxy proxy) implements Resolved {}

        /**
         * @param message what is wrong with which object
         * @param next who does what about it
         */
        record NotReadable(String message, String next) implements Resolved {}

        /** Its URL is none. */
        record Invalid() implements Resolved {}
    }

    public Resolved read(String namespace, Proxy proxy) {
        try {
            var url = new URI(proxy.url());
            // Without a host nothing is dialled, and so nothing is read for it.
            var host = Authority.of(url);
            return new Resolved.Usable(new ForwardProxy(
                    url,
                    host.flatMap(to -> Optional.ofNullable(proxy.credentialsRef())
                            .map(it -> credentials(namespace, it.name(), to))),
                    Optional.ofNullable(proxy.caBundleRef()).map(it -> certificates(namespace, it))));
        } catch (UnreadableReference unreadable) {
            return new Resolved.NotReadable(unreadable.getMessage(), unreadable.next);
        } catch (URISyntaxException _) {
            return new Resolved.Invalid();
        }
    }

    /**
     * Whoever may write an onboarding may name any Secret of its namespace and any host, and need not be allowed to read
     * Secrets. So the Secret itself has to say that it is for a proxy, and for which.
     */
    private ForwardProxy.Credentials credentials(String namespace, String name, Authority to) {
        var secret = secret(namespace, name);
        if (!isFor(secret, to)) {
            throw new UnreadableReference(
                    "The Secret " + name + " does not say that it is for the proxy " + to
                            + ", by the label " + ApiGroup.PROXY_LABEL + "=true and the key " + HOST
                            + ", so its credentials are not sent there",
                    "If they belong to that proxy, have somebody who may change the Secret run: kubectl patch secret "
                            + name + " -n " + namespace + " --type=merge -p '{\"metadata\":{\"labels\":{\""
                            + ApiGroup.PROXY_LABEL + "\":\"true\"}},\"stringData\":{\"" + HOST + "\":\"" + to
                            + "\"}}'");
        }
        return ForwardProxy.Credentials.of(
                required(secret, "username", LONGEST_CREDENTIAL), required(secret, "password", LONGEST_CREDENTIAL));
    }

    private static boolean isFor(Secret secret, Authority to) {
        var labels = Optional.ofNullable(secret.getMetadata().getLabels()).orElse(Map.of());
        return "true".equals(labels.get(ApiGroup.PROXY_LABEL))
                && VerifierSecrets.value(secret, HOST)
                        .map(String::strip)
                        .filter(to.toString()::equalsIgnoreCase)
                        .isPresent();
    }

    private String certificates(String namespace, CaBundleReference reference) {
        var key = Optional.ofNullable(reference.key()).orElse("ca.crt");
        return switch (reference.kind()) {
            case null ->
                throw new UnreadableReference(
                        "spec.network.proxy.caBundleRef is of a kind that this version of the operator does not know",
                        "Write ConfigMap or Secret");
            case Secret -> required(secret(namespace, reference.name()), key, LONGEST_BUNDLE);
            case ConfigMap -> {
                var configMap = found(
                        () -> client.configMaps()
                                .inNamespace(namespace)
                                .withName(reference.name())
                                .get(),
                        ConfigMap.class,
                        namespace,
                        reference.name());
                yield Optional.ofNullable(configMap.getData())
                        .map(it -> it.get(key))
                        .map(it -> limited(it, "ConfigMap " + reference.name(), key, LONGEST_BUNDLE))
                        .orElseThrow(() -> new UnreadableReference(
                                "The ConfigMap " + reference.name() + " has no key " + key, "Add it"));
            }
        };
    }

    private Secret secret(String namespace, String name) {
        return found(
                () -> client.secrets().inNamespace(namespace).withName(name).get(), Secret.class, namespace, name);
    }

    private static String required(Secret secret, String key, int longest) {
        return VerifierSecrets.value(secret, key)
                .map(it -> limited(it, "Secret " + secret.getMetadata().getName(), key, longest))
                .orElseThrow(() -> new UnreadableReference(
                        "The Secret " + secret.getMetadata().getName() + " has no key " + key, "Add it"));
    }

    private static String limited(String value, String where, String key, int longest) {
        if (value.length() > longest) {
            throw new UnreadableReference(
                    "The key " + key + " of the " + where + " has " + value.length() + " characters, and " + longest
                            + " are taken at most",
                    "Shorten it");
        }
        return value;
    }

    private <T> T found(Supplier<T> get, Class<T> type, String namespace, String name) {
        if (name.isEmpty()) {
            throw new UnreadableReference(
                    "spec.network.proxy refers to a " + type.getSimpleName() + " without its name", "Add it");
        }
        T resource;
        try {
            resource = inTurn(get);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                var kind = type.getSimpleName();
                throw new UnreadableReference(
                        "The operator may not read the " + kind + " " + name + " in the namespace " + namespace,
                        "Have the operator's administrator list it in the chart's onboardingNamespaces ({namespace: "
                                + namespace + ", " + (type == Secret.class ? "secrets" : "configMaps") + ": ["
                                + name + "]}), or bind the operator's ServiceAccount there to a Role with the verb get"
                                + " on " + kind.toLowerCase(Locale.ROOT) + "s, for that name");
            }
            throw new UnreadableReference(
                    "The API server could not be asked for the " + type.getSimpleName() + " " + name + " (HTTP "
                            + e.getCode() + ")",
                    "Wait: the operator tries again");
        }
        if (resource == null) {
            throw new UnreadableReference(
                    "The namespace " + namespace + " has no " + type.getSimpleName() + " " + name,
                    "Create it, or correct spec.network.proxy");
        }
        return resource;
    }

    private <T> T inTurn(Supplier<T> get) {
        try {
            turns.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UnreadableReference(
                    "What spec.network.proxy refers to was not read", "Wait: the operator tries again");
        }
        try {
            return get.get();
        } finally {
            turns.release();
        }
    }

    private static final class UnreadableReference extends RuntimeException {
        private final String next;

        UnreadableReference(String message, String next) {
            super(message, null, false, false);
            this.next = next;
        }
    }
}

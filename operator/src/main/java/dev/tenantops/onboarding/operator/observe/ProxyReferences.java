package dev.tenantops.onboarding.operator.observe;

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

    private static final String AGAIN = "The operator tries again";

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
         * @param message what kept it from being read
         * @param next who does what about it
         */
        record NotReadable(String message, String next) implements Resolved {}

        /** Its URL is none. */
        record Invalid() implements Resolved {}
    }

    public Resolved read(String namespace, Proxy proxy) {
        try {
            return new Resolved.Usable(new ForwardProxy(
                    new URI(proxy.url()),
                    Optional.ofNullable(proxy.credentialsRef()).map(it -> credentials(namespace, it.name())),
                    Optional.ofNullable(proxy.caBundleRef()).map(it -> certificates(namespace, it))));
        } catch (UnreadableReference unreadable) {
            return new Resolved.NotReadable(unreadable.getMessage(), unreadable.next);
        } catch (URISyntaxException _) {
            return new Resolved.Invalid();
        }
    }

    private ForwardProxy.Credentials credentials(String namespace, String name) {
        var secret = secret(namespace, name);
        return new ForwardProxy.Credentials(
                required(secret, "username", LONGEST_CREDENTIAL), required(secret, "password", LONGEST_CREDENTIAL));
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
                throw new UnreadableReference(
                        "The operator may not read " + type.getSimpleName() + "s in the namespace " + namespace,
                        "Bind its ServiceAccount there to a Role with the verb get on "
                                + type.getSimpleName().toLowerCase(Locale.ROOT) + "s, for the name " + name);
            }
            throw new UnreadableReference(
                    "The API server could not be asked for the " + type.getSimpleName() + " " + name + " (HTTP "
                            + e.getCode() + ")",
                    AGAIN);
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
            throw new UnreadableReference("What spec.network.proxy refers to was not read", AGAIN);
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

package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.sandbox.Sandbox;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of a pod what a kubelet would hand to its container, for a process of this machine: variables, mounted files, the
 * memory limit, and a token of the ServiceAccount. Whatever else a pod can have it refuses.
 */
final class Kubelet {

    private static final long TOKEN_SECONDS = 6L * 3600;
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Sandbox sandbox;
    private final KubernetesClient client;

    Kubelet(Sandbox sandbox, KubernetesClient client) {
        this.sandbox = sandbox;
        this.client = client;
    }

    /** What the first container of a pod is started with. */
    Installation.Launch launch(PodTemplateSpec pod, String namespace, String name) {
        PodSpec spec = pod.getSpec();
        Container container = spec.getContainers().getFirst();
        Path folder = sandbox.directory().resolve("pods").resolve(name);
        Map<String, Path> mounts = mounts(spec, container, namespace, folder);
        Map<String, String> environment = new HashMap<>();
        container
                .getEnv()
                .forEach(it -> value(it, namespace, name)
                        .ifPresent(value -> environment.put(it.getName(), mounted(value, mounts))));
        environment.put("HOSTNAME", name);
        environment.put("KUBECONFIG", kubeconfig(spec.getServiceAccountName(), namespace, folder));
        return new Installation.Launch(memory(container), environment);
    }

    /** Puts all that a Secret holds into a folder. */
    static void mount(Sandbox sandbox, String namespace, String secret, Path folder) {
        try (KubernetesClient client = sandbox.newClient()) {
            write(folder, secret(client, namespace, secret), List.of());
        }
    }

    private Optional<String> value(EnvVar variable, String namespace, String name) {
        if (variable.getValueFrom() == null) {
            return Optional.of(Optional.ofNullable(variable.getValue()).orElse(""));
        }
        var field = variable.getValueFrom().getFieldRef();
        if (field != null) {
            return Optional.of(
                    switch (field.getFieldPath()) {
                        case "metadata.namespace" -> namespace;
                        case "metadata.name" -> name;
                        default -> throw unknown("the field " + field.getFieldPath());
                    });
        }
        var secret = variable.getValueFrom().getSecretKeyRef();
        if (secret == null) {
            throw unknown("the source of " + variable.getName());
        }
        byte[] value = secret(namespace, secret.getName()).get(secret.getKey());
        if (value == null && !Boolean.TRUE.equals(secret.getOptional())) {
            throw new IllegalStateException("the Secret %s has no key %s".formatted(secret.getName(), secret.getKey()));
        }
        return Optional.ofNullable(value).map(it -> new String(it, StandardCharsets.UTF_8));
    }

    /** The folders of this machine that stand for mounted objects, by the paths that they have in the container. */
    private Map<String, Path> mounts(PodSpec spec, Container container, String namespace, Path folder) {
        Map<String, Path> mounts = new HashMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = spec.getVolumes().stream()
                    .filter(it -> it.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow();
            if (volume.getEmptyDir() != null) {
                continue;
            }
            Path target = folder.resolve(volume.getName());
            if (volume.getConfigMap() != null) {
                Map<String, byte[]> content = new HashMap<>();
                client.configMaps()
                        .inNamespace(namespace)
                        .withName(volume.getConfigMap().getName())
                        .require()
                        .getData()
                        .forEach((key, value) -> content.put(key, value.getBytes(StandardCharsets.UTF_8)));
                write(target, content, volume.getConfigMap().getItems());
            } else if (volume.getSecret() != null) {
                write(
                        target,
                        secret(namespace, volume.getSecret().getSecretName()),
                        volume.getSecret().getItems());
            } else {
                throw unknown("the volume " + volume.getName());
            }
            mounts.put(mount.getMountPath(), target);
        }
        return mounts;
    }

    private Map<String, byte[]> secret(String namespace, String name) {
        return secret(client, namespace, name);
    }

    private static Map<String, byte[]> secret(KubernetesClient client, String namespace, String name) {
        Map<String, byte[]> values = new HashMap<>();
        client.secrets()
                .inNamespace(namespace)
                .withName(name)
                .require()
                .getData()
                .forEach((key, value) -> values.put(key, Base64.getDecoder().decode(value)));
        return values;
    }

    private static void write(Path target, Map<String, byte[]> content, List<KeyToPath> items) {
        try {
            Files.createDirectories(target);
            for (Map.Entry<String, byte[]> entry :
                    items.isEmpty() ? content.entrySet() : Set.<Map.Entry<String, byte[]>>of()) {
                Files.write(target.resolve(entry.getKey()), entry.getValue());
            }
            for (KeyToPath item : items) {
                Files.write(target.resolve(item.getPath()), content.get(item.getKey()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mounted(String value, Map<String, Path> mounts) {
        return mounts.entrySet().stream()
                .filter(it -> value.equals(it.getKey()) || value.startsWith(it.getKey() + "/"))
                .findFirst()
                .map(it -> it.getValue() + value.substring(it.getKey().length()))
                .orElse(value);
    }

    /** A kubeconfig with nothing but the ServiceAccount's token. */
    private String kubeconfig(String serviceAccount, String namespace, Path folder) {
        String token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TOKEN_SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config config = YAML.unmarshal(sandbox.apiServer().kubeconfig(), Config.class);
        config.getUsers()
                .forEach(it -> it.setUser(new AuthInfoBuilder().withToken(token).build()));
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve("kubeconfig"), YAML.asYaml(config))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java runtime takes a container's limit for all the memory that there is. */
    private static List<String> memory(Container container) {
        return Optional.ofNullable(container.getResources())
                .map(ResourceRequirements::getLimits)
                .map(it -> it.get("memory"))
                .map(Quantity::getNumericalAmount)
                .map(it -> List.of("-XX:MaxRAM=" + it.toBigInteger()))
                .orElse(List.of());
    }

    private static IllegalStateException unknown(String what) {
        return new IllegalStateException("the sandbox cannot give a pod " + what);
    }
}

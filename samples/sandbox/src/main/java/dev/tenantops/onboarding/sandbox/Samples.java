package dev.tenantops.onboarding.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogs and onboardings under {@code samples/}, as they are written there.
 *
 * @param namespaces the customers' namespaces
 */
public record Samples(
        List<ApplicationCatalog> catalogs, List<Namespace> namespaces, List<TenantOnboarding> onboardings) {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /**
     * Reads them from the repository that the process was started in, or in a folder of.
     *
     * @throws IllegalStateException when the working directory is outside the repository
     */
    public static Samples load() {
        Path samples = repository().resolve("samples");
        List<ApplicationCatalog> catalogs = new ArrayList<>();
        List<Namespace> namespaces = new ArrayList<>();
        List<TenantOnboarding> onboardings = new ArrayList<>();
        for (String document : documents(samples.resolve("catalogs"), samples.resolve("onboardings"))) {
            String kind = tree(document).path("kind").asText();
            switch (kind) {
                case "ApplicationCatalog" -> catalogs.add(YAML.unmarshal(document, ApplicationCatalog.class));
                case "Namespace" -> namespaces.add(YAML.unmarshal(document, Namespace.class));
                case "TenantOnboarding" -> onboardings.add(YAML.unmarshal(document, TenantOnboarding.class));
                default -> throw new IllegalStateException("samples hold a " + kind + ", which nobody applies");
            }
        }
        return new Samples(List.copyOf(catalogs), List.copyOf(namespaces), List.copyOf(onboardings));
    }

    /** The same samples in the simulated cloud, with the customers' proxy where they have one. */
    public Samples inCustomCloud(URI proxy) {
        return new Samples(
                catalogs.stream().map(Samples::inCustomCloud).toList(),
                namespaces,
                onboardings.stream().map(it -> throughProxy(it, proxy)).toList());
    }

    /** The definitions of the API's resources, from the class path. */
    public static List<CustomResourceDefinition> definitions() {
        return Stream.of("applicationcatalogs", "tenantonboardings")
                .map(plural -> definition("/crds/" + plural + ".onboarding.tenantops.dev-v1.yml"))
                .toList();
    }

    /** The root of the repository. */
    public static Path repository() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("samples/catalogs"))) {
                return folder;
            }
        }
        throw new IllegalStateException(start + " is not in the repository; start from there");
    }

    private static CustomResourceDefinition definition(String resource) {
        try (InputStream input = Samples.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return YAML.unmarshal(input, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApplicationCatalog inCustomCloud(ApplicationCatalog catalog) {
        ObjectNode tree = YAML.convertValue(catalog, ObjectNode.class);
        tree.withObject("/spec").put("cloud", "Custom");
        return YAML.convertValue(tree, ApplicationCatalog.class);
    }

    private static TenantOnboarding throughProxy(TenantOnboarding onboarding, URI proxy) {
        ObjectNode tree = YAML.convertValue(onboarding, ObjectNode.class);
        if (tree.at("/spec/network/proxy") instanceof ObjectNode declared) {
            declared.put("url", proxy.toString());
        }
        return YAML.convertValue(tree, TenantOnboarding.class);
    }

    private static List<String> documents(Path... folders) {
        List<String> documents = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(it -> it.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    documents.addAll(List.of(Files.readString(file).split("(?m)^---$")));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return documents;
    }

    private static JsonNode tree(String document) {
        return YAML.unmarshal(document, JsonNode.class);
    }
}

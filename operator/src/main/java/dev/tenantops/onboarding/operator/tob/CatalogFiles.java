package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads catalogs from manifests, among which may be others: what {@code kustomize build} prints will do. */
final class CatalogFiles {

    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---.*$");
    private static final String KIND = "ApplicationCatalog";

    private final KubernetesSerialization yaml = new KubernetesSerialization();

    /** @param name a file, a folder of such, or {@code -} for standard input */
    List<ApplicationCatalog> read(String name) throws IOException {
        if (name.equals("-")) {
            return parse("standard input", text("standard input", System.in));
        }
        var path = Path.of(name);
        if (Files.isDirectory(path)) {
            var catalogs = new ArrayList<ApplicationCatalog>();
            try (var files = Files.walk(path)) {
                for (Path it : files.filter(CatalogFiles::isManifest)
                        .filter(file -> !isHidden(path.relativize(file)))
                        .sorted()
                        .toList()) {
                    catalogs.addAll(read(it.toString()));
                }
            }
            return catalogs;
        }
        if (!Files.isReadable(path)) {
            throw new Refusal(ExitCode.NOT_FOUND, "There is no file " + name + " that can be read.");
        }
        try (var input = Files.newInputStream(path)) {
            return parse(name, text(name, input));
        }
    }

    List<ApplicationCatalog> parse(String name, String manifests) {
        return SEPARATOR
                .splitAsStream(manifests)
                .filter(it -> it.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .flatMap(it -> catalog(name, it))
                .toList();
    }

    private Stream<ApplicationCatalog> catalog(String name, String document) {
        try {
            var any = yaml.unmarshal(document, GenericKubernetesResource.class);
            if (any == null || !KIND.equals(any.getKind())) {
                return Stream.empty();
            }
            if (any.getMetadata() == null || any.getMetadata().getName() == null) {
                throw new Refusal(ExitCode.INVALID_INPUT, "An " + KIND + " in " + name + " has no metadata.name.");
            }
            return Stream.of(yaml.unmarshal(document, ApplicationCatalog.class));
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new Refusal(
                    ExitCode.INVALID_INPUT,
                    name + " holds something that is no manifest: "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage()));
        }
    }

    /** As what a mounted ConfigMap is made of, whose files stand in the folder once more. */
    private static boolean isHidden(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .anyMatch(it -> it.toString().startsWith("."));
    }

    private static boolean isManifest(Path file) {
        var name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }

    private static String text(String name, InputStream input) throws IOException {
        var bytes = input.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Refusal(ExitCode.INVALID_INPUT, name + " has more than 64 MiB.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

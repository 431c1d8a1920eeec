package dev.tenantops.onboarding.sandbox.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files under {@code samples/gitops}. */
final class GitOpsSamples {

    static final Path FOLDER = Samples.repository().resolve("samples/gitops");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private GitOpsSamples() {}

    static String text(String file) {
        return text(FOLDER.resolve(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        return YAML.unmarshal(text(file), JsonNode.class);
    }

    static JsonNode yaml(String text) {
        return YAML.unmarshal(text, JsonNode.class);
    }

    /** All files of a name under a folder, in the order of their paths. */
    static List<Path> files(String folder, String name) {
        try (Stream<Path> files = Files.walk(FOLDER.resolve(folder))) {
            return files.filter(it -> it.getFileName().toString().equals(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

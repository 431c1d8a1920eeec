package dev.tenantops.onboarding.operator.tob;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder of manifests, ready for Git. What is the same is not written, so that a second run changes nothing. */
final class ManifestFolder {

    private static final String KUSTOMIZATION = "kustomization.yaml";

    private final Path folder;

    ManifestFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What became of the files.
     *
     * @param left files of earlier imports whose customers are no longer listed
     */
    record Outcome(int written, int unchanged, List<String> left) {}

    /**
     * Writes manifests and the kustomization that lists them. Each file is replaced as a whole, the list last.
     *
     * @param manifests by the file's path in the folder, sorted
     * @param prune whether to remove files of earlier imports that are not among them
     */
    Outcome write(Map<String, String> manifests, boolean prune) throws IOException {
        var foreign = manifests.keySet().stream()
                .filter(it -> !isOurs(folder.resolve(it)))
                .toList();
        if (!isOurs(folder.resolve(KUSTOMIZATION)) || !foreign.isEmpty()) {
            throw new Refusal(
                    ExitCode.INVALID_INPUT,
                    (foreign.isEmpty() ? KUSTOMIZATION : foreign.getFirst()) + " in " + folder
                            + " was not written by an import and would be overwritten. Nothing was written: choose"
                            + " another folder with --out, or move it away.");
        }
        var left = left(manifests);
        var written = 0;
        for (Map.Entry<String, String> it : manifests.entrySet()) {
            written += replace(it.getKey(), it.getValue()) ? 1 : 0;
        }
        var unchanged = manifests.size() - written;
        replace(KUSTOMIZATION, CustomerManifest.kustomization(List.copyOf(manifests.keySet())));
        if (prune) {
            for (String it : left) {
                Files.delete(folder.resolve(it));
            }
        }
        return new Outcome(written, unchanged, left);
    }

    private List<String> left(Map<String, String> manifests) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var left = new ArrayList<String>();
        try (var files = Files.walk(folder, 2)) {
            for (Path it : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = folder.relativize(it).toString().replace('\\', '/');
                if (name.endsWith(".yaml")
                        && !name.equals(KUSTOMIZATION)
                        && !manifests.containsKey(name)
                        && isOurs(it)) {
                    left.add(name);
                }
            }
        }
        return left;
    }

    /** What is not there yet may be written, too. */
    private static boolean isOurs(Path file) {
        try {
            return Files.notExists(file)
                    || (Files.isRegularFile(file) && Files.readString(file).startsWith(CustomerManifest.MARK));
        } catch (IOException _) {
            return false;
        }
    }

    private boolean replace(String name, String content) throws IOException {
        var file = folder.resolve(name);
        if (Files.exists(file) && Files.readString(file).equals(content)) {
            return false;
        }
        Files.createDirectories(file.getParent());
        var complete = Files.createTempFile(file.getParent(), ".import-", ".tmp");
        try {
            Files.writeString(complete, content);
            try {
                Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException _) {
                Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(complete);
        }
        return true;
    }
}

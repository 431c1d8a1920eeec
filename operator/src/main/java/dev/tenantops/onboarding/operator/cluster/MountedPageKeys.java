package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.operator.consent.PageKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The keys of the links as files of a mounted Secret, one for each entry. The kubelet swaps the folder when the Secret
 * changes, so it is read anew every few seconds that somebody asks in.
 */
public final class MountedPageKeys {

    private static final Logger LOG = Logger.getLogger(MountedPageKeys.class);
    private static final Duration COUNTS = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 4096;
    private static final int LONGEST_NAME = 60;

    private final Path folder;
    private final InstantSource clock;
    private PageKeys keys = PageKeys.NONE;
    private Optional<Instant> read = Optional.empty();
    private Set<String> told = Set.of();

    public MountedPageKeys(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** The keys as they are there now; none where the folder is missing or holds none. */
    public synchronized PageKeys keys() {
        var now = clock.instant();
        if (read.filter(it -> !now.isBefore(it) && now.isBefore(it.plus(COUNTS)))
                .isEmpty()) {
            read = Optional.of(now);
            look();
        }
        return keys;
    }

    private void look() {
        var mistakes = new TreeSet<String>();
        try {
            keys = PageKeys.of(secrets(mistakes), Set.of());
            if (keys.isEmpty()) {
                mistakes.add(
                        "holds no key, so no page can be shown. Mount the Secret of onboarding.page.key-secret there;"
                                + " the operator creates it where it is missing.");
            }
        } catch (IOException | UncheckedIOException e) {
            // As it is in the middle of a swap. What was there counts until the next look.
            mistakes.add("cannot be read, so what was there before counts: "
                    + e.getClass().getSimpleName() + ". If this does not end, look at the pod's volumes.");
        }
        mistakes.stream()
                .filter(it -> !told.contains(it))
                .forEach(it -> LOG.warnf("The folder %s with the keys of the pages' links %s", folder, it));
        told = mistakes;
    }

    private Map<Integer, byte[]> secrets(Set<String> mistakes) throws IOException {
        var secrets = new HashMap<Integer, byte[]>();
        if (!Files.isDirectory(folder)) {
            return secrets;
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(it -> !name(it).startsWith(".")).toList()) {
                var number = PageKeys.number(name(file));
                var size = Files.size(file);
                if (number.isPresent() && size >= PageKeys.LEAST_BYTES && size <= MOST_BYTES) {
                    secrets.put(number.get(), Files.readAllBytes(file));
                } else {
                    mistakes.add("has an entry " + shortened(name(file)) + " of " + size
                            + " bytes, which is left out. A key is called key-<number> and has " + PageKeys.LEAST_BYTES
                            + " to " + MOST_BYTES + " bytes.");
                }
            }
        }
        // One that is swapped between its length and its content.
        secrets.values().removeIf(it -> it.length < PageKeys.LEAST_BYTES);
        return secrets;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    }
}

package dev.tenantops.onboarding.sandbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where it was measured. */
record Machine(String processor, int processors, long memoryMib, String kernel) {

    private static final Path PROC = Path.of("/proc");

    static Machine here() {
        if (!Files.isReadable(PROC.resolve("stat"))) {
            throw new IllegalStateException("make bench reads /proc, so it needs Linux");
        }
        return new Machine(
                field("cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
                System.getProperty("os.version"));
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(PROC.resolve(file)).stream()
                    .filter(it -> it.startsWith(name))
                    .map(it -> it.substring(it.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

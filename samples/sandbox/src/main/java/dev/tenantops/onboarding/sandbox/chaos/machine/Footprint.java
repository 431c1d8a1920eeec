package dev.tenantops.onboarding.sandbox.chaos.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes up.
 *
 * @param mebibytes resident
 * @param sockets open ones
 */
public record Footprint(long mebibytes, long threads, long sockets) {

    public static final Footprint NOTHING = new Footprint(0, 0, 0);

    /** Nothing where the system does not tell. */
    public static Footprint of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        return new Footprint(
                field(process, "VmRSS:") / 1024, field(process, "Threads:"), sockets(process.resolve("fd")));
    }

    public Footprint max(Footprint other) {
        return new Footprint(
                Math.max(mebibytes, other.mebibytes),
                Math.max(threads, other.threads),
                Math.max(sockets, other.sockets));
    }

    private static long field(Path process, String name) {
        try {
            return Files.readAllLines(process.resolve("status")).stream()
                    .filter(it -> it.startsWith(name))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long sockets(Path descriptors) {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.filter(Footprint::isSocket).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }
}

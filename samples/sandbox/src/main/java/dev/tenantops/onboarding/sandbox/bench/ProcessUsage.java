package dev.tenantops.onboarding.sandbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process takes up, and has used since it started, as Linux tells.
 *
 * @param cpu user and system time
 * @param childrenCpu that of children that have ended
 * @param residentKib resident memory now
 * @param peakKib the most that it ever was
 */
record ProcessUsage(Duration cpu, Duration childrenCpu, long residentKib, long peakKib, long threads) {

    private static final long MILLIS_PER_TICK = 10;
    private static final String SOCKET = "socket:[";

    static ProcessUsage of(long pid) {
        Path process = folder(pid);
        List<String> fields = fieldsAfterName(process.resolve("stat"));
        List<String> status = lines(process.resolve("status"));
        return new ProcessUsage(
                ticks(fields, 11).plus(ticks(fields, 12)),
                ticks(fields, 13).plus(ticks(fields, 14)),
                field(status, "VmRSS:"),
                field(status, "VmHWM:"),
                field(status, "Threads:"));
    }

    /** How many connections the process has to this port of anybody's. */
    static int connections(long pid, int port) {
        Set<String> own = sockets(pid);
        String remote = ":%04X".formatted(port);
        return Math.toIntExact(Stream.of("tcp", "tcp6")
                .flatMap(it -> lines(folder(pid).resolve("net").resolve(it)).stream())
                .map(it -> it.strip().split("\\s+"))
                .filter(it -> it.length > 9 && it[2].endsWith(remote) && own.contains(it[9]))
                .count());
    }

    /** How many sockets the process has, whatever for. */
    static int connections(long pid) {
        return sockets(pid).size();
    }

    private static Set<String> sockets(long pid) {
        try (Stream<Path> open = Files.list(folder(pid).resolve("fd"))) {
            return open.map(ProcessUsage::target)
                    .filter(it -> it.startsWith(SOCKET))
                    .map(it -> it.substring(SOCKET.length(), it.length() - 1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A descriptor may be closed while they are listed. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    /** The name may contain anything. */
    private static List<String> fieldsAfterName(Path stat) {
        String line = lines(stat).getFirst();
        return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
    }

    private static Duration ticks(List<String> fields, int index) {
        return Duration.ofMillis(Long.parseLong(fields.get(index)) * MILLIS_PER_TICK);
    }

    private static long field(List<String> status, String name) {
        return status.stream()
                .filter(it -> it.startsWith(name))
                .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}

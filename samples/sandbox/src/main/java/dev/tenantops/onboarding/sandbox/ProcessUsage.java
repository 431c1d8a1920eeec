package dev.tenantops.onboarding.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used.
 *
 * @param cpu user and system time since it started
 * @param residentKilobytes its resident memory now; 0 where the system does not tell
 */
record ProcessUsage(Duration cpu, long residentKilobytes) {

    static ProcessUsage of(ProcessHandle process) {
        Duration cpu = process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("process " + process.pid() + " has ended"));
        return new ProcessUsage(cpu, residentKilobytes(process.pid()));
    }

    private static long residentKilobytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(it -> it.startsWith("VmRSS:"))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}

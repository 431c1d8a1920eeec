package dev.tenantops.onboarding.sandbox.chaos.machine;

import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** One of the places where a replica of the operator runs, one process after the other. Thread-safe. */
public final class Replica {

    /** What the operator calls the cloud, and the API server. */
    public static final String CLOUD_HOST = "localhost";

    public static final String API_HOST = "kubernetes.sandbox";

    private final String place;
    private final Path folder;
    private final Set<String> unknown = new TreeSet<>();
    private int failedProbes;
    private int pods;
    private String pod;
    private OperatorProcess process;
    private boolean frozen;
    private boolean ready;
    private Duration clock = Duration.ZERO;
    private long startedAt;

    /** @param folder for its files */
    Replica(String place, Path folder) {
        this.place = place;
        this.folder = folder;
        newPod();
        writeHosts();
        write("clock", "+0\n");
    }

    /** Its name at the gateway. */
    public String place() {
        return place;
    }

    Path hosts() {
        return folder.resolve("hosts");
    }

    Path clockFile() {
        return folder.resolve("clock");
    }

    Path folder() {
        return folder;
    }

    /** The name that it has in the lease. */
    public synchronized String pod() {
        return pod;
    }

    public synchronized void newPod() {
        pod = "operator-" + place + "-" + ++pods;
    }

    synchronized void started(OperatorProcess next) {
        if (process != null) {
            process.close();
        }
        process = next;
        frozen = false;
        ready = false;
        failedProbes = 0;
        startedAt = System.nanoTime();
    }

    /** The process that runs, or ran. */
    public synchronized OperatorProcess process() {
        return process;
    }

    public synchronized boolean running() {
        return process != null && process.exitCode().isEmpty();
    }

    public synchronized boolean frozen() {
        return frozen;
    }

    public synchronized long startedAt() {
        return startedAt;
    }

    synchronized boolean ready() {
        return ready && running();
    }

    synchronized void ready(boolean now) {
        ready = now;
    }

    /** A liveness probe passed or failed; says how many failed in a row. */
    synchronized int lives(boolean passed) {
        failedProbes = passed ? 0 : failedProbes + 1;
        return failedProbes;
    }

    public synchronized void freeze() {
        if (running()) {
            process.freeze();
            frozen = true;
        }
    }

    public synchronized void thaw() {
        if (frozen) {
            process.thaw();
            frozen = false;
        }
    }

    public synchronized void kill() {
        if (running()) {
            process.kill();
        }
    }

    /** How far its clock is ahead. */
    synchronized Duration clock() {
        return clock;
    }

    public synchronized void clock(Duration ahead) {
        clock = ahead;
        write("clock", "%+d%n".formatted(ahead.toSeconds()));
    }

    /** Whether it can resolve a name. */
    public synchronized void resolves(String host, boolean known) {
        if (known) {
            unknown.remove(host);
        } else {
            unknown.add(host);
        }
        writeHosts();
    }

    private void writeHosts() {
        StringBuilder hosts = new StringBuilder();
        for (String host : new String[] {CLOUD_HOST, API_HOST}) {
            if (!unknown.contains(host)) {
                hosts.append("127.0.0.1 ").append(host).append('\n');
            }
        }
        write("hosts", hosts.toString());
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(folder);
            Path next = Files.writeString(folder.resolve(file + ".next"), text);
            Files.move(next, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

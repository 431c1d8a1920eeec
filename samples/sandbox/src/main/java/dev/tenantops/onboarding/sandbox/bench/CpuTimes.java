package dev.tenantops.onboarding.sandbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What everybody has used of the machine's processors.
 *
 * @param simulator the simulated cloud: this process without the threads that measure
 * @param harness the threads that measure, and the kubectl that they run
 * @param busy everything on this machine
 */
record CpuTimes(
        Duration operator, Duration apiServer, Duration etcd, Duration simulator, Duration harness, Duration busy) {

    private static final long MILLIS_PER_TICK = 10;

    /** Fields of /proc/stat that count time in which nothing was to do. */
    private static final List<Integer> IDLE = List.of(3, 4);

    /** The last two are counted in the first two already. */
    private static final int FIELDS = 8;

    static CpuTimes now(long operator, long apiServer, long etcd, HarnessThreads threads) {
        ProcessUsage self = ProcessUsage.of(ProcessHandle.current().pid());
        Duration measuring = threads.cpu();
        return new CpuTimes(
                ProcessUsage.of(operator).cpu(),
                ProcessUsage.of(apiServer).cpu(),
                ProcessUsage.of(etcd).cpu(),
                self.cpu().minus(measuring),
                measuring.plus(self.childrenCpu()),
                machine());
    }

    CpuTimes since(CpuTimes before) {
        return new CpuTimes(
                operator.minus(before.operator),
                apiServer.minus(before.apiServer),
                etcd.minus(before.etcd),
                simulator.minus(before.simulator),
                harness.minus(before.harness),
                busy.minus(before.busy));
    }

    /** Of processes that have no part in it. */
    Duration others() {
        return busy.minus(operator)
                .minus(apiServer)
                .minus(etcd)
                .minus(simulator)
                .minus(harness);
    }

    private static Duration machine() {
        try {
            List<Long> ticks = Arrays.stream(
                            Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +"))
                    .skip(1)
                    .limit(FIELDS)
                    .map(Long::parseLong)
                    .toList();
            long busy = 0;
            for (int field = 0; field < ticks.size(); field++) {
                busy += IDLE.contains(field) ? 0 : ticks.get(field);
            }
            return Duration.ofMillis(busy * MILLIS_PER_TICK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

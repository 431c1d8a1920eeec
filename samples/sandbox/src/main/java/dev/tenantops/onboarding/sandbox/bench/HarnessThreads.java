package dev.tenantops.onboarding.sandbox.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The threads of this process that measure; all others are the simulated cloud's. */
final class HarnessThreads {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Thread> started = new CopyOnWriteArrayList<>(List.of(Thread.currentThread()));

    Thread start(String name, Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("bench-" + name).start(work);
        started.add(thread);
        return thread;
    }

    /** What those have used that still run. */
    Duration cpu() {
        return Duration.ofNanos(started.stream()
                .mapToLong(it -> Math.max(0, threads.getThreadCpuTime(it.threadId())))
                .sum());
    }
}

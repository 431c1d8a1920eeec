package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.OperatorProcess;

/**
 * The operator from its start to its end.
 *
 * @param begun when it was started, of {@link System#nanoTime}
 */
record OperatorRun(OperatorProcess process, long begun) implements AutoCloseable {

    long pid() {
        return process.pid();
    }

    ProcessUsage usage() {
        return ProcessUsage.of(pid());
    }

    /** Ends it as a kubelet does, so that the next one need not wait for its lease. */
    @Override
    public void close() {
        process.close();
    }
}

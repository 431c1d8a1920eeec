package dev.tenantops.onboarding.sandbox.bench;

import java.time.Duration;

/**
 * Processor time in milliseconds for each check, by who spent it.
 *
 * @param others processes that have no part in it
 */
record CpuShares(double operator, double apiServer, double etcd, double simulator, double harness, double others) {

    static CpuShares of(CpuTimes cpu, long checks) {
        return new CpuShares(
                each(cpu.operator(), checks),
                each(cpu.apiServer(), checks),
                each(cpu.etcd(), checks),
                each(cpu.simulator(), checks),
                each(cpu.harness(), checks),
                each(cpu.others(), checks));
    }

    double all() {
        return operator + apiServer + etcd + simulator + harness + others;
    }

    private static double each(Duration time, long checks) {
        return checks == 0 ? 0 : (double) time.toMillis() / checks;
    }
}

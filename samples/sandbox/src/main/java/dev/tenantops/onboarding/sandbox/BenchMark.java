package dev.tenantops.onboarding.sandbox;

import dev.tenantops.onboarding.sandbox.microsoft.RequestKind;
import dev.tenantops.onboarding.sandbox.microsoft.RequestLog;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;

/**
 * Counters at one moment.
 *
 * @param nanos of {@link System#nanoTime}
 * @param operator what its process has used
 * @param checks batches: once a tenant is known, a check is one
 * @param requests every request to login and Graph, each batch as one
 * @param items requests inside batches
 * @param resourceUnits what Graph would have charged
 * @param statusWrites writes of onboardings
 * @param revision the API server's, which moves with each write of anything
 */
record BenchMark(
        long nanos,
        ProcessUsage operator,
        long checks,
        long requests,
        long items,
        long resourceUnits,
        long statusWrites,
        long revision) {

    static BenchMark take(OperatorSandbox stage, OnboardingWatch watch) {
        RequestLog log = stage.sandbox().microsoft().requests();
        long batches = log.count(RequestKind.BATCH);
        return new BenchMark(
                System.nanoTime(),
                ProcessUsage.of(ProcessHandle.of(stage.operator().pid()).orElseThrow()),
                batches,
                batches
                        + log.count(RequestKind.GRAPH)
                        + log.count(RequestKind.TOKEN)
                        + log.count(RequestKind.DISCOVERY),
                log.count(RequestKind.BATCH_ITEM),
                log.resourceUnits(),
                watch.writes(),
                Long.parseLong(stage.client()
                        .namespaces()
                        .list(new ListOptionsBuilder().withLimit(1L).build())
                        .getMetadata()
                        .getResourceVersion()));
    }
}

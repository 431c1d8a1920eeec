package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;

/** Counts what came of probes. */
@Singleton
public class ProbeMetrics {

    /** Of a probe that ended nowhere. */
    private static final String NONE = "";

    private final MeterRegistry registry;

    public ProbeMetrics(MeterRegistry registry) {
        this.registry = registry;
        counter("Reachable", NONE, NONE);
        counter("NotProven", NONE, NONE);
        counter("Unfinished", NONE, NONE);
    }

    /** The same probe, with its results counted. */
    public NetworkProbe counting(NetworkProbe probe) {
        return (target, caller) -> {
            var result = counted(probe, target, caller);
            switch (result) {
                case ProbeResult.Reachable _ -> counter("Reachable", NONE, NONE).increment();
                case ProbeResult.NotProven _ -> counter("NotProven", NONE, NONE).increment();
                case ProbeResult.Unfinished _ ->
                    counter("Unfinished", NONE, NONE).increment();
                case ProbeResult.Unreachable it ->
                    counter("Unreachable", it.stage().name(), it.reason().name())
                            .increment();
            }
            return result;
        };
    }

    private ProbeResult counted(NetworkProbe probe, ProbeTarget target, ProbeCaller caller) {
        try {
            return probe.probe(target, caller);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            counter("Unfinished", NONE, NONE).increment();
            throw e;
        }
    }

    private Counter counter(String outcome, String stage, String reason) {
        return Counter.builder(Metric.PROBES.series())
                .description(Metric.PROBES.help())
                .tags("outcome", outcome, "stage", stage, "reason", reason)
                .register(registry);
    }
}

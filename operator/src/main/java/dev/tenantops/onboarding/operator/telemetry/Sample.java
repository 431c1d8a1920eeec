package dev.tenantops.onboarding.operator.telemetry;

import java.util.List;

/**
 * One value of a metric.
 *
 * @param labels the values of its labels, in their order
 */
public record Sample(Metric metric, List<String> labels, double value) {

    public Sample {
        labels = List.copyOf(labels);
    }

    static Sample of(Metric metric, double value, String... labels) {
        return new Sample(metric, List.of(labels), value);
    }
}

package dev.tenantops.onboarding.sandbox.bench;

import java.util.Collection;
import java.util.List;

/** The middle and the bad end of measurements. */
record Quantiles(double median, double p99, double worst) {

    static Quantiles of(Collection<Double> samples) {
        if (samples.isEmpty()) {
            return new Quantiles(0, 0, 0);
        }
        List<Double> sorted = samples.stream().sorted().toList();
        return new Quantiles(at(sorted, 0.5), at(sorted, 0.99), sorted.getLast());
    }

    private static double at(List<Double> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}

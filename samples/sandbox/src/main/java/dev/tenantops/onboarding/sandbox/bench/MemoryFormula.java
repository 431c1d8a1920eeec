package dev.tenantops.onboarding.sandbox.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How much memory so many onboardings take: a line through the smallest and the largest size that were measured, after the
 * first sweep and after everything that came later, whatever was more.
 *
 * @param baseMib without any
 * @param kibEach for each onboarding
 */
record MemoryFormula(long baseMib, long kibEach) {

    /** A heap is filled before it is collected, and a pod that is out of memory is killed. */
    private static final double LIMIT = 1.6;

    private static final int STEP = 10;

    /** Nothing where a line has but one point. */
    static Optional<MemoryFormula> of(BenchResult result) {
        Sweep smallest = result.sweeps().getFirst();
        Sweep largest = result.largest();
        if (smallest.onboardings() == largest.onboardings()) {
            return Optional.empty();
        }
        double least = residentMib(result, smallest);
        double each =
                Math.max(0, (residentMib(result, largest) - least) / (largest.onboardings() - smallest.onboardings()));
        return Optional.of(new MemoryFormula(
                (long) Math.ceil((least - each * smallest.onboardings()) / STEP) * STEP,
                (long) Math.ceil(1024 * each)));
    }

    /** The most that the operator was seen to have with this many. */
    static double residentMib(BenchResult result, Sweep sweep) {
        DoubleStream after = Stream.of(result.full(), result.slow())
                .filter(it -> it != null && it.onboardings() == sweep.onboardings())
                .mapToDouble(it -> it.operator().residentMib());
        DoubleStream ofHour = Stream.ofNullable(result.hour())
                .filter(_ -> sweep == result.largest())
                .mapToDouble(it -> it.end().residentMib());
        return DoubleStream.concat(DoubleStream.of(sweep.residentMib()), DoubleStream.concat(after, ofHour))
                .max()
                .orElseThrow();
    }

    /** What a pod should ask for. */
    long requestMib(int onboardings) {
        return roundedUp(baseMib + kibEach * onboardings / 1024.0);
    }

    long limitMib(int onboardings) {
        return roundedUp(LIMIT * (baseMib + kibEach * onboardings / 1024.0));
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "`requests.memory` is %d MiB and %d KiB for each onboarding, `limits.memory` %.1f times that: %dMi and %dMi for"
                        + " 1,000, %dMi and %dMi for 10,000.",
                baseMib,
                kibEach,
                LIMIT,
                requestMib(1000),
                limitMib(1000),
                requestMib(10_000),
                limitMib(10_000));
    }

    private static long roundedUp(double mebibytes) {
        return (long) Math.ceil(mebibytes / STEP) * STEP;
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.traffic;

import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was asked of the simulator since it started or was last reset. Thread-safe. */
public final class RequestLog {

    private final Map<Answer, LongAdder> answers = new ConcurrentHashMap<>();
    private final Map<TenantRequests, LongAdder> byTenant = new ConcurrentHashMap<>();
    private final LongAdder resourceUnits = new LongAdder();

    private record Answer(RequestKind kind, int status) {}

    private record TenantRequests(RequestKind kind, String tenantId) {}

    void record(RequestKind kind, String tenantId, int status) {
        answers.computeIfAbsent(new Answer(kind, status), key -> new LongAdder())
                .increment();
        if (tenantId != null) {
            byTenant.computeIfAbsent(new TenantRequests(kind, tenantId), key -> new LongAdder())
                    .increment();
        }
    }

    public void spend(int units) {
        resourceUnits.add(units);
    }

    /** How many requests of this kind were answered, whatever the answer. A dropped connection counts as status 0. */
    public long count(RequestKind kind) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == kind)
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    public long count(RequestKind kind, int status) {
        return sum(answers.get(new Answer(kind, status)));
    }

    public long count(RequestKind kind, String tenantId) {
        return sum(byTenant.get(new TenantRequests(kind, tenantId)));
    }

    /** What Graph would have charged for the reads, in its resource units. */
    public long resourceUnits() {
        return resourceUnits.sum();
    }

    /** Counters by kind and status, such as {@code TOKEN 200}. */
    public Map<String, Long> counters() {
        Map<String, Long> counters = new TreeMap<>();
        for (Entry<Answer, LongAdder> entry : answers.entrySet()) {
            counters.put(
                    entry.getKey().kind() + " " + entry.getKey().status(),
                    entry.getValue().sum());
        }
        return counters;
    }

    public void reset() {
        answers.clear();
        byTenant.clear();
        resourceUnits.reset();
    }

    private static long sum(LongAdder adder) {
        return adder == null ? 0 : adder.sum();
    }
}

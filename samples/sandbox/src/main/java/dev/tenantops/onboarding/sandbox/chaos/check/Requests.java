package dev.tenantops.onboarding.sandbox.chaos.check;

import dev.tenantops.onboarding.sandbox.chaos.customer.Customer;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often the cloud is asked, in all and for each tenant. */
public final class Requests {

    private static final List<RequestKind> KINDS =
            List.of(RequestKind.TOKEN, RequestKind.DISCOVERY, RequestKind.GRAPH, RequestKind.BATCH);

    private final RequestLog log;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Map<String, Looks> looks = new HashMap<>();

    private record Sample(long at, long total) {}

    private record Looks(long count, long last) {}

    Requests(RequestLog log) {
        this.log = log;
    }

    /** Counts. */
    synchronized void sample(long now, List<Customer> customers) {
        samples.addLast(new Sample(now, KINDS.stream().mapToLong(log::count).sum()));
        while (now - samples.getFirst().at() > 600_000_000_000L) {
            samples.removeFirst();
        }
        for (Customer customer : customers) {
            long count = KINDS.stream()
                    .mapToLong(it -> log.count(it, customer.tenantId()))
                    .sum();
            Looks before = looks.get(customer.tenantId());
            if (before == null || before.count() != count) {
                looks.put(customer.tenantId(), new Looks(count, now));
            }
        }
    }

    /** When a tenant was asked last, or when it was first heard of. */
    synchronized long lastLook(Customer customer, long otherwise) {
        Looks seen = looks.get(customer.tenantId());
        return seen == null ? otherwise : seen.last();
    }

    /** The highest rate a second over {@link Allowances#STORM} within a time. */
    public synchronized double highest(long from, long to) {
        double highest = 0;
        for (Sample begin : samples) {
            if (begin.at() < from) {
                continue;
            }
            for (Sample end : samples) {
                if (end.at() > to || end.at() - begin.at() < Allowances.STORM.toNanos()) {
                    continue;
                }
                highest = Math.max(highest, (end.total() - begin.total()) * 1e9 / (end.at() - begin.at()));
                break;
            }
        }
        return highest;
    }
}

package dev.tenantops.onboarding.sandbox.chaos.customer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One customer and what is true of its tenant. Times are of {@link System#nanoTime}. Thread-safe.
 *
 * <p>What gets better counts from before the change, what gets worse from after it.
 */
public final class Customer {

    private final String namespace;
    private final String name;
    private final String tenantId;
    private final Map<String, Consent> consents = new LinkedHashMap<>();
    private List<String> applications;
    private boolean everComplete;
    private long incompleteSince = System.nanoTime();
    private long completeSince;

    /** @param applications that its licences bring */
    public Customer(String namespace, String name, String tenantId, List<String> applications) {
        this.namespace = namespace;
        this.name = name;
        this.tenantId = tenantId;
        this.applications = List.copyOf(applications);
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    public String key() {
        return namespace + "/" + name;
    }

    public String tenantId() {
        return tenantId;
    }

    public synchronized List<String> applications() {
        return applications;
    }

    synchronized void license(List<String> next) {
        applications = List.copyOf(next);
        judge();
    }

    public synchronized Consent consent(String application) {
        return consents.getOrDefault(application, Consent.NEVER);
    }

    /** Does what makes it true, at the right moment. */
    public synchronized void set(String application, Consent consent, Runnable change) {
        if (consent == Consent.GRANTED) {
            consents.put(application, consent);
            judge();
            change.run();
        } else {
            change.run();
            consents.put(application, consent);
            judge();
        }
    }

    private void judge() {
        if (complete()) {
            if (incompleteSince != Long.MIN_VALUE) {
                completeSince = System.nanoTime();
            }
            everComplete = true;
            incompleteSince = Long.MIN_VALUE;
        } else if (incompleteSince == Long.MIN_VALUE) {
            incompleteSince = System.nanoTime();
        }
    }

    /** Whether all that the licences bring is granted. */
    public synchronized boolean complete() {
        return applications.stream().allMatch(it -> consent(it) == Consent.GRANTED);
    }

    public synchronized boolean everComplete() {
        return everComplete;
    }

    /** Since when something is missing; empty while nothing is. */
    public synchronized OptionalLong incompleteSince() {
        return incompleteSince == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(incompleteSince);
    }

    /** Since when nothing is missing; empty while something is. */
    public synchronized OptionalLong completeSince() {
        return incompleteSince == Long.MIN_VALUE ? OptionalLong.of(completeSince) : OptionalLong.empty();
    }

    @Override
    public synchronized String toString() {
        return "%s (tenant %s, licensed %s, really %s)".formatted(key(), tenantId, applications, consents);
    }
}

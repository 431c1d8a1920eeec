package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.UnaryOperator;

/** A tenant: its present state, and as much of its past as lagging replicas show. Thread-safe. */
public final class Tenant {

    private final String id;
    private final String displayName;
    private final String domain;
    private final Deque<Past> past = new ArrayDeque<>();
    private volatile TenantState state;
    private volatile TenantHome home = TenantHome.HERE;

    private record Past(TenantState state, Instant until) {}

    Tenant(String id, String displayName, String domain) {
        this.id = id;
        this.displayName = displayName;
        this.domain = domain;
        this.state = TenantState.empty(id);
    }

    public String id() {
        return id;
    }

    public String displayName() {
        return displayName;
    }

    public String domain() {
        return domain;
    }

    public TenantState state() {
        return state;
    }

    public TenantHome home() {
        return home;
    }

    void move(TenantHome newHome) {
        home = newHome;
    }

    synchronized void update(Instant now, Duration remember, UnaryOperator<TenantState> change) {
        TenantState changed = change.apply(state);
        Instant oldest = now.minus(remember);
        past.removeIf(entry -> entry.until().isBefore(oldest));
        if (!remember.isZero()) {
            past.addLast(new Past(state, now));
        }
        state = changed;
    }

    synchronized TenantState stateAt(Instant moment) {
        Iterator<Past> entries = past.iterator();
        while (entries.hasNext()) {
            Past entry = entries.next();
            if (moment.isBefore(entry.until())) {
                return entry.state();
            }
        }
        return state;
    }
}

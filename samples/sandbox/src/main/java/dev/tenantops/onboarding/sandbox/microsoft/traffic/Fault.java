package dev.tenantops.onboarding.sandbox.microsoft.traffic;

import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import java.util.Objects;

/**
 * Something that goes wrong on purpose.
 *
 * @param id withdraws it again; null lets the directory choose one
 * @param kind which requests it hits
 * @param tenantId the tenant whose requests it hits, or null for all
 * @param path where a Graph path has to start, without {@code /v1.0}; {@code *} stands for anything, so that
 *     <code>&#42;/appRoleAssignments</code> hits the assignments of every application. Null for every path.
 * @param times how many requests it hits before it is gone, or 0 for no end
 */
public record Fault(String id, RequestKind kind, String tenantId, String path, int times, Effect effect) {

    public Fault {
        tenantId = tenantId == null ? null : Guid.require("tenantId", tenantId);
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(effect, "effect");
        if (times < 0) {
            throw new IllegalArgumentException("times must not be negative, but is " + times);
        }
    }

    /** A fault that hits every request of this kind until it is withdrawn. */
    public static Fault on(RequestKind kind, Effect effect) {
        return new Fault(null, kind, null, null, 0, effect);
    }

    public Fault inTenant(String tenant) {
        return new Fault(id, kind, tenant, path, times, effect);
    }

    public Fault onPath(String start) {
        return new Fault(id, kind, tenantId, start, times, effect);
    }

    public Fault times(int count) {
        return new Fault(id, kind, tenantId, path, count, effect);
    }

    public Fault named(String name) {
        return new Fault(name, kind, tenantId, path, times, effect);
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants of the simulated cloud, by id and by domain. Thread-safe. */
public final class Tenants {

    private final Map<String, Tenant> byId = new ConcurrentHashMap<>();
    private final Map<String, Tenant> byDomain = new ConcurrentHashMap<>();

    void add(Tenant tenant) {
        if (byId.putIfAbsent(tenant.id(), tenant) != null) {
            throw new IllegalArgumentException("Tenant " + tenant.id() + " exists already");
        }
        byDomain.putIfAbsent(tenant.domain(), tenant);
    }

    void remove(Tenant tenant) {
        byId.remove(tenant.id());
        byDomain.remove(tenant.domain(), tenant);
    }

    public Optional<Tenant> find(String idOrDomain) {
        String key = idOrDomain.toLowerCase(Locale.ROOT);
        Tenant found = byId.get(key);
        return Optional.ofNullable(found != null ? found : byDomain.get(key));
    }

    public Tenant require(String idOrDomain) {
        return find(idOrDomain)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No tenant " + idOrDomain + " exists; create it with createTenant"));
    }

    public Collection<Tenant> all() {
        return byId.values();
    }

    /** The initial domain that a tenant of this name gets: its own where another has it already. */
    String domainFor(String tenantId, String displayName) {
        String name = displayName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String domain = (name.isEmpty() ? "tenant" : name) + ".onmicrosoft.com";
        return byDomain.containsKey(domain) ? tenantId.replace("-", "") + domain : domain;
    }
}

package dev.tenantops.onboarding.sandbox.chaos.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request to the API server, as its authorization sees it.
 *
 * @param replica who asks
 * @param method of HTTP
 * @param group of the API; empty for the core
 * @param resource such as {@code tenantonboardings}; empty for what is no resource, such as {@code /version}
 * @param subresource such as {@code status}, or empty
 * @param namespace or empty
 * @param name of the object, or empty
 * @param watch whether it asks for events
 */
public record ApiRequest(
        String replica,
        String method,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        boolean watch) {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** @param query as in the URL, or null */
    static ApiRequest of(String replica, String method, String path, String query) {
        boolean watch = query != null && List.of(query.split("&")).contains("watch=true");
        List<String> parts = Arrays.stream(path.split("/"))
                .filter(it -> !it.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        String root = parts.isEmpty() ? "" : parts.removeFirst();
        String group = "";
        if (root.equals("apis") && !parts.isEmpty()) {
            group = parts.removeFirst();
        }
        if (!Set.of("api", "apis").contains(root) || parts.size() < 2) {
            return new ApiRequest(replica, method, group, "", "", "", "", false);
        }
        parts.removeFirst();
        String namespace = "";
        if (parts.size() > 2 && parts.getFirst().equals("namespaces")) {
            parts.removeFirst();
            namespace = parts.removeFirst();
        }
        return new ApiRequest(
                replica,
                method,
                group,
                parts.getFirst(),
                parts.size() > 2 ? parts.get(2) : "",
                namespace,
                parts.size() > 1 ? parts.get(1) : "",
                watch);
    }

    public boolean isWrite() {
        return WRITES.contains(method);
    }

    public boolean isRead() {
        return !isWrite();
    }

    public boolean isStatusWrite() {
        return isWrite() && subresource.equals("status");
    }

    public boolean isEvent() {
        return isWrite() && resource.equals("events");
    }

    public boolean isLease() {
        return resource.equals("leases");
    }
}

package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.api.PermissionType;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What was read of a publisher's own tenant.
 *
 * @param registrations by client id (lower case), an entry for each one asked for
 * @param resources the APIs by appId (lower case); one without an entry has no service principal in that tenant, so that
 *     its permissions have no names there
 */
public record PublisherObservation(Map<String, Seen> registrations, Map<String, ResourceServicePrincipal> resources) {

    public PublisherObservation {
        registrations = Map.copyOf(registrations);
        resources = Map.copyOf(resources);
    }

    /** What was seen of one registration. */
    public sealed interface Seen {

        /**
         * It is there. Source: https://learn.microsoft.com/graph/api/resources/application
         *
         * @param multiTenant whether other organizations' tenants may consent to it
         * @param replyUrls of all its platforms, as registered
         * @param requested the permissions that {@code .default} asks for
         */
        record Present(boolean multiTenant, Set<String> replyUrls, Set<Requested> requested) implements Seen {

            public Present {
                replyUrls = Set.copyOf(replyUrls);
                requested = Set.copyOf(requested);
            }
        }

        /** It is in the recycle bin, where it stays for 30 days. */
        record Deleted(Instant at) implements Seen {}

        /** It is in neither. */
        record Absent() implements Seen {}
    }

    /** A permission that a registration requests: its API's appId and its own id, in lower case. */
    public record Requested(String resourceAppId, PermissionType type, String id) {}
}

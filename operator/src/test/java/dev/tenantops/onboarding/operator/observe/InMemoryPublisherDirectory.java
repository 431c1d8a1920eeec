package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Requested;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One publisher's tenant for tests of what lies behind the port. {@link PublisherDirectoryContract} holds it to what the
 * real one does.
 */
public final class InMemoryPublisherDirectory implements PublisherDirectory {

    private final Clock clock;
    private final Map<String, Seen> registrations = new HashMap<>();
    private final Map<String, Seen.Present> bin = new HashMap<>();
    private final Map<String, ResourceServicePrincipal> apis = new HashMap<>();
    private final List<PublisherQuery> queries = new ArrayList<>();
    private Supplier<Optional<Failure>> failure = Optional::empty;

    public InMemoryPublisherDirectory(Clock clock) {
        this.clock = clock;
    }

    /** Defines what an API offers. Ids derive from the values. */
    public synchronized void defineApi(String appId, Set<String> appRoles, Set<String> scopes) {
        apis.put(
                appId,
                new ResourceServicePrincipal(
                        id("api " + appId),
                        appId,
                        true,
                        Reading.of(PermissionDefinitions.of(
                                definitions(appId, PermissionType.Application, appRoles),
                                definitions(appId, PermissionType.Delegated, scopes)))));
    }

    public synchronized void register(
            String clientId, Set<String> replyUrls, String resourceAppId, Map<String, PermissionType> permissions) {
        registrations.put(
                clientId,
                new Seen.Present(
                        true,
                        replyUrls,
                        permissions.entrySet().stream()
                                .map(it -> new Requested(
                                        resourceAppId,
                                        it.getValue(),
                                        permissionId(resourceAppId, it.getValue(), it.getKey())))
                                .collect(Collectors.toSet())));
    }

    public synchronized void close(String clientId) {
        var present = (Seen.Present) registrations.get(clientId);
        registrations.put(clientId, new Seen.Present(false, present.replyUrls(), present.requested()));
    }

    public synchronized void delete(String clientId) {
        bin.put(clientId, (Seen.Present) registrations.get(clientId));
        registrations.put(clientId, new Seen.Deleted(clock.instant()));
    }

    public synchronized void restore(String clientId) {
        registrations.put(clientId, bin.remove(clientId));
    }

    /** It is gone, also from the recycle bin. */
    public synchronized void purge(String clientId) {
        registrations.remove(clientId);
    }

    /** From now on each reading asks for its failure. */
    public synchronized void fail(Supplier<Optional<Failure>> failures) {
        failure = failures;
    }

    public synchronized int readings() {
        return queries.size();
    }

    @Override
    public synchronized Reading<PublisherObservation> registrations(PublisherQuery query) {
        queries.add(query);
        var failed = failure.get();
        if (failed.isPresent()) {
            return Reading.failed(failed.get());
        }
        var seen = new HashMap<String, Seen>();
        query.clientIds().forEach(it -> seen.put(it, registrations.getOrDefault(it, new Seen.Absent())));
        var resources = new HashMap<>(apis);
        resources.keySet().retainAll(query.resources());
        return Reading.of(new PublisherObservation(seen, resources));
    }

    private static List<PermissionDefinition> definitions(String appId, PermissionType type, Set<String> values) {
        return values.stream()
                .map(it -> new PermissionDefinition(permissionId(appId, type, it), it, true))
                .toList();
    }

    private static String permissionId(String appId, PermissionType type, String value) {
        return id(appId + type + value);
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}

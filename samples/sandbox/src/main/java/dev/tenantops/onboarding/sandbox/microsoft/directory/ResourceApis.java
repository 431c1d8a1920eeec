package dev.tenantops.onboarding.sandbox.microsoft.directory;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The APIs that exist in the simulated cloud. Thread-safe. */
public final class ResourceApis {

    /** The tenant in which Microsoft registered its own APIs. */
    static final String MICROSOFT_TENANT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    private final Map<String, ResourceApi> byAppId = new ConcurrentHashMap<>();

    private ResourceApis() {}

    /** What a tenant of Microsoft 365 knows: Graph, Exchange Online and Azure Communication Services. */
    static ResourceApis microsoft365() {
        ResourceApis apis = new ResourceApis();
        try (InputStream file = ResourceApis.class.getResourceAsStream("resource-apis.json")) {
            Json.MAPPER.readValue(file, new TypeReference<List<ApiEntry>>() {}).stream()
                    .map(ApiEntry::api)
                    .forEach(apis::define);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return apis;
    }

    void define(ResourceApi api) {
        byAppId.put(api.appId(), api);
    }

    /** Defines an API whose permissions have ids that derive from their values. */
    void define(String appId, String displayName, List<String> roles, List<String> scopes) {
        List<PermissionDefinition> permissions = new ArrayList<>();
        roles.forEach(value -> permissions.add(definition(appId, PermissionType.Application, value)));
        scopes.forEach(value -> permissions.add(definition(appId, PermissionType.Delegated, value)));
        define(new ResourceApi(appId, displayName, List.of("api://" + appId), permissions));
    }

    void retire(String appId, PermissionType type, String value) {
        ResourceApi api = require(appId);
        PermissionDefinition retired = require(appId, type, value).retired();
        define(api.with(api.permissions().stream()
                .map(held -> held.type() == type && held.id().equals(retired.id()) ? retired : held)
                .toList()));
    }

    void pad(String appId, int roles, int scopes) {
        ResourceApi api = require(appId);
        List<PermissionDefinition> permissions = new ArrayList<>(api.permissions());
        for (int n = 0; n < roles; n++) {
            permissions.add(definition(appId, PermissionType.Application, "Filler" + n + ".ReadWrite.All"));
        }
        for (int n = 0; n < scopes; n++) {
            permissions.add(definition(appId, PermissionType.Delegated, "Filler" + n + ".ReadWrite.All"));
        }
        define(api.with(permissions));
    }

    public Optional<ResourceApi> find(String appId) {
        return Optional.ofNullable(byAppId.get(appId));
    }

    public ResourceApi require(String appId) {
        return find(appId)
                .orElseThrow(() -> new IllegalArgumentException("No API with the appId " + appId
                        + " is defined; define it with defineResource, or correct the id"));
    }

    PermissionDefinition require(String appId, PermissionType type, String value) {
        ResourceApi api = require(appId);
        return api.find(type, value)
                .orElseThrow(() -> new IllegalArgumentException(
                        api.displayName() + " defines no " + type + " permission " + value + "; correct the value"));
    }

    /**
     * The API that an identifier URI or appId names. Graph also goes by the simulator's own address, which is what a
     * client of a private cloud names.
     *
     * @param origin the simulator's address as the request has it
     */
    public Optional<ResourceApi> named(String resource, String origin) {
        return resource.equalsIgnoreCase(origin) ? find(WellKnownResources.MICROSOFT_GRAPH) : named(resource);
    }

    private Optional<ResourceApi> named(String resource) {
        return byAppId.values().stream().filter(api -> api.isNamed(resource)).findFirst();
    }

    private static PermissionDefinition definition(String appId, PermissionType type, String value) {
        return new PermissionDefinition(ObjectIds.guid(appId, type.name(), value), type, value, value, true, true);
    }

    private record ApiEntry(
            String appId,
            String displayName,
            List<String> identifierUris,
            List<RoleEntry> roles,
            List<ScopeEntry> scopes) {

        ResourceApi api() {
            return new ResourceApi(
                    appId,
                    displayName,
                    identifierUris,
                    new ArrayList<>(Stream.concat(
                                    roles.stream().map(RoleEntry::definition),
                                    scopes.stream().map(ScopeEntry::definition))
                            .toList()));
        }
    }

    private record RoleEntry(String value, String id, String displayName) {
        PermissionDefinition definition() {
            return new PermissionDefinition(id, PermissionType.Application, value, displayName, true, true);
        }
    }

    private record ScopeEntry(String value, String id, String displayName, boolean adminOnly) {
        PermissionDefinition definition() {
            return new PermissionDefinition(id, PermissionType.Delegated, value, displayName, adminOnly, true);
        }
    }
}

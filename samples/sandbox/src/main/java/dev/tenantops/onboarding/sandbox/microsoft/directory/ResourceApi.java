package dev.tenantops.onboarding.sandbox.microsoft.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An API that defines permissions. Its JSON is written once, since Graph repeats it in every tenant. */
public final class ResourceApi {

    private final String appId;
    private final String displayName;
    private final List<String> identifierUris;
    private final Map<String, PermissionDefinition> roles;
    private final Map<String, PermissionDefinition> scopes;
    private final String appRolesJson;
    private final String scopesJson;

    ResourceApi(
            String appId,
            String displayName,
            List<String> identifierUris,
            Collection<PermissionDefinition> permissions) {
        this.appId = Guid.require("appId", appId);
        this.displayName = displayName;
        this.identifierUris = List.copyOf(identifierUris);
        this.roles = byValue(permissions, PermissionType.Application);
        this.scopes = byValue(permissions, PermissionType.Delegated);
        this.appRolesJson = json(roles.values(), ResourceApi::writeRole);
        this.scopesJson = json(scopes.values(), ResourceApi::writeScope);
    }

    ResourceApi with(Collection<PermissionDefinition> permissions) {
        return new ResourceApi(appId, displayName, identifierUris, permissions);
    }

    public String appId() {
        return appId;
    }

    public String displayName() {
        return displayName;
    }

    public List<String> identifierUris() {
        return identifierUris;
    }

    public String appRolesJson() {
        return appRolesJson;
    }

    public String scopesJson() {
        return scopesJson;
    }

    List<PermissionDefinition> permissions() {
        List<PermissionDefinition> all = new ArrayList<>(roles.values());
        all.addAll(scopes.values());
        return all;
    }

    /** Entra ID matches values without regard to case and keeps the spelling of the definition. */
    public Optional<PermissionDefinition> find(PermissionType type, String value) {
        return Optional.ofNullable(definitions(type).get(value.toLowerCase(Locale.ROOT)));
    }

    /** The role's value, or the id where the API does not define it (any more). */
    public String roleValue(String roleId) {
        return roles.values().stream()
                .filter(role -> role.id().equals(roleId))
                .map(PermissionDefinition::value)
                .findFirst()
                .orElse(roleId);
    }

    /** Whether a scope's resource part, such as {@code https://graph.microsoft.com}, means this API. */
    boolean isNamed(String resource) {
        String plain = resource.endsWith("/") ? resource.substring(0, resource.length() - 1) : resource;
        return plain.equalsIgnoreCase(appId) || identifierUris.stream().anyMatch(plain::equalsIgnoreCase);
    }

    private Map<String, PermissionDefinition> definitions(PermissionType type) {
        return type == PermissionType.Application ? roles : scopes;
    }

    private static Map<String, PermissionDefinition> byValue(
            Collection<PermissionDefinition> permissions, PermissionType type) {
        Map<String, PermissionDefinition> byValue = new TreeMap<>();
        for (PermissionDefinition permission : permissions) {
            if (permission.type() == type) {
                byValue.put(permission.value().toLowerCase(Locale.ROOT), permission);
            }
        }
        return byValue;
    }

    private static String json(Collection<PermissionDefinition> permissions, PermissionWriter writer) {
        return new String(
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (PermissionDefinition permission : permissions) {
                        writer.write(json, permission);
                    }
                    json.writeEndArray();
                }),
                StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface PermissionWriter {
        void write(JsonGenerator json, PermissionDefinition permission) throws IOException;
    }

    private static void writeRole(JsonGenerator json, PermissionDefinition role) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("allowedMemberTypes");
        json.writeString("Application");
        json.writeEndArray();
        json.writeStringField("description", role.displayName());
        json.writeStringField("displayName", role.displayName());
        json.writeStringField("id", role.id());
        json.writeBooleanField("isEnabled", role.enabled());
        json.writeStringField("origin", "Application");
        json.writeStringField("value", role.value());
        json.writeEndObject();
    }

    private static void writeScope(JsonGenerator json, PermissionDefinition scope) throws IOException {
        json.writeStartObject();
        json.writeStringField("adminConsentDescription", scope.displayName());
        json.writeStringField("adminConsentDisplayName", scope.displayName());
        json.writeStringField("id", scope.id());
        json.writeBooleanField("isEnabled", scope.enabled());
        json.writeStringField("type", scope.adminOnly() ? "Admin" : "User");
        json.writeStringField("userConsentDescription", scope.displayName());
        json.writeStringField("userConsentDisplayName", scope.displayName());
        json.writeStringField("value", scope.value());
        json.writeEndObject();
    }
}

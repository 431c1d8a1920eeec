package dev.tenantops.onboarding.sandbox.microsoft.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A JSON body whose mistakes are told to the person who sent it. */
record ControlBody(JsonNode json) {

    static ControlBody read(byte[] bytes) {
        try {
            return new ControlBody(bytes.length == 0 ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(bytes));
        } catch (IOException e) {
            throw new IllegalArgumentException("The body is not JSON: " + firstLine(e), e);
        }
    }

    String text(String name) {
        String value = optionalText(name);
        if (value == null) {
            throw new IllegalArgumentException("The body lacks " + name);
        }
        return value;
    }

    String optionalText(String name) {
        return json.path(name).isTextual() ? json.path(name).asText() : null;
    }

    List<String> texts(String name) {
        List<String> values = new ArrayList<>();
        json.path(name).forEach(value -> values.add(value.asText()));
        return values;
    }

    PermissionType type() {
        return type(json);
    }

    <T> T object(Class<T> type) {
        return convert(json, type);
    }

    <T> T object(String name, Class<T> type) {
        return convert(json.path(name), type);
    }

    ApplicationRegistration registration() {
        List<RequestedPermission> permissions = new ArrayList<>();
        for (JsonNode permission : json.path("permissions")) {
            permissions.add(new RequestedPermission(
                    permission.path("resource").asText(),
                    type(permission),
                    permission.path("value").asText()));
        }
        String publisher = optionalText("publisherTenantId");
        return new ApplicationRegistration(
                text("clientId"),
                optionalText("displayName"),
                publisher == null ? ObjectIds.guid("publisher", text("clientId")) : publisher,
                permissions,
                texts("redirectUris"),
                Set.copyOf(texts("secrets")));
    }

    void behave(Behaviour behaviour) {
        if (json.has("tokenLifetimeSeconds")) {
            behaviour.tokenLifetime(
                    Duration.ofSeconds(json.path("tokenLifetimeSeconds").asLong()));
        }
        if (json.has("pageSize")) {
            behaviour.pageSize(json.path("pageSize").asInt());
        }
        if (json.has("replicaLagSeconds")) {
            behaviour.replicaLags(seconds("replicaLagSeconds"));
        }
        if (json.has("credentialLagSeconds")) {
            behaviour.credentialLags(seconds("credentialLagSeconds"));
        }
        if (json.has("riskyApplications")) {
            behaviour.riskyApplications(json.path("riskyApplications").asBoolean());
        }
    }

    private Duration[] seconds(String list) {
        List<Duration> lags = new ArrayList<>();
        json.path(list).forEach(lag -> lags.add(Duration.ofSeconds(lag.asLong())));
        return lags.toArray(Duration[]::new);
    }

    private static PermissionType type(JsonNode permission) {
        String type = permission.path("type").asText();
        return Arrays.stream(PermissionType.values())
                .filter(value -> value.name().equals(type))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("type must be Delegated or Application, but is '" + type + "'"));
    }

    private static <T> T convert(JsonNode node, Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body does not fit: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return e.getMessage().lines().findFirst().orElse("");
    }
}

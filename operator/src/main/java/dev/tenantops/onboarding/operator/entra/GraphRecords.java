package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantops.onboarding.operator.entra.GraphCollections.Entry;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DeletedServicePrincipal;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** The records that are read now and then, each from an answer that is one object. */
final class GraphRecords {

    private GraphRecords() {}

    /** @param appId the application's client id, in lower case */
    record DeletedItem(String appId, DeletedServicePrincipal servicePrincipal) {}

    static DeletedItem deletedItem(JsonParser json) throws IOException {
        String id = null;
        String appId = null;
        String deleted = null;
        GraphEntries.requireEntry(json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = GraphEntries.text(json);
                case "appId" -> appId = GraphEntries.text(json);
                case "deletedDateTime" -> deleted = GraphEntries.text(json);
                default -> json.skipChildren();
            }
        }
        return new DeletedItem(
                GraphEntries.guid("appId", appId),
                new DeletedServicePrincipal(
                        GraphEntries.guid("id", id),
                        OffsetDateTime.parse(GraphEntries.require("deletedDateTime", deleted))
                                .toInstant()));
    }

    static PermissionDefinitions definitions(JsonParser json) throws IOException {
        List<PermissionDefinition> appRoles = null;
        List<PermissionDefinition> scopes = null;
        GraphEntries.requireEntry(json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "appRoles" -> appRoles = list(json, GraphRecords::definition);
                case "oauth2PermissionScopes" -> scopes = list(json, GraphRecords::definition);
                default -> json.skipChildren();
            }
        }
        return PermissionDefinitions.of(
                GraphEntries.require("appRoles", appRoles), GraphEntries.require("oauth2PermissionScopes", scopes));
    }

    /** @param named the ids of the app roles that are to be named; one that the API withdrew has no name any more */
    static OtherResource otherResource(JsonParser json, Set<String> named) throws IOException {
        String appId = null;
        List<PermissionDefinition> appRoles = null;
        GraphEntries.requireEntry(json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "appId" -> appId = GraphEntries.text(json);
                case "appRoles" -> appRoles = list(json, GraphRecords::definition);
                default -> json.skipChildren();
            }
        }
        var values = new HashMap<String, String>();
        named.forEach(it -> values.put(it, ""));
        if (!named.isEmpty()) {
            GraphEntries.require("appRoles", appRoles).forEach(it -> values.replace(it.id(), it.value()));
        }
        return new OtherResource(GraphEntries.guid("appId", appId), values);
    }

    /** App roles and scopes are alike in what is read of them. */
    private static PermissionDefinition definition(JsonParser json) throws IOException {
        String id = null;
        String value = null;
        Boolean enabled = null;
        GraphEntries.requireEntry(json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = GraphEntries.text(json);
                case "value" -> value = GraphEntries.text(json);
                case "isEnabled" -> enabled = GraphEntries.truth(json);
                default -> json.skipChildren();
            }
        }
        return new PermissionDefinition(
                GraphEntries.guid("id", id), value == null ? "" : value, Boolean.TRUE.equals(enabled));
    }

    /** Null for null. */
    private static <T> List<T> list(JsonParser json, Entry<T> entry) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new UselessAnswerException("not a list");
        }
        var all = new ArrayList<T>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(entry.read(json));
        }
        return all;
    }
}

package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JsonParser;
import dev.tenantops.onboarding.operator.entra.EntryFields.Field;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DeletedServicePrincipal;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** The records that are read now and then, each from an answer that is one object. */
final class GraphRecords {

    private static final Field<String> ID = Field.text("id");
    private static final Field<String> APP_ID = Field.text("appId");
    private static final Field<String> DELETED = Field.text("deletedDateTime");
    private static final List<Field<?>> DELETED_ITEM = List.of(ID, APP_ID, DELETED);

    private static final Field<String> VALUE = Field.text("value");
    private static final Field<Boolean> ENABLED = Field.truth("isEnabled");
    private static final List<Field<?>> DEFINITION = List.of(ID, VALUE, ENABLED);

    private static final Field<List<PermissionDefinition>> APP_ROLES = Field.list("appRoles", GraphRecords::definition);
    private static final Field<List<PermissionDefinition>> SCOPES =
            Field.list("oauth2PermissionScopes", GraphRecords::definition);
    private static final List<Field<?>> DEFINITIONS = List.of(APP_ROLES, SCOPES);
    private static final List<Field<?>> OTHER_RESOURCE = List.of(APP_ID, APP_ROLES);

    private GraphRecords() {}

    /** @param appId the application's client id, in lower case */
    record DeletedItem(String appId, DeletedServicePrincipal servicePrincipal) {}

    static DeletedItem deletedItem(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, DELETED_ITEM);
        return new DeletedItem(
                fields.guid(APP_ID),
                new DeletedServicePrincipal(
                        fields.guid(ID),
                        OffsetDateTime.parse(fields.require(DELETED)).toInstant()));
    }

    static PermissionDefinitions definitions(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, DEFINITIONS);
        return PermissionDefinitions.of(fields.require(APP_ROLES), fields.require(SCOPES));
    }

    /** @param named the ids of the app roles that are to be named; one that the API withdrew has no name any more */
    static OtherResource otherResource(JsonParser json, Set<String> named) throws IOException {
        var fields = EntryFields.of(json, OTHER_RESOURCE);
        var values = new HashMap<String, String>();
        named.forEach(it -> values.put(it, ""));
        if (!named.isEmpty()) {
            fields.require(APP_ROLES).forEach(it -> values.replace(it.id(), it.value()));
        }
        return new OtherResource(fields.guid(APP_ID), values);
    }

    /** App roles and scopes are alike in what is read of them. */
    private static PermissionDefinition definition(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, DEFINITION);
        return new PermissionDefinition(
                fields.guid(ID),
                fields.find(VALUE).orElse(""),
                fields.find(ENABLED).orElse(false));
    }
}

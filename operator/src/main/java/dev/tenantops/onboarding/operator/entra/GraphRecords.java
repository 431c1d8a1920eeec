package dev.tenantops.onboarding.operator.entra;

import com.microsoft.graph.models.AppRole;
import com.microsoft.graph.models.PermissionScope;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * From the SDK's models to records, for what is read now and then. What was selected and is absent is an error, not a default: {@link
 * NoSuchElementException} says so.
 */
final class GraphRecords {

    private GraphRecords() {}

    /** @param appId the application's client id, in lower case */
    record DeletedServicePrincipal(String appId, Instant deletedAt) {}

    static DeletedServicePrincipal deletedServicePrincipal(com.microsoft.graph.models.ServicePrincipal model) {
        return new DeletedServicePrincipal(
                guid("appId", model.getAppId()),
                require("deletedDateTime", model.getDeletedDateTime()).toInstant());
    }

    static PermissionDefinitions definitions(com.microsoft.graph.models.ServicePrincipal model) {
        return PermissionDefinitions.of(
                require("appRoles", model.getAppRoles()).stream()
                        .map(GraphRecords::appRole)
                        .toList(),
                require("oauth2PermissionScopes", model.getOauth2PermissionScopes()).stream()
                        .map(GraphRecords::scope)
                        .toList());
    }

    /** @param appRoles the ids of those that are to be named; a role that the API withdrew has no name any more */
    static OtherResource otherResource(com.microsoft.graph.models.ServicePrincipal model, Set<String> appRoles) {
        var values = new HashMap<String, String>();
        appRoles.forEach(it -> values.put(it, ""));
        if (!appRoles.isEmpty()) {
            require("appRoles", model.getAppRoles()).stream()
                    .map(GraphRecords::appRole)
                    .forEach(it -> values.replace(it.id(), it.value()));
        }
        return new OtherResource(guid("appId", model.getAppId()), values);
    }

    private static PermissionDefinition appRole(AppRole model) {
        return new PermissionDefinition(
                id("id", model.getId()), orEmpty(model.getValue()), Boolean.TRUE.equals(model.getIsEnabled()));
    }

    private static PermissionDefinition scope(PermissionScope model) {
        return new PermissionDefinition(
                id("id", model.getId()), orEmpty(model.getValue()), Boolean.TRUE.equals(model.getIsEnabled()));
    }

    static String id(String name, Object value) {
        return require(name, value).toString().toLowerCase(Locale.ROOT);
    }

    /** For ids that later requests are made of. */
    private static String guid(String name, String value) {
        return Guid.require(name, require(name, value));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    static <T> T require(String name, T value) {
        if (value == null) {
            throw new NoSuchElementException(name);
        }
        return value;
    }
}

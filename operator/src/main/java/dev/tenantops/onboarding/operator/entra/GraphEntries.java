package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * The records that every check reads, from the bytes of their entries. What was selected and is absent is an error, not a
 * default: {@link NoSuchElementException} says so. What was not selected is passed over.
 */
final class GraphEntries {

    private static final String WHITE_SPACE = " \t\n\u000B\f\r";

    private GraphEntries() {}

    static ServicePrincipal servicePrincipal(JsonParser json) throws IOException {
        String id = null;
        String appId = null;
        String displayName = null;
        Boolean accountEnabled = null;
        Boolean isDisabled = null;
        String byMicrosoft = null;
        requireEntry(json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = text(json);
                case "appId" -> appId = text(json);
                case "displayName" -> displayName = text(json);
                case "accountEnabled" -> accountEnabled = truth(json);
                case "isDisabled" -> isDisabled = truth(json);
                case "disabledByMicrosoftStatus" -> byMicrosoft = text(json);
                default -> json.skipChildren();
            }
        }
        var switchedOn = require("accountEnabled", accountEnabled);
        return new ServicePrincipal(
                guid("id", id),
                guid("appId", appId),
                displayName == null ? "" : displayName,
                switchedOn && !Boolean.TRUE.equals(isDisabled),
                byMicrosoft != null && !byMicrosoft.equalsIgnoreCase("NotDisabled"));
    }

    static AppRoleAssignment appRoleAssignment(JsonParser json) throws IOException {
        String principalId = null;
        String principalType = null;
        String resourceId = null;
        String appRoleId = null;
        requireEntry(json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "principalId" -> principalId = text(json);
                case "principalType" -> principalType = text(json);
                case "resourceId" -> resourceId = text(json);
                case "appRoleId" -> appRoleId = text(json);
                default -> json.skipChildren();
            }
        }
        return new AppRoleAssignment(
                guid("principalId", principalId),
                require("principalType", principalType),
                guid("resourceId", resourceId),
                guid("appRoleId", appRoleId));
    }

    /** An unknown consent type counts for one user at most. */
    static DelegatedPermissionGrant delegatedPermissionGrant(JsonParser json) throws IOException {
        String clientId = null;
        String resourceId = null;
        String consentType = null;
        String scope = null;
        requireEntry(json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "clientId" -> clientId = text(json);
                case "resourceId" -> resourceId = text(json);
                case "consentType" -> consentType = text(json);
                case "scope" -> scope = text(json);
                default -> json.skipChildren();
            }
        }
        return new DelegatedPermissionGrant(
                require("clientId", clientId).toLowerCase(Locale.ROOT),
                require("resourceId", resourceId).toLowerCase(Locale.ROOT),
                "AllPrincipals".equalsIgnoreCase(consentType),
                scopes(scope));
    }

    /** Scopes come as one text, with spaces also at its ends. */
    private static Set<String> scopes(String text) {
        if (text == null) {
            return Set.of();
        }
        var scopes = new HashSet<String>();
        var each = new StringTokenizer(text, WHITE_SPACE);
        while (each.hasMoreTokens()) {
            scopes.add(each.nextToken());
        }
        return Set.copyOf(scopes);
    }

    static void requireEntry(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new UselessAnswerException("not an entry");
        }
    }

    static String text(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            default -> throw new UselessAnswerException("not a text");
        };
    }

    static Boolean truth(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new UselessAnswerException("neither true nor false");
        };
    }

    /** For ids that later requests are made of. */
    static String guid(String name, String value) {
        return Guid.require(name, require(name, value));
    }

    static <T> T require(String name, T value) {
        if (value == null) {
            throw new NoSuchElementException(name);
        }
        return value;
    }
}

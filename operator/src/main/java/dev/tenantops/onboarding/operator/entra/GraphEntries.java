package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JsonParser;
import dev.tenantops.onboarding.operator.entra.EntryFields.Field;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/** The records that every check reads, from the bytes of their entries. */
final class GraphEntries {

    private static final Field<String> ID = Field.text("id");
    private static final Field<String> APP_ID = Field.text("appId");
    private static final Field<String> DISPLAY_NAME = Field.text("displayName");
    private static final Field<Boolean> ACCOUNT_ENABLED = Field.truth("accountEnabled");
    private static final Field<Boolean> IS_DISABLED = Field.truth("isDisabled");
    private static final Field<Registration> DEACTIVATED = new Field<>(
            IS_DISABLED.name(),
            json -> Boolean.TRUE.equals(IS_DISABLED.value().read(json))
                    ? Registration.Deactivated
                    : Registration.Active);
    private static final Field<String> BY_MICROSOFT = Field.text("disabledByMicrosoftStatus");
    private static final List<Field<?>> SERVICE_PRINCIPAL =
            List.of(ID, APP_ID, DISPLAY_NAME, ACCOUNT_ENABLED, DEACTIVATED, BY_MICROSOFT);

    private static final Field<String> PRINCIPAL_ID = Field.text("principalId");
    private static final Field<String> PRINCIPAL_TYPE = Field.text("principalType");
    private static final Field<String> RESOURCE_ID = Field.text("resourceId");
    private static final Field<String> APP_ROLE_ID = Field.text("appRoleId");
    private static final List<Field<?>> APP_ROLE_ASSIGNMENT =
            List.of(PRINCIPAL_ID, PRINCIPAL_TYPE, RESOURCE_ID, APP_ROLE_ID);

    private static final Field<String> CLIENT_ID = Field.text("clientId");
    private static final Field<String> CONSENT_TYPE = Field.text("consentType");
    private static final Field<String> SCOPE = Field.text("scope");
    private static final List<Field<?>> DELEGATED_PERMISSION_GRANT =
            List.of(CLIENT_ID, RESOURCE_ID, CONSENT_TYPE, SCOPE);

    private static final String WHITE_SPACE = " \t\n\u000B\f\r";

    private GraphEntries() {}

    /** Where {@code isDisabled} was not selected, or is left out, it is not known whether it is deactivated. */
    static ServicePrincipal servicePrincipal(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, SERVICE_PRINCIPAL);
        return new ServicePrincipal(
                fields.guid(ID),
                fields.guid(APP_ID),
                fields.find(DISPLAY_NAME).orElse(""),
                fields.require(ACCOUNT_ENABLED),
                fields.find(BY_MICROSOFT)
                        .filter(it -> !it.equalsIgnoreCase("NotDisabled"))
                        .map(_ -> Registration.DisabledByMicrosoft)
                        .or(() -> fields.find(DEACTIVATED))
                        .orElse(Registration.NotShown));
    }

    static AppRoleAssignment appRoleAssignment(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, APP_ROLE_ASSIGNMENT);
        return new AppRoleAssignment(
                fields.guid(PRINCIPAL_ID),
                fields.require(PRINCIPAL_TYPE),
                fields.guid(RESOURCE_ID),
                fields.guid(APP_ROLE_ID));
    }

    /** An unknown consent type counts for one user at most. */
    static DelegatedPermissionGrant delegatedPermissionGrant(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, DELEGATED_PERMISSION_GRANT);
        return new DelegatedPermissionGrant(
                fields.require(CLIENT_ID).toLowerCase(Locale.ROOT),
                fields.require(RESOURCE_ID).toLowerCase(Locale.ROOT),
                fields.find(CONSENT_TYPE)
                        .filter("AllPrincipals"::equalsIgnoreCase)
                        .isPresent(),
                fields.find(SCOPE).map(GraphEntries::scopes).orElse(Set.of()));
    }

    /** Scopes come as one text, with spaces also at its ends. */
    private static Set<String> scopes(String text) {
        var scopes = new HashSet<String>();
        var each = new StringTokenizer(text, WHITE_SPACE);
        while (each.hasMoreTokens()) {
            scopes.add(each.nextToken());
        }
        return Set.copyOf(scopes);
    }
}

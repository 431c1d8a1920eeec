package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.entra.EntryFields.Field;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Requested;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records that are read of a publisher's registrations. */
final class RegistrationRecords {

    private static final Field<String> APP_ID = Field.text("appId");
    private static final Field<String> AUDIENCE = Field.text("signInAudience");
    private static final Field<List<String>> WEB = platform("web");
    private static final Field<List<String>> SPA = platform("spa");
    private static final Field<List<String>> PUBLIC_CLIENT = platform("publicClient");
    private static final Field<List<List<Requested>>> REQUESTED =
            Field.list("requiredResourceAccess", RegistrationRecords::requested);
    private static final List<Field<?>> REGISTRATION = List.of(APP_ID, AUDIENCE, WEB, SPA, PUBLIC_CLIENT, REQUESTED);

    private static final Field<String> URI = Field.text("redirectUri");
    private static final Field<List<String>> REDIRECT_URIS =
            Field.list("redirectUris", json -> URI.value().read(json));

    private static final Field<String> RESOURCE_APP_ID = Field.text("resourceAppId");
    private static final Field<List<Access>> RESOURCE_ACCESS =
            Field.list("resourceAccess", RegistrationRecords::access);

    private static final Field<String> ID = Field.text("id");
    private static final Field<String> TYPE = Field.text("type");

    private RegistrationRecords() {}

    /** @param clientId its appId, in lower case */
    record Registered(String clientId, Seen.Present seen) {}

    private record Access(PermissionType type, String id) {}

    static Registered registration(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, REGISTRATION);
        return new Registered(
                fields.guid(APP_ID),
                new Seen.Present(
                        multiTenant(fields.require(AUDIENCE)),
                        Stream.of(WEB, SPA, PUBLIC_CLIENT)
                                .flatMap(it -> fields.find(it).stream())
                                .flatMap(List::stream)
                                .collect(Collectors.toSet()),
                        fields.require(REQUESTED).stream().flatMap(List::stream).collect(Collectors.toSet())));
    }

    /** Those that no organization but one, or none at all, can use are named; whatever else there will be is not. */
    private static boolean multiTenant(String audience) {
        return !audience.equalsIgnoreCase("AzureADMyOrg") && !audience.equalsIgnoreCase("PersonalMicrosoftAccount");
    }

    /** The reply URLs of one platform; a platform that is not used may be null, or have none. */
    private static Field<List<String>> platform(String name) {
        return new Field<>(
                name,
                json -> json.currentToken() == JsonToken.VALUE_NULL
                        ? null
                        : EntryFields.of(json, List.of(REDIRECT_URIS))
                                .find(REDIRECT_URIS)
                                .orElse(List.of()));
    }

    /** What is requested on one API. */
    private static List<Requested> requested(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, List.of(RESOURCE_APP_ID, RESOURCE_ACCESS));
        var appId = fields.guid(RESOURCE_APP_ID);
        return fields.require(RESOURCE_ACCESS).stream()
                .map(it -> new Requested(appId, it.type(), it.id()))
                .toList();
    }

    private static Access access(JsonParser json) throws IOException {
        var fields = EntryFields.of(json, List.of(ID, TYPE));
        return new Access(
                fields.require(TYPE).equalsIgnoreCase("Role") ? PermissionType.Application : PermissionType.Delegated,
                fields.guid(ID));
    }
}

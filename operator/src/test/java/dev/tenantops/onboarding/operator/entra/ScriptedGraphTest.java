package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Answer;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Request;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DeletedServicePrincipal;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of Microsoft Graph that are well-formed and still not to be believed, or older than the operator. */
class ScriptedGraphTest {

    private static final String APPLICATION = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String OBJECT = "dddddddd-0000-4000-8000-000000000001";
    private static final String OTHER = "dddddddd-0000-4000-8000-000000000002";
    private static final String DELETED = "dddddddd-0000-4000-8000-000000000003";
    private static final String API = "cccccccc-0000-4000-8000-000000000001";
    private static final String PRINCIPAL =
            "{\"value\":[{\"id\":\"%s\",\"appId\":\"%s\",\"displayName\":\"Agent\",\"accountEnabled\":true}]}"
                    .formatted(OBJECT, APPLICATION);
    private static final String NOTHING = "{\"value\":[]}";

    private final CertificateAuthority authority = CertificateAuthority.create("Scripted Microsoft");
    private ScriptedMicrosoft microsoft;
    private GraphTenantDirectory directory;

    @BeforeEach
    void start() throws IOException {
        microsoft = ScriptedMicrosoft.start(authority);
        directory = new GraphTenantDirectory(
                Laboratory.settings(authority, 1024 * 1024), Clock.systemUTC(), RequestListener.NONE);
    }

    @AfterEach
    void stop() {
        directory.close();
        microsoft.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[{\"appId\":\"%2$s\",\"accountEnabled\":true}]}",
                "{\"value\":[{\"id\":\"%1$s\",\"accountEnabled\":true}]}",
                "{\"value\":[{\"id\":\"%1$s\",\"appId\":\"%2$s\",\"displayName\":\"Agent\"}]}",
                "{\"value\":[{\"id\":\"%1$s\",\"appId\":\"%2$s\",\"accountEnabled\":null}]}",
                "{\"value\":[{\"id\":\"../me\",\"appId\":\"%2$s\",\"accountEnabled\":true}]}",
                "{\"value\":[null]}",
                "{\"value\":null}",
                "{\"value\":{}}",
                "{\"value\":[],\"@odata.nextLink\":{}}",
                "{\"value\":[],\"@odata.nextLink\":\"\"}",
                "{\"value\":[],\"@odata.nextLink\":\"/v1.0/servicePrincipals\"}",
            })
    void aLookUpThatLacksWhatWasSelectedIsNoAbsence(String body) {
        serve(url -> item(200, url.contains("appId%20in") ? body.formatted(OBJECT, APPLICATION) : NOTHING));
        assertThat(read().applications().ifFailed()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[{\"principalType\":\"ServicePrincipal\",\"resourceId\":\"%1$s\",\"appRoleId\":\"%1$s\"}]}",
                "{\"value\":[{\"principalId\":\"%1$s\",\"resourceId\":\"%1$s\",\"appRoleId\":\"%1$s\"}]}",
                "{\"value\":[{\"principalId\":\"%1$s\",\"principalType\":\"User\",\"appRoleId\":\"%1$s\"}]}",
                "{\"value\":[{\"principalId\":\"%1$s\",\"principalType\":\"User\",\"resourceId\":\"%1$s\"}]}",
                "{\"value\":[{\"principalId\":\"x\",\"principalType\":\"User\",\"resourceId\":\"y\",\"appRoleId\":\"z\"}]}",
            })
    void anAssignmentThatLacksWhatWasSelectedIsNoAbsence(String body) {
        serve(url -> item(
                200,
                url.contains("appId%20in")
                        ? PRINCIPAL
                        : url.contains("appRoleAssignments") ? body.formatted(OBJECT) : NOTHING));
        ApplicationObservation seen =
                read().applications().ifComplete().orElseThrow().get(APPLICATION);
        assertThat(seen.appRoleAssignments().ifFailed()).isPresent();
        assertThat(seen.delegatedGrants().ifComplete()).isPresent();
    }

    @Test
    void anUnknownConsentTypeIsNotTenantWide() {
        String grant = "{\"value\":[{\"clientId\":\"%1$s\",\"resourceId\":\"%1$s\",\"consentType\":\"Everybody\","
                + "\"scope\":\" User.Read \\t Mail.Send\"},{\"clientId\":\"%1$s\",\"resourceId\":\"%1$s\","
                + "\"consentType\":\"allprincipals\",\"scope\":null}]}";
        serve(url -> item(
                200,
                url.contains("appId%20in")
                        ? PRINCIPAL
                        : url.contains("oauth2PermissionGrants") ? grant.formatted(OBJECT) : NOTHING));
        assertThat(read().applications()
                        .ifComplete()
                        .orElseThrow()
                        .get(APPLICATION)
                        .delegatedGrants()
                        .ifComplete()
                        .orElseThrow())
                .satisfiesExactly(
                        everybody -> {
                            assertThat(everybody.tenantWide()).isFalse();
                            assertThat(everybody.scopes()).containsExactlyInAnyOrder("User.Read", "Mail.Send");
                        },
                        all -> {
                            assertThat(all.tenantWide()).isTrue();
                            assertThat(all.scopes()).isEmpty();
                        });
    }

    @Test
    void aResourceIdThatIsNoGuidIsPutIntoNoUrl() {
        String grant = "{\"value\":[{\"clientId\":\"%1$s\",\"resourceId\":\"%2$s\",\"consentType\":\"AllPrincipals\","
                + "\"scope\":\"User.Read\"},{\"clientId\":\"%1$s\",\"resourceId\":\"../me\","
                + "\"consentType\":\"AllPrincipals\",\"scope\":\"User.Read\"}]}";
        serve(url -> item(
                200,
                url.contains("appId%20in")
                        ? PRINCIPAL
                        : url.contains("oauth2PermissionGrants")
                                ? grant.formatted(OBJECT, OTHER)
                                : url.equals("/servicePrincipals/" + OTHER + "?$select=appId")
                                        ? "{\"appId\":\"%s\"}".formatted(API)
                                        : NOTHING));
        assertThat(read().otherResources()).containsExactly(Map.entry(OTHER, new OtherResource(API, Map.of())));
        assertThat(microsoft.received()).noneMatch(it -> it.body().contains("../me"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'ID','appId':'APP','deletedDateTime':'2026-07-14T08:12:33Z'} | 2026-07-14T08:12:33Z",
                "{'id':'ID','appId':'AAAAAAAA-0000-4000-8000-000000000001','deletedDateTime':'2026-07-14T10:12:33+02:00'} | 2026-07-14T08:12:33Z",
                "{'id':'ID','appId':'APP','deletedDateTime':'2026-07-14T08:12:33Z'},{'id':'OTHER','appId':'APP','deletedDateTime':'2026-07-13T08:12:33Z'} | 2026-07-14T08:12:33Z",
                "{'id':'OTHER','appId':'APP','deletedDateTime':'2026-07-13T08:12:33Z'},{'id':'ID','appId':'APP','deletedDateTime':'2026-07-14T08:12:33Z'} | 2026-07-14T08:12:33Z",
                "{'id':'OTHER','appId':'OTHER','deletedDateTime':'2026-07-15T08:12:33Z'},{'id':'ID','appId':'APP','deletedDateTime':'2026-07-14T08:12:33Z'} | 2026-07-14T08:12:33Z",
                "{'id':'ID','appId':'dddddddd-0000-4000-8000-000000000009','deletedDateTime':'2026-07-14T08:12:33Z'} |",
                "{'id':'ID','appId':null,'deletedDateTime':'2026-07-14T08:12:33Z'} |",
                "{'id':'../me','appId':'APP','deletedDateTime':'2026-07-14T08:12:33Z'} |",
                "{'appId':'APP','deletedDateTime':'2026-07-14T08:12:33Z'} |",
                "{'id':'ID','deletedDateTime':'2026-07-14T08:12:33Z'} |",
                "{'id':'ID','appId':'APP','deletedDateTime':null} |",
                "{'id':'ID','appId':'APP'} |",
                "{'id':'ID','appId':'APP','deletedDateTime':'yesterday'} |",
                "{'id':'ID','appId':'APP','deletedDateTime':{}} |",
            })
    void whatTheRecycleBinSaysIsBelievedOfTheApplicationItselfOnly(String body, Instant deletedAt) {
        String entries = body.replace('\'', '"')
                .replace("ID", DELETED)
                .replace("APP", APPLICATION)
                .replace("OTHER", OTHER);
        serve(url -> item(200, url.startsWith("/directory/deletedItems/") ? "{\"value\":[" + entries + "]}" : NOTHING));
        assertThat(read(Optional.of(OBJECT)).applications().ifComplete().orElseThrow())
                .containsEntry(
                        APPLICATION,
                        ApplicationObservation.absent(
                                Optional.ofNullable(deletedAt).map(it -> new DeletedServicePrincipal(DELETED, it))));
    }

    @Test
    void theRecycleBinIsAskedByClientIdAsDocumented() {
        serve(url -> item(200, NOTHING));
        read(Optional.of(OBJECT));
        assertThat(microsoft.received())
                .extracting(Request::body)
                .anyMatch(it ->
                        it.contains("/directory/deletedItems/microsoft.graph.servicePrincipal?$filter=appId%20eq%20'"
                                + APPLICATION + "'&$select=id,appId,deletedDateTime"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "7", "x", ""})
    void aBatchWithAnIdTooManyIsNotBelieved(String id) {
        serve(url -> item(200, url.contains("appId%20in") ? PRINCIPAL : NOTHING), id);
        assertThat(read().applications().ifFailed()).isPresent();
    }

    @Test
    void halfAnAnswerWithAProperEndIsNotBelieved() {
        serve(url -> item(200, NOTHING));
        read();
        microsoft.answer(
                request -> Answer.json("{\"responses\":[{\"id\":\"0\",\"status\":200,\"body\":{\"value\":[]}}"));
        assertThat(read().applications().ifFailed()).isPresent();
        microsoft.answer(request ->
                Answer.json("{\"responses\":[{\"id\":\"0\",\"status\":200,\"body\":{\"value\":[]}}]} trailing"));
        assertThat(read().applications().ifFailed()).isPresent();
    }

    @Test
    void theTokenGoesIntoTheHeaderAndNothingElseDoes() {
        serve(url -> item(200, NOTHING));
        read();
        Request batch = microsoft.received().getLast();
        assertThat(batch.method()).isEqualTo("POST");
        assertThat(batch.path()).isEqualTo("/v1.0/$batch");
        assertThat(batch.headers()).containsEntry("Authorization", List.of("Bearer a token"));
        Request token = microsoft.received().getFirst();
        assertThat(token.path()).isEqualTo("/" + TENANT + "/oauth2/v2.0/token");
        assertThat(token.body()).contains("client_secret=s3cret");
        assertThat(batch.body()).doesNotContain("s3cret").doesNotContain("a token");
    }

    private void serve(Function<String, JsonObject> items, String... extraIds) {
        microsoft.answer(request -> {
            if (request.path().endsWith("/token")) {
                return Answer.token("a token", 3600);
            }
            JsonArray responses = new JsonArray();
            for (JsonElement item :
                    JsonParser.parseString(request.body()).getAsJsonObject().getAsJsonArray("requests")) {
                JsonObject response =
                        items.apply(item.getAsJsonObject().get("url").getAsString());
                response.add("id", item.getAsJsonObject().get("id"));
                responses.add(response);
            }
            for (String id : extraIds) {
                JsonObject response = item(200, NOTHING);
                response.addProperty("id", id);
                responses.add(response);
            }
            JsonObject envelope = new JsonObject();
            envelope.add("responses", responses);
            return Answer.json(envelope.toString());
        });
    }

    private static JsonObject item(int status, String body) {
        JsonObject item = new JsonObject();
        item.addProperty("status", status);
        item.add("body", JsonParser.parseString(body));
        return item;
    }

    private TenantObservation read() {
        return read(Optional.empty());
    }

    private TenantObservation read(Optional<String> lastServicePrincipalId) {
        return directory.read(new TenantQuery(
                microsoft.cloud(),
                TENANT,
                new Verifier(Laboratory.VERIFIER, new Credential.ClientSecret("1", "s3cret")),
                List.of(new ApplicationQuery(APPLICATION, lastServicePrincipalId)),
                Set.of(),
                false));
    }
}

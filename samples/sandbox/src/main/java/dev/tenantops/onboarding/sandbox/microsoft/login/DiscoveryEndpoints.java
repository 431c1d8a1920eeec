package dev.tenantops.onboarding.sandbox.microsoft.login;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantHome;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantHome.OtherCloud;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What clients look up before they ask for tokens. Needs no credentials. */
public final class DiscoveryEndpoints {

    private final SimulatedDirectory directory;
    private final TenantLookup tenants;

    public DiscoveryEndpoints(SimulatedDirectory directory) {
        this.directory = directory;
        this.tenants = new TenantLookup(directory);
    }

    /** {@code /{tenant}/v2.0/.well-known/openid-configuration}: also resolves a domain to the tenant's id. */
    public WebResponse openIdConfiguration(String tenantSegment, WebRequest request) {
        if (TenantLookup.namesNoTenant(tenantSegment)) {
            return configuration(tenantSegment, "{tenantid}", Optional.empty(), request);
        }
        return tenants.find(tenantSegment)
                .fold(
                        tenant -> configuration(tenant.id(), tenant.id(), Optional.of(tenant.home()), request),
                        error -> EntraErrors.respond(invalidTenant(error), request, directory.now()));
    }

    /** {@code /common/discovery/instance}: which hosts are one and the same cloud. */
    public WebResponse instance(WebRequest request) {
        String endpoint = request.queryParameters().get("authorization_endpoint");
        if (endpoint == null) {
            return EntraErrors.respond(
                    EntraErrors.of(
                            900144, "The request body must contain the following parameter: 'authorization_endpoint'."),
                    request,
                    directory.now());
        }
        URI own = URI.create(request.origin());
        URI asked = parsed(endpoint);
        if (asked == null || !own.getHost().equalsIgnoreCase(asked.getHost())) {
            return EntraErrors.respond(EntraErrors.of(50049), request, directory.now());
        }
        String[] segments = asked.getPath().split("/");
        String tenant = segments.length > 1 ? segments[1] : "common";
        return WebResponse.json(200, Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField(
                    "tenant_discovery_endpoint",
                    request.origin() + "/" + tenant + "/v2.0/.well-known/openid-configuration");
            json.writeStringField("api-version", "1.1");
            json.writeArrayFieldStart("metadata");
            json.writeStartObject();
            json.writeStringField("preferred_network", own.getAuthority());
            json.writeStringField("preferred_cache", own.getAuthority());
            json.writeArrayFieldStart("aliases");
            json.writeString(own.getAuthority());
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static WebResponse configuration(
            String pathSegment, String issuerSegment, Optional<TenantHome> home, WebRequest request) {
        String own = URI.create(request.origin()).getAuthority();
        Optional<OtherCloud> elsewhere = home.flatMap(TenantHome::elsewhere);
        String login = "https://" + elsewhere.map(OtherCloud::loginHost).orElse(own);
        String base = login + "/" + pathSegment;
        return WebResponse.json(200, Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("token_endpoint", base + "/oauth2/v2.0/token");
            writeStrings(
                    json, "token_endpoint_auth_methods_supported", List.of("client_secret_post", "private_key_jwt"));
            json.writeStringField("jwks_uri", base + "/discovery/v2.0/keys");
            writeStrings(json, "response_modes_supported", List.of("query", "fragment", "form_post"));
            writeStrings(json, "subject_types_supported", List.of("pairwise"));
            writeStrings(json, "id_token_signing_alg_values_supported", List.of("RS256"));
            writeStrings(json, "response_types_supported", List.of("code", "id_token", "code id_token"));
            writeStrings(json, "scopes_supported", List.of("openid", "profile", "email", "offline_access"));
            json.writeStringField("issuer", login + "/" + issuerSegment + "/v2.0");
            json.writeStringField("authorization_endpoint", base + "/oauth2/v2.0/authorize");
            json.writeStringField("end_session_endpoint", base + "/oauth2/v2.0/logout");
            json.writeStringField(
                    "tenant_region_scope", home.map(TenantHome::regionScope).orElse(null));
            Optional<String> subScope = home.flatMap(TenantHome::regionSubScope);
            if (subScope.isPresent()) {
                json.writeStringField("tenant_region_sub_scope", subScope.get());
            }
            json.writeStringField(
                    "cloud_instance_name",
                    elsewhere.map(OtherCloud::instanceName).orElse(own));
            json.writeStringField("cloud_graph_host_name", own);
            json.writeStringField(
                    "msgraph_host", elsewhere.map(OtherCloud::graphHost).orElse(own));
            json.writeEndObject();
        }));
    }

    private static void writeStrings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** The same error has another OAuth code here than at the token endpoint. */
    private static EntraError invalidTenant(EntraError error) {
        return new EntraError(error.code(), 400, "invalid_tenant", error.message());
    }

    private static URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

package dev.tenantops.onboarding.sandbox.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A simulator with one tenant, a verifier that is consented there, and one vendor application. */
public final class Simulation implements AutoCloseable {

    public static final String TENANT = "3c1f0000-0000-4000-8000-000000000001";
    public static final String VERIFIER = "6f0c0000-0000-4000-8000-0000000000ff";
    public static final String CONSOLE = "1b2e0000-0000-4000-8000-000000000005";
    public static final String PUBLISHER = "9e9e0000-0000-4000-8000-00000000000a";
    public static final String SECRET = "verifier secret with + & and =";
    public static final String CALLBACK = "https://operator.example/consent/callback";
    public static final String GRAPH = "MicrosoftGraph";
    public static final String ACS = "AzureCommunicationServices";
    public static final String EXCHANGE = "ExchangeOnline";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Simulation");

    public final SettableClock clock = new SettableClock();
    public final SimulatedDirectory directory = new SimulatedDirectory(clock);
    public final MicrosoftSimulator simulator = MicrosoftSimulator.start(AUTHORITY, 0, directory);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(AUTHORITY.clientContext())
            .build();

    public Simulation() {
        directory.createTenant(TENANT, "Contoso");
        directory.register(new ApplicationRegistration(
                VERIFIER,
                "Heedify Verifier",
                PUBLISHER,
                List.of(role("Directory.Read.All"), role("Application.Read.All")),
                List.of(CALLBACK),
                Set.of(SECRET)));
        directory.consent(TENANT, VERIFIER);
        directory.register(console(
                scope("Presence.Read.All"),
                scope("User.Read"),
                role("Calls.AccessMedia.All"),
                acs("Teams.ManageCalls")));
    }

    /** The same, and the tenant consented to the application too. */
    public static Simulation withConsole() {
        Simulation simulation = new Simulation();
        simulation.directory.consent(TENANT, CONSOLE);
        return simulation;
    }

    public static ApplicationRegistration console(RequestedPermission... permissions) {
        return new ApplicationRegistration(
                CONSOLE, "Heedify Agent Console", PUBLISHER, List.of(permissions), List.of(CALLBACK), Set.of());
    }

    public static RequestedPermission scope(String value) {
        return new RequestedPermission(GRAPH, PermissionType.Delegated, value);
    }

    public static RequestedPermission role(String value) {
        return new RequestedPermission(GRAPH, PermissionType.Application, value);
    }

    public static RequestedPermission acs(String value) {
        return new RequestedPermission(ACS, PermissionType.Delegated, value);
    }

    /** An answer, with its body as text and, on demand, as JSON. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + body, e);
            }
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst()
                    .orElse(null);
        }

        public String errorCode() {
            return json().path("error").path("code").asText();
        }

        public List<String> values(String member) {
            return json().path("value").findValuesAsText(member);
        }
    }

    /** Entra ID refused, in its own shape. */
    public static void assertRefused(Answer answer, int status, String error, int code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.json().path("error_codes"))
                .extracting(JsonNode::asInt)
                .containsExactly(code);
        assertThat(answer.json().path("error_description").asText()).startsWith("AADSTS" + code + ": ");
    }

    public Answer token(String tenant, Map<String, String> form) {
        return send(HttpRequest.newBuilder(url("/" + tenant + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(form))));
    }

    public Answer token(String tenant, String clientId, String secret) {
        return token(tenant, form(clientId, secret));
    }

    public static Map<String, String> form(String clientId, String secret) {
        return Map.of(
                "client_info", "1",
                "grant_type", "client_credentials",
                "scope", "https://graph.microsoft.com/.default openid profile offline_access",
                "client_id", clientId,
                "client_secret", secret);
    }

    public String accessToken() {
        Answer answer = token(TENANT, VERIFIER, SECRET);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("access_token").asText();
    }

    public Answer graph(String pathAndQuery) {
        return graph(accessToken(), pathAndQuery);
    }

    public Answer graph(String token, String pathAndQuery) {
        URI uri = pathAndQuery.startsWith("https:") ? URI.create(pathAndQuery) : url("/v1.0" + pathAndQuery);
        return send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    public Answer batch(String token, String body) {
        return send(HttpRequest.newBuilder(url("/v1.0/$batch"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(url(pathAndQuery)).GET());
    }

    public Answer post(String pathAndQuery, String body) {
        return send(HttpRequest.newBuilder(url(pathAndQuery)).POST(BodyPublishers.ofString(body)));
    }

    public Answer submit(String pathAndQuery, Map<String, String> form) {
        return post(pathAndQuery, encode(form));
    }

    public Answer delete(String pathAndQuery) {
        return send(HttpRequest.newBuilder(url(pathAndQuery)).DELETE());
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String servicePrincipalId(String appId) {
        return directory
                .tenants()
                .require(TENANT)
                .state()
                .find(appId)
                .orElseThrow()
                .id();
    }

    public URI url(String pathAndQuery) {
        return URI.create(simulator.url() + pathAndQuery);
    }

    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.shutdownNow();
        simulator.close();
    }
}

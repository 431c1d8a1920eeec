package dev.tenantops.onboarding.operator.page.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Keycloak, with the people, groups and client of {@code openid/realm.json}. Each person's password is their name. */
public final class OpenIdProvider implements AutoCloseable {

    public static final String CLIENT = "onboarding-page";
    public static final String SECRET = "a-secret-of-the-test";

    /** It builds itself at its first start. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Path FOLDER = Path.of("target", "openid");
    private static final String ADMINISTRATOR = "administrator";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final Process process;

    private OpenIdProvider(URI url, Process process) {
        this.url = url;
        this.process = process;
    }

    /** Where a provider on this port says that it is. */
    public static URI issuer(int port) {
        return URI.create("http://127.0.0.1:" + port + "/realms/vendor");
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @param publicUrl of the page, which it may send browsers back to
     */
    public static OpenIdProvider start(int port, int managementPort, String publicUrl) throws IOException {
        Path home;
        try (var folders = Files.list(FOLDER)) {
            home = folders.filter(it -> it.getFileName().toString().startsWith("keycloak-"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("Run mvn pre-integration-test, which brings Keycloak"));
        }
        delete(home.resolve("data"));
        var realm = Files.createDirectories(home.resolve("data/import")).resolve("realm.json");
        try (var template = OpenIdProvider.class.getResourceAsStream("/openid/realm.json")) {
            Files.writeString(
                    realm,
                    new String(template.readAllBytes(), StandardCharsets.UTF_8).replace("PUBLIC_URL", publicUrl));
        }
        var command = new ProcessBuilder(
                        "bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + managementPort)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("keycloak.log").toFile());
        ChildEnvironment.clean(command.environment());
        command.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx320m",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        ADMINISTRATOR,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        ADMINISTRATOR));
        var provider = new OpenIdProvider(URI.create("http://127.0.0.1:" + port), command.start());
        Awaitility.await("Keycloak, whose log is " + FOLDER.resolve("keycloak.log"))
                .atMost(PATIENCE)
                .until(() -> {
                    assertThat(provider.process.isAlive()).isTrue();
                    return provider.answers();
                });
        return provider;
    }

    private boolean answers() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(
                                                    url.resolve("/realms/vendor/.well-known/openid-configuration"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Takes somebody out of all groups. */
    public void leaveGroups(String user) throws IOException, InterruptedException {
        var id = administer("GET", "/users?exact=true&username=" + user, null)
                .path(0)
                .path("id")
                .asText();
        for (JsonNode group : administer("GET", "/users/" + id + "/groups", null)) {
            administer("DELETE", "/users/" + id + "/groups/" + group.path("id").asText(), null);
        }
    }

    /** Gives the client another secret. */
    public void changeSecret(String secret) throws IOException, InterruptedException {
        var client = (ObjectNode)
                administer("GET", "/clients?clientId=" + CLIENT, null).path(0);
        administer("PUT", "/clients/" + client.path("id").asText(), client.put("secret", secret));
    }

    private JsonNode administer(String method, String path, JsonNode body) throws IOException, InterruptedException {
        var token = JSON.readTree(send(
                        "POST",
                        "/realms/master/protocol/openid-connect/token",
                        form(Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                ADMINISTRATOR,
                                "password",
                                ADMINISTRATOR)),
                        "Content-Type",
                        "application/x-www-form-urlencoded"))
                .path("access_token")
                .asText();
        var answer = send(
                method,
                "/admin/realms/vendor" + path,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json");
        return answer.isEmpty() ? JSON.nullNode() : JSON.readTree(answer);
    }

    private String send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .headers(headers)
                        .method(method, body)
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return answer.body();
    }

    private static BodyPublisher form(Map<String, String> fields) {
        return BodyPublishers.ofString(fields.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** Ends the script, and the server that it started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}

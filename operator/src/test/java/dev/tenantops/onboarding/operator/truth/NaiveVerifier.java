package dev.tenantops.onboarding.operator.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A verifier as scripts are written, with what they overlook. A token counts as proof that it may read; an error and an
 * answer without a body count as an empty list, and the first page as all pages. Permissions are names, whoever they
 * are granted to and whichever API defines them, and are looked for in one text. It knows no switched-off application,
 * and nothing of what it saw before.
 */
final class NaiveVerifier {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI cloud;
    private final String tenantId;
    private final String clientId;
    private final String secret;
    private long longestAnswer;

    /** What it says of an application. */
    sealed interface Answer {

        record Granted() implements Answer {}

        record Missing(List<String> permissions) implements Answer {}

        static Answer granted() {
            return new Granted();
        }

        static Answer missing(String... permissions) {
            return new Missing(List.of(permissions));
        }
    }

    NaiveVerifier(HttpClient http, URI cloud, String tenantId, String clientId, String secret) {
        this.http = http;
        this.cloud = cloud;
        this.tenantId = tenantId;
        this.clientId = clientId;
        this.secret = secret;
    }

    /** Believes what the browser brings back from the consent page. */
    static Answer redirected(URI callback, List<String> permissions) {
        return callback.getQuery().contains("admin_consent=True")
                ? new Answer.Granted()
                : new Answer.Missing(permissions);
    }

    boolean signsIn() {
        return !token().isEmpty();
    }

    /** In bytes: it keeps whatever is sent. */
    long longestAnswer() {
        return longestAnswer;
    }

    /** @param filter finds the application, by {@code appId} or as people know it */
    Answer application(String filter, List<String> permissions) {
        return servicePrincipal(find(filter), "appRoleAssignments", permissions);
    }

    /** The shortest script: whoever was assigned something was consented to. */
    Answer anything(String filter, List<String> permissions) {
        return grants(find(filter), "appRoleAssignments").isEmpty()
                ? new Answer.Missing(permissions)
                : new Answer.Granted();
    }

    /**
     * @param id an object id, from wherever it has it
     * @param assignments the list of app role assignments to read
     */
    Answer servicePrincipal(String id, String assignments, List<String> permissions) {
        var held = grants(id, assignments).stream()
                .map(it -> it.has("scope") ? it.path("scope").asText() : roleName(it))
                .collect(Collectors.joining(" "));
        var missing = permissions.stream().filter(it -> !held.contains(it)).toList();
        return missing.isEmpty() ? new Answer.Granted() : new Answer.Missing(missing);
    }

    String find(String filter) {
        return get("/servicePrincipals?$filter=" + encode(filter))
                .path("value")
                .path(0)
                .path("id")
                .asText();
    }

    private List<JsonNode> grants(String id, String assignments) {
        var requests = JSON.createObjectNode();
        for (var list : List.of(assignments, "oauth2PermissionGrants")) {
            requests.withArray("requests")
                    .addObject()
                    .put("id", list)
                    .put("method", "GET")
                    .put("url", "/servicePrincipals/" + id + "/" + list);
        }
        var batch = HttpRequest.newBuilder(cloud.resolve("/v1.0/$batch"))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(requests.toString()));
        var grants = new ArrayList<JsonNode>();
        send(batch)
                .path("responses")
                .forEach(it -> it.path("body").path("value").forEach(grants::add));
        return grants;
    }

    private String roleName(JsonNode assignment) {
        var resource = get("/servicePrincipals/" + assignment.path("resourceId").asText() + "?$select=appRoles");
        for (var role : resource.path("appRoles")) {
            if (role.path("id").equals(assignment.path("appRoleId"))) {
                return role.path("value").asText();
            }
        }
        return "";
    }

    private String token() {
        var form = "grant_type=client_credentials&client_id=" + clientId + "&client_secret=" + encode(secret)
                + "&scope=" + encode(cloud + "/.default");
        return send(HttpRequest.newBuilder(cloud.resolve("/" + tenantId + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .path("access_token")
                .asText();
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(cloud.resolve("/v1.0" + path)).header("Authorization", "Bearer " + token()));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            var body = http.send(request.build(), BodyHandlers.ofByteArray()).body();
            longestAnswer = Math.max(longestAnswer, body.length);
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

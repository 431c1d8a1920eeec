package dev.tenantops.onboarding.sandbox.microsoft.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /control}: the directory's changes as JSON over HTTP, for curl and for scripts. */
public final class ControlEndpoint {

    private static final String FAULT = "{\"kind\": \"TOKEN\" | \"CONSENT\" | \"DISCOVERY\" | \"GRAPH\" | \"BATCH\" |"
            + " \"BATCH_ITEM\", \"tenantId\": …, \"path\": \"*/appRoleAssignments\", \"times\": 1, \"id\": …, \"effect\":"
            + " {\"type\": \"aadsts\", \"code\": 7000215} | {\"type\": \"status\", \"status\": 429,"
            + " \"retryAfterSeconds\": 5} | {\"type\": \"html\", \"status\": 502} | {\"type\": \"empty-body\","
            + " \"status\": 200} | {\"type\": \"empty-object\"} | {\"type\": \"no-content-type\"} | {\"type\":"
            + " \"truncated\"} | {\"type\": \"padded\", \"bytes\": 100000000} | {\"type\": \"foreign-next-link\","
            + " \"origin\": \"https://attacker.example\"} | {\"type\": \"empty-page\"} | {\"type\": \"missing-item\"} |"
            + " {\"type\": \"slow\", \"millis\": 2000} | {\"type\": \"disconnect\"} | {\"type\":"
            + " \"claims-challenge\"}}";

    private final SimulatedDirectory directory;
    private final RequestLog log;
    private final DirectoryView view;
    private final List<Route> routes = new ArrayList<>();

    private record Route(String method, String template, Pattern path, String body, Action action) {}

    /** What a request does; the answer is written as JSON. */
    @FunctionalInterface
    private interface Action {
        Object run(Matcher path, ControlBody body);
    }

    public ControlEndpoint(SimulatedDirectory directory, RequestLog log) {
        this.directory = directory;
        this.log = log;
        this.view = new DirectoryView(directory);
        tenantRoutes();
        applicationRoutes();
        registrationRoutes();
        simulatorRoutes();
    }

    public WebResponse handle(String path, WebRequest request) {
        List<Route> matching = routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .toList();
        if (matching.isEmpty()) {
            return error(404, "Nothing is at " + path + ". GET /control lists what is there.");
        }
        for (Route route : matching) {
            if (route.method().equals(request.method())) {
                return run(route, path, request);
            }
        }
        return error(
                405,
                path + " takes "
                        + String.join(", ", matching.stream().map(Route::method).toList()) + ", not "
                        + request.method() + ".");
    }

    private static WebResponse run(Route route, String path, WebRequest request) {
        Matcher matcher = route.path().matcher(path);
        matcher.matches();
        try {
            return WebResponse.json(
                    200, Json.MAPPER.writeValueAsBytes(route.action().run(matcher, ControlBody.read(request.body()))));
        } catch (IllegalArgumentException e) {
            String hint = route.body().isEmpty() ? "" : " The body is " + route.body() + ".";
            return error(400, e.getMessage() + "." + hint);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The answer cannot be written as JSON", e);
        }
    }

    private void tenantRoutes() {
        route("GET", "/control/tenants", "", (path, body) -> view.tenants());
        route("POST", "/control/tenants", "{\"tenantId\": …, \"displayName\": …}", (path, body) -> {
            directory.createTenant(body.text("tenantId"), body.text("displayName"));
            return view.tenant(body.text("tenantId"));
        });
        route("GET", "/control/tenants/{tenant}", "", (path, body) -> view.tenant(path.group(1)));
        route("DELETE", "/control/tenants/{tenant}", "", (path, body) -> {
            directory.removeTenant(path.group(1));
            return Map.of("removed", path.group(1));
        });
        resource("provision", directory::provisionResource);
        resource("remove", directory::removeResource);
    }

    private void applicationRoutes() {
        application("consent", directory::consent);
        application("revoke-consent", directory::revokeConsent);
        application("enable", (tenant, client) -> directory.setEnabled(tenant, client, true));
        application("disable", (tenant, client) -> directory.setEnabled(tenant, client, false));
        application("deactivate", directory::deactivate);
        application("disable-by-microsoft", directory::disableByMicrosoft);
        application("delete", directory::delete);
        application("purge", directory::purge);
        application("restore", directory::restore);
        String permission = "{\"resource\": \"MicrosoftGraph\", \"type\": \"Delegated\", \"value\": \"User.Read\"}";
        application(
                "grant",
                permission,
                (path, body) -> directory.grant(
                        path.group(1), path.group(2), body.text("resource"), body.type(), body.text("value")));
        application(
                "revoke",
                permission,
                (path, body) -> directory.revoke(
                        path.group(1), path.group(2), body.text("resource"), body.type(), body.text("value")));
        application(
                "consent-as-user",
                "{\"user\": …, \"resource\": \"MicrosoftGraph\", \"scopes\": [\"User.Read\"]}",
                (path, body) -> directory.consentAsUser(
                        path.group(1),
                        path.group(2),
                        body.text("user"),
                        body.text("resource"),
                        body.texts("scopes").toArray(String[]::new)));
    }

    private void registrationRoutes() {
        route("GET", "/control/registrations", "", (path, body) -> view.registrations());
        route(
                "POST",
                "/control/registrations",
                "{\"clientId\": …, \"displayName\": …, \"publisherTenantId\": …, \"permissions\": [{\"resource\": …,"
                        + " \"type\": …, \"value\": …}], \"redirectUris\": […], \"secrets\": […]}",
                (path, body) -> {
                    directory.register(body.registration());
                    return Map.of("registered", body.text("clientId"));
                });
        route(
                "POST",
                "/control/catalogs",
                "{\"catalog\": <an ApplicationCatalog>, \"secret\": …, \"redirectUris\": […]}",
                (path, body) -> {
                    ApplicationCatalog catalog = body.object("catalog", ApplicationCatalog.class);
                    directory.register(catalog, body.optionalText("secret"), body.texts("redirectUris"));
                    return view.registrations();
                });
        registration("deactivate", directory::deactivate);
        registration("disable-by-microsoft", directory::disableByMicrosoft);
        registration("activate", directory::activate);
        registration("delete", directory::deleteRegistration);
        registration("restore", directory::restoreRegistration);
        route("POST", "/control/registrations/{client}/rotate-secret", "{\"secret\": …}", (path, body) -> {
            directory.rotateSecret(path.group(1), body.text("secret"));
            return Map.of("rotated", path.group(1));
        });
        route("POST", "/control/registrations/{client}/expire-secrets", "", (path, body) -> {
            directory.expireSecrets(path.group(1));
            return Map.of("expired", path.group(1));
        });
    }

    private void simulatorRoutes() {
        route(
                "GET",
                "/control",
                "",
                (path, body) -> routes.stream()
                        .map(route -> route.method() + " " + route.template()
                                + (route.body().isEmpty() ? "" : " " + route.body()))
                        .toList());
        route("GET", "/control/faults", "", (path, body) -> directory.faults().list());
        route("POST", "/control/faults", FAULT, (path, body) -> Map.of("id", directory.fail(body.object(Fault.class))));
        route("DELETE", "/control/faults", "", (path, body) -> {
            directory.heal();
            return List.of();
        });
        route("DELETE", "/control/faults/{id}", "", (path, body) -> {
            if (!directory.withdraw(path.group(1))) {
                throw new IllegalArgumentException("No fault " + path.group(1) + " is in force");
            }
            return directory.faults().list();
        });
        route("GET", "/control/behaviour", "", (path, body) -> view.behaviour());
        route(
                "POST",
                "/control/behaviour",
                "{\"tokenLifetimeSeconds\": 3599, \"pageSize\": 999, \"replicaLagSeconds\": [0],"
                        + " \"credentialLagSeconds\": [0], \"riskyApplications\": false}",
                (path, body) -> {
                    body.behave(directory.behaviour());
                    return view.behaviour();
                });
        route("GET", "/control/requests", "", (path, body) -> view.requests(log));
        route("DELETE", "/control/requests", "", (path, body) -> {
            log.reset();
            return view.requests(log);
        });
    }

    /** A change of a tenant that needs no more than two names. */
    @FunctionalInterface
    private interface Change {
        void apply(String tenantId, String appId);
    }

    @FunctionalInterface
    private interface DetailedChange {
        void apply(Matcher path, ControlBody body);
    }

    private void application(String action, Change change) {
        application(action, "", (path, body) -> change.apply(path.group(1), path.group(2)));
    }

    private void application(String action, String bodyForm, DetailedChange change) {
        route("POST", "/control/tenants/{tenant}/applications/{client}/" + action, bodyForm, (path, body) -> {
            change.apply(path, body);
            return view.tenant(path.group(1));
        });
    }

    private void registration(String action, Consumer<String> change) {
        route("POST", "/control/registrations/{client}/" + action, "", (path, body) -> {
            change.accept(path.group(1));
            return view.registrations();
        });
    }

    private void resource(String action, Change change) {
        route("POST", "/control/tenants/{tenant}/resources/{resource}/" + action, "", (path, body) -> {
            change.apply(path.group(1), path.group(2));
            return view.tenant(path.group(1));
        });
    }

    private void route(String method, String template, String body, Action action) {
        Pattern path = Pattern.compile(template.replaceAll("\\{[a-z]+}", "([^/]+)"));
        routes.add(new Route(method, template, path, body, action));
    }

    private static WebResponse error(int status, String message) {
        return WebResponse.json(status, Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        }));
    }
}

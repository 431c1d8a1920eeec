package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantState;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphError;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import dev.tenantops.onboarding.sandbox.microsoft.login.AccessTokens.AccessToken;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reads of Graph v1.0 that tell what a tenant granted. */
final class GraphReads {

    private static final Set<String> MAY_READ_APPLICATIONS = Set.of(
            "Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All");
    /**
     * DelegatedPermissionGrant.Read.All is not among them. Source:
     * https://learn.microsoft.com/graph/api/oauth2permissiongrant-list
     */
    private static final Set<String> MAY_READ_GRANTS =
            Set.of("Directory.Read.All", "Directory.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All");

    /** Source: https://learn.microsoft.com/graph/api/organization-list */
    private static final Set<String> MAY_READ_ORGANIZATION = Set.of(
            "Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All");

    private static final String DELTA = "/(?:microsoft\\.graph\\.)?delta(?:\\(\\))?";
    private static final Pattern PRINCIPALS_DELTA = Pattern.compile("/servicePrincipals" + DELTA);
    private static final Pattern GRANTS_DELTA = Pattern.compile("/oauth2PermissionGrants" + DELTA);
    private static final Pattern PRINCIPAL = Pattern.compile("/servicePrincipals(?:\\(appId='([^']*)'\\)|/([^/()]+))"
            + "(?:/(appRoleAssignments|appRoleAssignedTo|oauth2PermissionGrants))?");
    private static final Pattern GRANT = Pattern.compile("/oauth2PermissionGrants/([^/]+)");
    private static final Pattern DELETED_PRINCIPALS =
            Pattern.compile("/directory/deletedItems/(?:microsoft\\.)?graph\\.servicePrincipal");
    private static final Pattern DELETED_APPLICATIONS =
            Pattern.compile("/directory/deletedItems/(?:microsoft\\.)?graph\\.application");
    private static final Pattern DELETED_ITEM = Pattern.compile("/directory/deletedItems/([^/]+)");

    private final SimulatedDirectory directory;
    private final RequestLog log;
    private final TenantViews views;
    private final GraphPages pages;
    private final GraphDelta delta;

    GraphReads(SimulatedDirectory directory, RequestLog log) {
        this.directory = directory;
        this.log = log;
        this.views = new TenantViews(directory);
        this.pages = new GraphPages(directory.behaviour());
        this.delta = new GraphDelta(pages);
    }

    private record Read(TenantState state, AccessToken token, GraphQuery query, WebRequest request) {}

    /** @param path decoded, below {@code /v1.0} */
    WebResponse answer(AccessToken token, String path, WebRequest request) {
        return caller(token)
                .then(state -> GraphQuery.parse(request.queryParameters())
                        .then(query -> request.method().equals("GET")
                                ? route(path, new Read(state, token, query, request))
                                : Result.failure(new GraphError(
                                        405,
                                        "Request_BadRequest",
                                        "Specified HTTP method is not allowed for the request target."))))
                .fold(response -> identified(response, request), error -> GraphErrors.respond(error, request));
    }

    /** The directory must still know the calling application, whatever its token says. */
    private Result<TenantState, GraphError> caller(AccessToken token) {
        Optional<TenantState> state = directory.tenants().find(token.tenantId()).map(directory::read);
        Optional<ServicePrincipal> client = state.flatMap(found -> found.find(token.clientId()))
                .filter(principal -> principal.id().equals(token.servicePrincipalId()));
        if (client.isEmpty()) {
            return Result.failure(new GraphError(
                    401,
                    "Authorization_IdentityNotFound",
                    "The identity of the calling application could not be established."));
        }
        return client.get().enabled()
                        && directory.registrations().status(token.clientId()) == ServicePrincipal.Status.ENABLED
                ? Result.success(state.get())
                : Result.failure(new GraphError(
                        403, "Authorization_IdentityDisabled", "The identity of the calling application is disabled."));
    }

    private Result<WebResponse, GraphError> route(String path, Read read) {
        if (path.equals("/servicePrincipals")) {
            return applications(
                    read,
                    1,
                    () -> pages.page(
                            EntityTypes.SERVICE_PRINCIPAL, views.live(read.state()), read.query(), read.request()));
        }
        if (PRINCIPALS_DELTA.matcher(path).matches()) {
            return applications(
                    read,
                    1,
                    () -> delta.answer(
                            read.state().tenantId(),
                            EntityTypes.SERVICE_PRINCIPAL,
                            views.live(read.state()),
                            id -> read.state().findDeletedById(id).isPresent(),
                            read.query(),
                            read.request()));
        }
        if (path.equals("/oauth2PermissionGrants")) {
            return grants(
                    read,
                    () -> pages.page(
                            EntityTypes.DELEGATED_GRANT,
                            views.grantsOf(read.state(), read.state().live().values()),
                            read.query(),
                            read.request()));
        }
        if (GRANTS_DELTA.matcher(path).matches()) {
            return grants(
                    read,
                    () -> delta.answer(
                            read.state().tenantId(),
                            EntityTypes.DELEGATED_GRANT,
                            views.grantsOf(read.state(), read.state().live().values()),
                            id -> false,
                            read.query(),
                            read.request()));
        }
        if (DELETED_PRINCIPALS.matcher(path).matches()) {
            return applications(
                    read,
                    1,
                    () -> pages.page(
                            EntityTypes.SERVICE_PRINCIPAL, views.recycled(read.state()), read.query(), read.request()));
        }
        if (path.equals("/organization")) {
            return permitted(
                    read,
                    MAY_READ_ORGANIZATION,
                    1,
                    () -> pages.page(
                            EntityTypes.ORGANIZATION,
                            directory.tenants().find(read.token().tenantId()).stream()
                                    .toList(),
                            read.query(),
                            read.request()));
        }
        if (path.equals("/applications")) {
            return applications(
                    read,
                    1,
                    () -> pages.page(
                            EntityTypes.APPLICATION, views.registrations(read.state()), read.query(), read.request()));
        }
        if (DELETED_APPLICATIONS.matcher(path).matches()) {
            return applications(
                    read,
                    1,
                    () -> pages.page(
                            EntityTypes.APPLICATION,
                            views.deletedRegistrations(read.state()),
                            read.query(),
                            read.request()));
        }
        Matcher principal = PRINCIPAL.matcher(path);
        if (principal.matches()) {
            return ofPrincipal(read, principal.group(1), principal.group(2), principal.group(3));
        }
        Matcher grant = GRANT.matcher(path);
        if (grant.matches()) {
            return grants(
                    read,
                    () -> byId(
                            EntityTypes.DELEGATED_GRANT,
                            views.grantsOf(read.state(), read.state().live().values()),
                            grant.group(1),
                            read));
        }
        Matcher deleted = DELETED_ITEM.matcher(path);
        if (deleted.matches()) {
            return applications(read, 1, () -> recycled(read, deleted.group(1)));
        }
        return Result.failure(
                new GraphError(400, "BadRequest", "Resource not found for the segment '" + firstSegment(path) + "'."));
    }

    private Result<WebResponse, GraphError> recycled(Read read, String id) {
        if (!Guid.is(id)) {
            return Result.failure(GraphError.badRequest("Invalid object identifier '" + id + "'."));
        }
        return views.recycled(read.state()).stream()
                .filter(view -> view.principal().id().equalsIgnoreCase(id))
                .findFirst()
                .map(found ->
                        GraphPages.directoryObject(EntityTypes.SERVICE_PRINCIPAL, found, read.query(), read.request()))
                .orElseGet(() -> Result.failure(GraphError.notFound(id)));
    }

    private Result<WebResponse, GraphError> ofPrincipal(Read read, String appId, String objectId, String relation) {
        if (relation == null) {
            return applications(
                    read,
                    1,
                    () -> principal(read, appId, objectId)
                            .then(found -> GraphPages.single(
                                    EntityTypes.SERVICE_PRINCIPAL,
                                    views.principal(found),
                                    read.query(),
                                    read.request())));
        }
        return switch (relation) {
            case "appRoleAssignments" ->
                applications(
                        read,
                        2,
                        () -> principal(read, appId, objectId)
                                .then(found -> pages.page(
                                        EntityTypes.APP_ROLE_ASSIGNMENT,
                                        views.assignmentsOf(read.state(), List.of(found)),
                                        read.query(),
                                        read.request())));
            case "appRoleAssignedTo" ->
                applications(
                        read,
                        2,
                        () -> principal(read, appId, objectId)
                                .then(found -> pages.page(
                                        EntityTypes.APP_ROLE_ASSIGNMENT,
                                        views
                                                .assignmentsOf(
                                                        read.state(),
                                                        read.state().live().values())
                                                .stream()
                                                .filter(view ->
                                                        view.resource().id().equals(found.id()))
                                                .toList(),
                                        read.query(),
                                        read.request())));
            default ->
                grants(
                        read,
                        () -> principal(read, appId, objectId)
                                .then(found -> pages.page(
                                        EntityTypes.DELEGATED_GRANT,
                                        views.grantsOf(read.state(), List.of(found)),
                                        read.query(),
                                        read.request())));
        };
    }

    private Result<WebResponse, GraphError> applications(Read read, int cost, Answer answer) {
        return permitted(read, MAY_READ_APPLICATIONS, cost, answer);
    }

    private Result<WebResponse, GraphError> grants(Read read, Answer answer) {
        return permitted(read, MAY_READ_GRANTS, 2, answer);
    }

    private Result<WebResponse, GraphError> permitted(Read read, Set<String> anyOf, int cost, Answer answer) {
        if (read.token().roles().stream().noneMatch(anyOf::contains)) {
            return Result.failure(GraphError.denied());
        }
        int units = read.query().resourceUnits(cost);
        log.spend(units);
        return answer.get()
                .then(response -> Result.success(response.with("x-ms-resource-unit", Integer.toString(units))));
    }

    /** A read that its caller may make. */
    @FunctionalInterface
    private interface Answer {
        Result<WebResponse, GraphError> get();
    }

    private static Result<ServicePrincipal, GraphError> principal(Read read, String appId, String objectId) {
        String id = appId == null ? objectId : appId;
        if (!Guid.is(id)) {
            return Result.failure(GraphError.badRequest("Invalid object identifier '" + id + "'."));
        }
        String key = Guid.require("id", id);
        Optional<ServicePrincipal> found =
                appId == null ? read.state().findById(key) : read.state().find(key);
        return found.map(Result::<ServicePrincipal, GraphError>success)
                .orElseGet(() -> Result.failure(GraphError.notFound(id)));
    }

    private static <T> Result<WebResponse, GraphError> byId(
            EntityType<T> type, List<T> entities, String id, Read read) {
        return entities.stream()
                .filter(entity -> type.id().apply(entity).equals(id))
                .findFirst()
                .map(found -> GraphPages.single(type, found, read.query(), read.request()))
                .orElseGet(() -> Result.failure(GraphError.notFound(id)));
    }

    private static WebResponse identified(WebResponse response, WebRequest request) {
        String requestId = UUID.randomUUID().toString();
        String sent = request.header("client-request-id");
        return response.with("request-id", requestId)
                .with("client-request-id", sent == null ? requestId : sent)
                .with("Cache-Control", "no-cache")
                .with("OData-Version", "4.0");
    }

    private static String firstSegment(String path) {
        String[] segments = path.split("/");
        return segments.length > 1 ? segments[1] : "";
    }
}

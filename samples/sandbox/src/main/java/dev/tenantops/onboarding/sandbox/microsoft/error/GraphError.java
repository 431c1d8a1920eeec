package dev.tenantops.onboarding.sandbox.microsoft.error;

/** A refusal of Graph. */
public record GraphError(int status, String code, String message) {

    public static GraphError badRequest(String message) {
        return new GraphError(400, "Request_BadRequest", message);
    }

    public static GraphError unsupportedQuery(String message) {
        return new GraphError(400, "Request_UnsupportedQuery", message);
    }

    public static GraphError notFound(String id) {
        return new GraphError(
                404,
                "Request_ResourceNotFound",
                "Resource '" + id
                        + "' does not exist or one of its queried reference-property objects are not present.");
    }

    public static GraphError denied() {
        return new GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }

    public static GraphError invalidToken(String message) {
        return new GraphError(401, "InvalidAuthenticationToken", message);
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphError;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import dev.tenantops.onboarding.sandbox.microsoft.login.AccessTokens;
import dev.tenantops.onboarding.sandbox.microsoft.login.AccessTokens.AccessToken;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestLog;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Traffic;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Traffic.Caller;
import java.util.Locale;
import java.util.Optional;

/** Graph v1.0: who calls, and what of it. */
public final class GraphEndpoint {

    public static final String ROOT = "/v1.0";

    private static final String BATCH = "/$batch";
    private static final String BEARER = "bearer ";

    private final SimulatedDirectory directory;
    private final AccessTokens tokens;
    private final Traffic traffic;
    private final GraphReads reads;
    private final GraphBatch batch;

    public GraphEndpoint(SimulatedDirectory directory, AccessTokens tokens, Traffic traffic, RequestLog log) {
        this.directory = directory;
        this.tokens = tokens;
        this.traffic = traffic;
        this.reads = new GraphReads(directory, log);
        this.batch = new GraphBatch(traffic, reads);
    }

    public WebResponse handle(WebRequest request) {
        String path = request.decodedPath().substring(ROOT.length());
        boolean isBatch = path.equals(BATCH);
        Result<AccessToken, GraphError> token = authenticate(request);
        Caller caller = token.fold(GraphEndpoint::caller, error -> Caller.UNKNOWN);
        return traffic.pass(
                isBatch ? RequestKind.BATCH : RequestKind.GRAPH,
                caller,
                path,
                request,
                () -> token.fold(
                        valid -> isBatch ? batch.answer(valid, caller, request) : reads.answer(valid, path, request),
                        error -> GraphErrors.respond(error, request)));
    }

    private Result<AccessToken, GraphError> authenticate(WebRequest request) {
        String header = request.header("authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Result.failure(GraphError.invalidToken("Access token is empty."));
        }
        Optional<AccessToken> token =
                tokens.find(header.substring(BEARER.length()).strip());
        if (token.isEmpty()) {
            return Result.failure(GraphError.invalidToken("CompactToken parsing failed with error code: 80049217"));
        }
        if (!token.get().resourceAppId().equals(WellKnownResources.MICROSOFT_GRAPH)) {
            return Result.failure(GraphError.invalidToken("Access token validation failure. Invalid audience."));
        }
        if (!directory.now().isBefore(token.get().expires())) {
            return Result.failure(GraphError.invalidToken("Lifetime validation failed, the token is expired."));
        }
        return Result.success(token.get());
    }

    private static Caller caller(AccessToken token) {
        return new Caller(token.tenantId(), token.clientId());
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.error.GraphError;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The query options of a Graph read.
 *
 * @param select empty for all members
 * @param filter the text of {@code $filter}
 * @param parameters all of them, decoded, for the links to the next page
 */
record GraphQuery(
        Set<String> select,
        Optional<String> filter,
        Optional<Integer> top,
        Optional<String> skipToken,
        Optional<String> deltaToken,
        Map<String, String> parameters) {

    private static final Set<String> KNOWN = Set.of("$select", "$filter", "$top", "$skiptoken", "$deltatoken");
    private static final int MAX_TOP = 999;

    static Result<GraphQuery, GraphError> parse(Map<String, String> parameters) {
        Optional<String> unsupported = parameters.keySet().stream()
                .filter(name -> name.startsWith("$") && !KNOWN.contains(name))
                .findFirst();
        if (unsupported.isPresent()) {
            return Result.failure(GraphError.unsupportedQuery(
                    "The query option '" + unsupported.get() + "' is not supported for this request."));
        }
        Optional<String> top = Optional.ofNullable(parameters.get("$top"));
        if (top.isPresent() && !isPageSize(top.get())) {
            return Result.failure(GraphError.badRequest("Invalid page size specified: '" + top.get()
                    + "'. Must be between 1 and " + MAX_TOP + " inclusive."));
        }
        Set<String> select = new LinkedHashSet<>();
        Arrays.stream(parameters.getOrDefault("$select", "").split(","))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .forEach(select::add);
        return Result.success(new GraphQuery(
                select,
                Optional.ofNullable(parameters.get("$filter")),
                top.map(Integer::valueOf),
                Optional.ofNullable(parameters.get("$skiptoken")),
                Optional.ofNullable(parameters.get("$deltatoken")),
                parameters));
    }

    /** A link to the same request that goes on at the token. */
    String link(WebRequest request, String tokenName, String token) {
        Map<String, String> next = new LinkedHashMap<>(parameters);
        next.remove("$skiptoken");
        next.remove("$deltatoken");
        next.put(tokenName, token);
        StringBuilder link = new StringBuilder(request.origin()).append(request.path());
        char separator = '?';
        for (Map.Entry<String, String> parameter : next.entrySet()) {
            link.append(separator)
                    .append(encode(parameter.getKey()).replace("%24", "$"))
                    .append('=')
                    .append(encode(parameter.getValue()));
            separator = '&';
        }
        return link.toString();
    }

    /** What Graph charges for a read of this base cost. */
    int resourceUnits(int base) {
        int units = base - (select.isEmpty() ? 0 : 1) - (top.isPresent() && top.get() < 20 ? 1 : 0);
        return Math.max(units, 1);
    }

    private static boolean isPageSize(String text) {
        return text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_TOP;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.error.GraphError;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of OData's {@code $filter} that the directory answers for these entities: {@code eq} and {@code in}, joined
 * by {@code and} or by {@code or}. Source: https://learn.microsoft.com/graph/filter-query-parameter
 */
final class GraphFilter {

    private static final int MAX_ALTERNATIVES = 15;
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:('(?:[^']|'')*')|([A-Za-z][A-Za-z0-9/]*)|([(),]))");

    private final List<Comparison> comparisons;
    private final boolean any;

    private record Comparison(String member, Set<String> values) {}

    private GraphFilter(List<Comparison> comparisons, boolean any) {
        this.comparisons = comparisons;
        this.any = any;
    }

    static Result<GraphFilter, GraphError> parse(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text.stripTrailing());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
            matcher.region(end, matcher.regionEnd());
        }
        return end < matcher.regionEnd() || tokens.isEmpty() ? invalid(text) : new Parser(tokens, text).parse();
    }

    <T> Result<Predicate<T>, GraphError> on(EntityType<T> type) {
        Predicate<T> all = null;
        for (Comparison comparison : comparisons) {
            Function<T, String> value = type.filters().get(comparison.member());
            if (value == null) {
                return Result.failure(GraphError.unsupportedQuery(
                        "Unsupported or invalid query filter clause specified for property '" + comparison.member()
                                + "' of resource '" + type.name() + "'."));
            }
            Predicate<T> one = entity -> {
                String actual = value.apply(entity);
                return actual != null && comparison.values().contains(actual.toLowerCase(Locale.ROOT));
            };
            all = all == null ? one : any ? all.or(one) : all.and(one);
        }
        return Result.success(all);
    }

    private static Result<GraphFilter, GraphError> invalid(String text) {
        return Result.failure(GraphError.badRequest("Invalid filter clause: '" + text + "'."));
    }

    /** Recursive descent is not needed: the grammar has no nesting. */
    private static final class Parser {

        private final List<String> tokens;
        private final String text;
        private int next;

        Parser(List<String> tokens, String text) {
            this.tokens = tokens;
            this.text = text;
        }

        Result<GraphFilter, GraphError> parse() {
            List<Comparison> comparisons = new ArrayList<>();
            Set<String> connectives = new LinkedHashSet<>();
            do {
                Comparison comparison = comparison();
                if (comparison == null) {
                    return invalid(text);
                }
                comparisons.add(comparison);
                if (next < tokens.size()) {
                    connectives.add(take());
                }
            } while (next < tokens.size());
            if (comparisons.size() == 1 ? !connectives.isEmpty() : connectives.size() != 1) {
                return invalid(text);
            }
            boolean any = connectives.contains("or");
            if (!any && !connectives.isEmpty() && !connectives.contains("and")) {
                return invalid(text);
            }
            int alternatives =
                    comparisons.stream().mapToInt(one -> one.values().size()).sum();
            if (alternatives > MAX_ALTERNATIVES) {
                return Result.failure(GraphError.unsupportedQuery(
                        "Too many child clauses specified in search filter expression containing 'OR' operators: "
                                + alternatives + ". Max allowed: " + MAX_ALTERNATIVES + "."));
            }
            return Result.success(new GraphFilter(List.copyOf(comparisons), any));
        }

        private Comparison comparison() {
            String member = take();
            Set<String> values = new LinkedHashSet<>();
            switch (take()) {
                case "eq" -> {
                    if (!value(values)) {
                        return null;
                    }
                }
                case "in" -> {
                    if (!take().equals("(")) {
                        return null;
                    }
                    String separator;
                    do {
                        if (!value(values)) {
                            return null;
                        }
                        separator = take();
                    } while (separator.equals(","));
                    if (!separator.equals(")")) {
                        return null;
                    }
                }
                default -> {
                    return null;
                }
            }
            return new Comparison(member, values);
        }

        private boolean value(Set<String> values) {
            String token = take();
            if (!token.startsWith("'")) {
                return false;
            }
            values.add(token.substring(1, token.length() - 1).replace("''", "'").toLowerCase(Locale.ROOT));
            return true;
        }

        private String take() {
            return next < tokens.size() ? tokens.get(next++) : "";
        }
    }
}

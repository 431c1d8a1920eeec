package dev.tenantops.onboarding.operator.page.vendor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which onboardings somebody wants to see. It comes from a query, so whatever makes no sense in it is left out.
 *
 * @param namespace empty for all
 * @param text what has to occur; empty for anything
 * @param page the page of the table, from 1
 */
public record OverviewFilter(
        Optional<Ready> ready, Optional<NextActor> actor, String namespace, String text, int page) {

    static final int LONGEST_TEXT = 100;
    private static final int LONGEST_NAMESPACE = 63;

    public static final OverviewFilter ALL = new OverviewFilter(Optional.empty(), Optional.empty(), "", "", 1);

    /** Reads the parameters {@code ready}, {@code actor}, {@code namespace}, {@code text} and {@code page}. */
    public static OverviewFilter of(Map<String, List<String>> parameters) {
        return new OverviewFilter(
                constant(parameters, "ready", Ready.values()),
                constant(parameters, "actor", NextActor.values()),
                shortened(parameters, "namespace", LONGEST_NAMESPACE),
                shortened(parameters, "text", LONGEST_TEXT),
                page(shortened(parameters, "page", 7)));
    }

    /** Whether a row is wanted, on whatever page. */
    public boolean matches(OverviewRow row) {
        return ready.filter(it -> it != row.ready()).isEmpty()
                && actor.filter(it -> it != row.actor()).isEmpty()
                && (namespace.isEmpty() || namespace.equals(row.namespace()))
                && (text.isEmpty() || row.mentions(text));
    }

    /** Whether everything is wanted. */
    public boolean wantsAll() {
        return query(1, Optional.empty()).isEmpty();
    }

    /**
     * The query of a link to a page of the same rows, with its question mark; empty for the first page of all.
     *
     * @param language the language that the page is asked for in
     */
    public String query(int number, Optional<Language> language) {
        var parameters = Stream.of(
                        parameter("ready", ready.map(Enum::name).orElse("")),
                        parameter("actor", actor.map(Enum::name).orElse("")),
                        parameter("namespace", namespace),
                        parameter("text", text),
                        parameter("page", number > 1 ? Integer.toString(number) : ""),
                        parameter("lang", language.map(Enum::name).orElse("")))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return parameters.isEmpty() ? "" : "?" + parameters;
    }

    private static Optional<String> parameter(String name, String value) {
        return Optional.of(value)
                .filter(it -> !it.isEmpty())
                .map(it -> name + "=" + URLEncoder.encode(it, StandardCharsets.UTF_8));
    }

    private static <E extends Enum<E>> Optional<E> constant(
            Map<String, List<String>> parameters, String name, E[] values) {
        return value(parameters, name)
                .flatMap(it -> Stream.of(values)
                        .filter(known -> known.name().equals(it))
                        .findFirst());
    }

    private static String shortened(Map<String, List<String>> parameters, String name, int longest) {
        return value(parameters, name)
                .map(String::strip)
                .map(it -> it.substring(0, Math.min(it.length(), longest)))
                .orElse("");
    }

    private static Optional<String> value(Map<String, List<String>> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(it -> !it.isEmpty())
                .map(List::getFirst);
    }

    private static int page(String number) {
        return number.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(number) : 1;
    }
}

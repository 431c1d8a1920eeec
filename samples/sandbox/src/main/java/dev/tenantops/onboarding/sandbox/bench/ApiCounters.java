package dev.tenantops.onboarding.sandbox.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the API server has answered to writes since it started, by its own metrics. */
record ApiCounters(Map<Answer, Long> answers) {

    private static final String SERIES = "apiserver_request_total{";
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "APPLY", "UPDATE", "DELETE");

    /** The answers of one kind. */
    record Answer(String resource, String subresource, int code) {

        boolean succeeded() {
            return code / 100 == 2;
        }
    }

    static ApiCounters read(ApiServerReader server) {
        return of(server.lines("/metrics").stream());
    }

    static ApiCounters of(Stream<String> metrics) {
        Map<Answer, Long> answers = new HashMap<>();
        metrics.filter(it -> it.startsWith(SERIES)).forEach(line -> {
            Map<String, String> labels = new HashMap<>();
            Matcher label = LABEL.matcher(line);
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            if (WRITES.contains(labels.get("verb"))) {
                answers.merge(
                        new Answer(
                                labels.get("resource"),
                                labels.get("subresource"),
                                Integer.parseInt(labels.getOrDefault("code", "0"))),
                        (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))),
                        Long::sum);
            }
        });
        return new ApiCounters(Map.copyOf(answers));
    }

    ApiCounters since(ApiCounters before) {
        Map<Answer, Long> more = new HashMap<>();
        answers.forEach((answer, count) -> more.put(answer, count - before.answers.getOrDefault(answer, 0L)));
        return new ApiCounters(more);
    }

    /** Statuses of onboardings that were taken. */
    long statuses() {
        return count(it -> it.succeeded()
                && it.resource().equals("tenantonboardings")
                && it.subresource().equals("status"));
    }

    /** Events that were taken. */
    long events() {
        return count(it -> it.succeeded() && it.resource().equals("events"));
    }

    /** Refused writes of anything, because of the API server. */
    long serverErrors() {
        return count(it -> it.code() >= 500);
    }

    long conflicts() {
        return count(it -> it.code() == 409);
    }

    /** Refused writes of anything, because of the request, besides conflicts. */
    long clientErrors() {
        return count(it -> it.code() / 100 == 4 && it.code() != 409);
    }

    private long count(Predicate<Answer> which) {
        return answers.entrySet().stream()
                .filter(it -> which.test(it.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}

package dev.tenantops.onboarding.sandbox.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One version of an onboarding as the API server stored it, read without the operator's types.
 *
 * @param at when it was seen, of {@link System#nanoTime}
 */
record StoredStatus(long at, JsonNode object) {

    /** @param status True, False or Unknown */
    record Condition(String status, String reason) {
        @Override
        public String toString() {
            return status + "/" + reason;
        }
    }

    String uid() {
        return object.at("/metadata/uid").asText();
    }

    String namespace() {
        return object.at("/metadata/namespace").asText();
    }

    String name() {
        return object.at("/metadata/name").asText();
    }

    String tenantId() {
        return object.at("/spec/tenantId").asText();
    }

    boolean leaving() {
        return object.at("/metadata").has("deletionTimestamp");
    }

    boolean current() {
        return object.at("/metadata/generation").asLong()
                == object.at("/status/observedGeneration").asLong();
    }

    /** By type. */
    Map<String, Condition> conditions() {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        object.at("/status/conditions")
                .forEach(it -> conditions.put(
                        it.path("type").asText(),
                        new Condition(
                                it.path("status").asText(), it.path("reason").asText())));
        return conditions;
    }

    boolean ready() {
        return Optional.ofNullable(conditions().get("Ready"))
                .filter(it -> it.status().equals("True"))
                .isPresent();
    }

    /** The states of the applications, by name. */
    Map<String, String> applications() {
        Map<String, String> states = new LinkedHashMap<>();
        object.at("/status/applications")
                .forEach(it ->
                        states.put(it.path("name").asText(), it.path("state").asText()));
        return states;
    }

    Optional<Instant> time(String field) {
        try {
            return Optional.ofNullable(object.path("status").path(field).textValue())
                    .map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Every link of the status. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        for (String list : List.of("verifiers", "applications")) {
            StreamSupport.stream(object.at("/status/" + list).spliterator(), false)
                    .map(it -> it.path("consentUrl").asText())
                    .filter(it -> !it.isEmpty())
                    .forEach(links::add);
        }
        return links;
    }

    /** In a line. */
    String summary() {
        return "version %s generation %s observed %s verified %s until %s %s %s"
                .formatted(
                        object.at("/metadata/resourceVersion").asText(),
                        object.at("/metadata/generation").asText(),
                        object.at("/status/observedGeneration").asText(),
                        object.at("/status/lastVerified").asText("-"),
                        object.at("/status/validUntil").asText("-"),
                        conditions(),
                        applications());
    }
}

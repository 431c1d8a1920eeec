package dev.tenantops.onboarding.sandbox.microsoft.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A Graph entity as it is written, selected and filtered.
 *
 * @param name such as {@code servicePrincipal}
 * @param setName what its collection is called in {@code @odata.context}
 * @param members how each member's value is written, in the order of the answer
 * @param filters the members that {@code $filter} may name
 */
record EntityType<T>(
        String name,
        String setName,
        Function<T, String> id,
        Map<String, Member<T>> members,
        Map<String, Function<T, String>> filters) {

    /** Writes the value of one member. */
    @FunctionalInterface
    interface Member<T> {
        void write(JsonGenerator json, T entity) throws IOException;
    }

    static <T> Builder<T> named(String name, String setName, Function<T, String> id) {
        return new Builder<>(name, setName, id);
    }

    Optional<String> unknownMember(Set<String> selected) {
        return selected.stream().filter(member -> !members.containsKey(member)).findFirst();
    }

    /** @param selected members to write; empty for all */
    void write(JsonGenerator json, T entity, Set<String> selected) throws IOException {
        json.writeStartObject();
        writeMembers(json, entity, selected);
        json.writeEndObject();
    }

    void writeMembers(JsonGenerator json, T entity, Set<String> selected) throws IOException {
        for (Map.Entry<String, Member<T>> member : members.entrySet()) {
            if (selected.isEmpty() || selected.contains(member.getKey())) {
                json.writeFieldName(member.getKey());
                member.getValue().write(json, entity);
            }
        }
    }

    /** Collects members in their order. */
    static final class Builder<T> {

        private final String name;
        private final String setName;
        private final Function<T, String> id;
        private final Map<String, Member<T>> members = new LinkedHashMap<>();
        private final Map<String, Function<T, String>> filters = new LinkedHashMap<>();

        private Builder(String name, String setName, Function<T, String> id) {
            this.name = name;
            this.setName = setName;
            this.id = id;
            filterable("id", id);
        }

        /** A string member that {@code $filter} may name. */
        Builder<T> filterable(String member, Function<T, String> value) {
            filters.put(member, value);
            return text(member, value);
        }

        Builder<T> text(String member, Function<T, String> value) {
            return member(member, (json, entity) -> json.writeString(value.apply(entity)));
        }

        Builder<T> flag(String member, Function<T, Boolean> value) {
            return member(member, (json, entity) -> json.writeObject(value.apply(entity)));
        }

        Builder<T> strings(String member, Function<T, Collection<String>> values) {
            return member(member, (json, entity) -> {
                json.writeStartArray();
                for (String value : values.apply(entity)) {
                    json.writeString(value);
                }
                json.writeEndArray();
            });
        }

        Builder<T> member(String member, Member<T> value) {
            members.put(member, value);
            return this;
        }

        EntityType<T> build() {
            return new EntityType<>(name, setName, id, members, filters);
        }
    }
}

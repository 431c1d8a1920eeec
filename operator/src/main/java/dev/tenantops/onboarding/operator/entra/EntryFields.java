package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantops.onboarding.operator.entra.GraphCollections.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The selected fields of one entry, from its bytes. What was selected and is absent is an error, not a default: {@link
 * NoSuchElementException} says so. What was not selected is passed over.
 */
final class EntryFields {

    private final List<Field<?>> selected;
    private final Object[] values;

    private EntryFields(List<Field<?>> selected) {
        this.selected = selected;
        this.values = new Object[selected.size()];
    }

    /**
     * A field and how its value is read.
     *
     * @param <T> what is made of it; null for null
     */
    record Field<T>(String name, Entry<T> value) {

        static Field<String> text(String name) {
            return new Field<>(name, EntryFields::text);
        }

        static Field<Boolean> truth(String name) {
            return new Field<>(name, EntryFields::truth);
        }

        static <T> Field<List<T>> list(String name, Entry<T> entry) {
            return new Field<>(name, json -> EntryFields.list(json, entry));
        }
    }

    /** @param json at the entry's first token; at its last one afterwards */
    static EntryFields of(JsonParser json, List<Field<?>> selected) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new UselessAnswerException("not an entry");
        }
        var fields = new EntryFields(selected);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = fields.index(json.currentName());
            json.nextToken();
            if (field < 0) {
                json.skipChildren();
            } else {
                fields.values[field] = selected.get(field).value().read(json);
            }
        }
        return fields;
    }

    @SuppressWarnings("unchecked")
    <T> Optional<T> find(Field<T> field) {
        return Optional.ofNullable((T) values[index(field.name())]);
    }

    <T> T require(Field<T> field) {
        return find(field).orElseThrow(() -> new NoSuchElementException(field.name()));
    }

    /** For ids that later requests are made of. */
    String guid(Field<String> field) {
        return Guid.require(field.name(), require(field));
    }

    private int index(String name) {
        for (int i = 0; i < values.length; i++) {
            if (selected.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String text(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            default -> throw new UselessAnswerException("not a text");
        };
    }

    private static Boolean truth(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new UselessAnswerException("neither true nor false");
        };
    }

    private static <T> List<T> list(JsonParser json, Entry<T> entry) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new UselessAnswerException("not a list");
        }
        var all = new ArrayList<T>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(entry.read(json));
        }
        return all;
    }
}

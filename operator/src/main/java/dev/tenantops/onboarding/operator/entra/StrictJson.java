package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Reads one JSON object, strictly and to the end: half an answer must not pass for a whole one. */
final class StrictJson {

    private StrictJson() {}

    /** A field that is a plain value; empty for one that is absent, or something else. */
    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonElement value && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /**
     * @return empty for anything that is not exactly one JSON object
     * @throws IOException where the text itself could not be read
     */
    static Optional<JsonObject> object(Reader text) throws IOException {
        var reader = new JsonReader(text);
        reader.setStrictness(Strictness.STRICT);
        try {
            var element = JsonParser.parseReader(reader);
            return element instanceof JsonObject object && reader.peek() == JsonToken.END_DOCUMENT
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonIOException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        } catch (JsonParseException | MalformedJsonException e) {
            return Optional.empty();
        }
    }
}

package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * One JSON object of an answer as it came, whole and well-formed. Records are read from its bytes: the
 * SDK's models take a tree of the answer and a reader of their own for each object, which is several times the work. Why
 * Graph refuses, is made of its tree.
 */
final class JsonBody {

    /** UTF-8 and nothing else, as RFC 8259 has it; buffers are shared, since virtual threads come and go. */
    static final JsonFactory STREAMS = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
            .build();

    private final byte[] bytes;
    private final int start;
    private final int length;

    /** A part of an answer that was found to be an object. */
    JsonBody(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
    }

    /**
     * A whole answer: half of one must not pass for it.
     *
     * @throws JacksonException for anything that is not exactly one JSON object
     * @throws UselessAnswerException the same
     */
    static JsonBody of(byte[] answer) throws IOException {
        try (var json = STREAMS.createParser(answer)) {
            requireObject(json);
            json.skipChildren();
            requireEnd(json);
        }
        return new JsonBody(answer, 0, answer.length);
    }

    static void requireObject(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UselessAnswerException("not an object");
        }
    }

    static void requireEnd(JsonParser json) throws IOException {
        if (json.nextToken() != null) {
            throw new UselessAnswerException("more than an object");
        }
    }

    /** Before the object's beginning. */
    JsonParser stream() {
        try {
            return STREAMS.createParser(bytes, start, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return empty where the other parser thinks otherwise of it */
    Optional<JsonObject> tree() {
        try {
            return StrictJson.object(
                    new InputStreamReader(new ByteArrayInputStream(bytes, start, length), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(MessageDigest digest) {
        digest.update(bytes, start, length);
    }

    int length() {
        return length;
    }
}

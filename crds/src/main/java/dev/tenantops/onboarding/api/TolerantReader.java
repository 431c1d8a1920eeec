package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a spec or a status so that nothing in it can fail the reading: what this version does not know is absent, and
 * noted. Whoever lists or watches resources reads them all at once, and one exception would cost it every one of them.
 *
 * @param <T> what is read
 */
abstract class TolerantReader<T> extends JsonDeserializer<T> {

    private static final int SHOWN = 64;

    private static final ObjectReader READER = JsonMapper.builder()
            .addHandler(new Absent())
            .addModule(new SimpleModule()
                    .addDeserializer(Integer.class, new WholeNumber<>(null, JsonParser::getIntValue))
                    .addDeserializer(Long.TYPE, new WholeNumber<>(0L, JsonParser::getLongValue)))
            // A number is no name of a constant, whatever the order of the constants is in this version.
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build()
            .reader();

    private final Class<T> type;

    TolerantReader(Class<T> type) {
        this.type = type;
    }

    /** @param foreign what was read as absent */
    abstract T complete(T value, List<ForeignValue> foreign);

    /** What is left when nothing can be read. */
    abstract T nothing();

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        // Taken off the stream as a whole, so that a failure leaves the stream where the next value begins.
        try (var buffer = new TokenBuffer(parser.getCodec(), false)) {
            buffer.copyCurrentStructure(parser);
            var foreign = new ArrayList<ForeignValue>();
            try {
                var value = READER.forType(type)
                        .withAttribute(Absent.class, foreign)
                        .<T>readValue(buffer.asParser());
                return complete(value == null ? nothing() : value, foreign);
            } catch (JsonProcessingException _) {
                return complete(nothing(), List.of(new ForeignValue("", "unreadable")));
            }
        }
    }

    @Override
    public T getNullValue(DeserializationContext context) {
        return nothing();
    }

    private static Object absent(DeserializationContext context, String value) {
        note(context, value);
        return null;
    }

    @SuppressWarnings("unchecked")
    private static void note(DeserializationContext context, String value) {
        var pointer = context.getParser().getParsingContext().pathAsPointer().toString();
        ((List<ForeignValue>) context.getAttribute(Absent.class))
                .add(new ForeignValue(pointer, value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…"));
    }

    private static String shown(JsonParser parser) throws IOException {
        return parser.currentToken().isScalarValue() ? parser.getText() : "{…}";
    }

    /** Jackson asks it before it gives up on a value. */
    private static final class Absent extends DeserializationProblemHandler {

        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> target, String value, String failure) {
            return absent(context, value);
        }

        @Override
        public Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> target, Number value, String failure) {
            return absent(context, value.toString());
        }

        @Override
        public Object handleUnexpectedToken(
                DeserializationContext context, JavaType target, JsonToken token, JsonParser parser, String failure)
                throws IOException {
            return skipped(context, parser);
        }

        @Override
        public Object handleMissingInstantiator(
                DeserializationContext context,
                Class<?> target,
                ValueInstantiator instantiator,
                JsonParser parser,
                String failure)
                throws IOException {
            return skipped(context, parser);
        }

        private static Object skipped(DeserializationContext context, JsonParser parser) throws IOException {
            note(context, shown(parser));
            parser.skipChildren();
            return null;
        }
    }

    /** A number that is too large for its field fails in the parser, of which no handler hears. */
    private static final class WholeNumber<N> extends JsonDeserializer<N> {

        private interface Read<N> {
            N from(JsonParser parser) throws IOException;
        }

        private final N absent;
        private final Read<N> read;

        WholeNumber(N absent, Read<N> read) {
            this.absent = absent;
            this.read = read;
        }

        @Override
        public N deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                Absent.skipped(context, parser);
                return absent;
            }
            try {
                return read.from(parser);
            } catch (InputCoercionException _) {
                note(context, shown(parser));
                return absent;
            }
        }

        @Override
        public N getNullValue(DeserializationContext context) {
            return absent;
        }
    }
}

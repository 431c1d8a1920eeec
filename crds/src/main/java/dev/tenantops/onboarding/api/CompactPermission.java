package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.regex.Pattern;

/** A permission in one word, such as {@code MicrosoftGraph/Application/User.Read.All}. */
final class CompactPermission {

    /** Only the value may hold whatever the tenant's directory holds. */
    private static final Pattern FORM = Pattern.compile("(?s)(.*?)/(Delegated|Application)/(.*)");

    private CompactPermission() {}

    static final class Writer extends StdSerializer<Permission> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(Permission.class);
        }

        @Override
        public void serialize(Permission permission, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeString(permission.resource() + "/" + permission.type() + "/" + permission.value());
        }

        @Override
        public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type)
                throws JsonMappingException {
            visitStringFormat(visitor, type);
        }
    }

    /** Reads the objects of earlier versions as well. */
    static final class Reader extends JsonDeserializer<Permission> {

        @Override
        public Permission deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return context.readValue(parser, Permission.class);
            }
            var text = parser.getText();
            var matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                return (Permission)
                        context.handleWeirdStringValue(Permission.class, text, "not of the form resource/type/value");
            }
            return new Permission(matcher.group(1), PermissionType.valueOf(matcher.group(2)), matcher.group(3));
        }
    }
}

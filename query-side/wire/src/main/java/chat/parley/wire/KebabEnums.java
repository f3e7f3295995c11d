package chat.parley.wire;

import chat.parley.api.KebabCase;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Writes and reads an enum under the name that {@link KebabCase} gives its constants. */
final class KebabEnums {
    private KebabEnums() {}

    static final class Writer extends ValueSerializer<Enum<?>> {
        @Override
        public void serialize(Enum<?> value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(KebabCase.of(value));
        }
    }

    static final class Reader extends ValueDeserializer<Object> {
        private final @Nullable JavaType type;

        Reader() {
            this(null);
        }

        private Reader(@Nullable JavaType type) {
            this.type = type;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            return property == null ? this : new Reader(property.getType());
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
            if (type == null) {
                return context.reportInputMismatch(this, "@Kebab stands on a property");
            }
            String kebab = parser.getValueAsString();
            for (Object constant : type.getRawClass().getEnumConstants()) {
                if (KebabCase.of((Enum<?>) constant).equals(kebab)) {
                    return constant;
                }
            }
            return context.reportInputMismatch(this, "no such value");
        }
    }
}

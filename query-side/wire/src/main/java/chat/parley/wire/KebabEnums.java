package chat.parley.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** {@code SINCE_JOINED} is {@code since-joined} on the wire. */
public final class KebabEnums {
    private KebabEnums() {}

    public static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of that name, or null where there is none. */
    public static <E extends Enum<E>> @Nullable E parse(Class<E> type, String kebab) {
        for (E constant : type.getEnumConstants()) {
            if (kebab(constant).equals(kebab)) {
                return constant;
            }
        }
        return null;
    }

    static final class Writer extends ValueSerializer<Enum<?>> {
        @Override
        public void serialize(Enum<?> value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(kebab(value));
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
                if (kebab(((Enum<?>) constant)).equals(kebab)) {
                    return constant;
                }
            }
            return context.reportInputMismatch(this, "no such value");
        }
    }
}

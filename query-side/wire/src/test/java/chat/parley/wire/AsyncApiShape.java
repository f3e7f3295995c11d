package chat.parley.wire;

import chat.parley.api.KebabCase;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The AsyncAPI document that follows from the records of the protocol, without descriptions. */
final class AsyncApiShape {
    private static final Set<Class<?>> IDS =
            Set.of(ConversationId.class, UserId.class, DeviceId.class, LoginSessionId.class, ClientMessageId.class);

    private final Map<String, Object> messages = new TreeMap<>();
    private final Map<String, Object> schemas = new TreeMap<>();

    AsyncApiShape() {
        for (JsonSubTypes.Type frame : types(ClientFrame.class)) {
            messages.put("client." + frame.name(), message(frame.name(), schema("type", frame.name(), frame.value())));
        }
        for (JsonSubTypes.Type frame : types(ServerFrame.class)) {
            messages.put("server." + frame.name(), message(frame.name(), serverPayload(frame)));
        }
        List<Object> kinds = new ArrayList<>();
        for (JsonSubTypes.Type kind : types(Entry.class)) {
            schemas.put("entry." + kind.name(), schema("kind", kind.name(), kind.value()));
            kinds.add(ref("schemas", "entry." + kind.name()));
        }
        schemas.put("entry", Map.of("oneOf", kinds, "discriminator", "kind"));
        schemas.put("id", Map.of("type", "string", "pattern", "^[A-Za-z0-9_-]{1,64}$"));
    }

    private static JsonSubTypes.Type[] types(Class<?> family) {
        return family.getAnnotation(JsonSubTypes.class).value();
    }

    Map<String, Object> messages() {
        return messages;
    }

    Map<String, Object> schemas() {
        return schemas;
    }

    private static Map<String, Object> message(String name, Object payload) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("name", name);
        message.put("contentType", "application/json");
        message.put("payload", payload);
        return message;
    }

    /** An {@code entry} frame is the entry itself with two more fields. */
    private Object serverPayload(JsonSubTypes.Type frame) {
        if (!frame.value().equals(ServerFrame.EntryFrame.class)) {
            return schema("type", frame.name(), frame.value());
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("type", "object");
        more.put("required", List.of("type"));
        more.put("properties", Map.of("type", Map.of("const", frame.name()), "cursor", Map.of("type", "string")));
        return Map.of("allOf", List.of(more, ref("schemas", "entry")));
    }

    private Map<String, Object> schema(@Nullable String tag, @Nullable String tagValue, Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        if (tag != null && tagValue != null) {
            properties.put(tag, Map.of("const", tagValue));
            required.add(tag);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), typeOf(component.getGenericType()));
            if (!isOptional(component)) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    private static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || component.getAccessor().isAnnotationPresent(JsonInclude.class);
    }

    private Object typeOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType().equals(List.class)
                    ? Map.of("type", "array", "items", typeOf(last))
                    : Map.of("type", "object", "additionalProperties", typeOf(last));
        }
        Class<?> plain = (Class<?>) type;
        if (IDS.contains(plain)) {
            return ref("schemas", "id");
        }
        if (plain.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(plain.getEnumConstants())
                            .map(constant -> KebabCase.of((Enum<?>) constant))
                            .toList());
        }
        if (plain.isRecord()) {
            String name = plain.getSimpleName();
            schemas.put(name, schema(null, null, plain));
            return ref("schemas", name);
        }
        return switch (plain.getSimpleName()) {
            case "String" -> Map.of("type", "string");
            case "boolean", "Boolean" -> Map.of("type", "boolean");
            case "int", "long", "Long" -> Map.of("type", "integer");
            case "Instant" -> Map.of("type", "string", "format", "date-time");
            default -> throw new AssertionError("no schema for " + plain);
        };
    }

    private static Map<String, Object> ref(String kind, String name) {
        return Map.of("$ref", "#/components/" + kind + "/" + name);
    }
}

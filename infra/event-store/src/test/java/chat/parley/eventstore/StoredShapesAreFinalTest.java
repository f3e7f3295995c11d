package chat.parley.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the events against the golden files. When one of these fails, what is stored anywhere could no longer be read:
 * raise the revision of the event, write an upcaster, and keep the old file beside a new one.
 */
class StoredShapesAreFinalTest {
    private final Jackson3Serializer serializer = Stores.serializer();

    static List<Object> samples() {
        return EventSamples.ALL;
    }

    static Stream<Class<?>> eventTypes() {
        return ApiRecords.all().stream().filter(StoredShapesAreFinalTest::isEvent);
    }

    private static boolean isEvent(Class<?> type) {
        return type.isAnnotationPresent(Revision.class)
                || Stream.of(type.getInterfaces())
                        .anyMatch(family -> family.getSimpleName().endsWith("Event"));
    }

    @Test
    void everyEventTypeHasASampleAndARevision() {
        Collection<Class<?>> sampled =
                EventSamples.ALL.stream().<Class<?>>map(Object::getClass).toList();
        assertThat(sampled).doesNotHaveDuplicates();
        assertThat(eventTypes()).containsExactlyInAnyOrderElementsOf(sampled);
        assertThat(eventTypes())
                .as("every stored event says its revision")
                .allMatch(type -> type.isAnnotationPresent(Revision.class));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anEventIsStoredAsItsGoldenFileSays(Object sample) throws IOException {
        SerializedObject<String> stored = serializer.serialize(sample, String.class);
        String shape = "{\n  \"type\": \"%s\",\n  \"revision\": \"%s\",\n  \"payload\": %s\n}\n"
                .formatted(stored.getType().getName(), stored.getType().getRevision(), stored.getData());
        assertThat(golden(sample))
                .as("src/test/resources/%s, which for a new event is%n%s", fileOf(sample), shape)
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aGoldenFileReadsBackAsItsEvent(Object sample) throws IOException {
        JsonNode golden = JsonMapper.builder().build().readTree(golden(sample));
        Object read = serializer.deserialize(new SimpleSerializedObject<>(
                golden.get("payload").toString(),
                String.class,
                golden.get("type").asString(),
                golden.get("revision").asString()));
        assertThat(read).isEqualTo(sample);
    }

    private static String golden(Object sample) throws IOException {
        try (InputStream file = StoredShapesAreFinalTest.class.getResourceAsStream("/" + fileOf(sample))) {
            return file == null ? "(there is no such file)" : new String(file.readAllBytes(), UTF_8);
        }
    }

    private static String fileOf(Object sample) {
        return "golden/" + sample.getClass().getSimpleName() + ".json";
    }
}

package chat.parley.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.eventstore.feed.EventSamples;
import chat.parley.eventstore.postgres.TestEventStores;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares events with the golden files. A failure means that stored events could no longer be read: raise the event's
 * revision, write an upcaster, and keep the old file beside a new one.
 */
class StoredShapesAreFinalTest {
    private final Jackson3Serializer serializer = TestEventStores.serializer();
    private final EventUpcasterChain upcasters = new EventStoreConfiguration().eventUpcasterChain();

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
    void anEventIsStoredAsItsGoldenFile(Object sample) throws IOException {
        SerializedObject<String> stored = serializer.serialize(sample, String.class);
        String shape = "{\n  \"type\": \"%s\",\n  \"revision\": \"%s\",\n  \"payload\": %s\n}\n"
                .formatted(stored.getType().getName(), stored.getType().getRevision(), stored.getData());
        assertThat(golden(fileOf(sample)))
                .as("src/test/resources/%s, which for a new event is%n%s", fileOf(sample), shape)
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aGoldenFileReadsBackAsItsEvent(Object sample) throws IOException {
        assertThat(read(golden(fileOf(sample)))).containsExactly(sample);
    }

    static Stream<Arguments> earlierRevisions() {
        return EventSamples.ALL.stream()
                .map(Object::getClass)
                .flatMap(type -> IntStream.range(1, revisionOf(type))
                        .mapToObj(revision -> Arguments.of(fileOf(type, revision), type)));
    }

    @ParameterizedTest
    @MethodSource("earlierRevisions")
    void anEarlierGoldenFileReadsAsACurrentEvent(String file, Class<?> type) throws IOException {
        assertThat(read(golden(file))).hasSize(1).allMatch(type::isInstance).allMatch(EventSamples.OF_BEFORE::contains);
    }

    private List<Object> read(String golden) {
        JsonNode json = JsonMapper.builder().build().readTree(golden);
        DomainEventData<byte[]> stored = new GenericDomainEventEntry<>(
                "Conversation",
                "c-talk",
                2,
                "event",
                Instant.EPOCH,
                json.get("type").asString(),
                json.get("revision").asString(),
                json.get("payload").toString().getBytes(UTF_8),
                "{}".getBytes(UTF_8));
        return EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(stored), serializer, upcasters)
                .asStream()
                .<Object>map(Message::getPayload)
                .toList();
    }

    private static String golden(String path) throws IOException {
        try (InputStream file = StoredShapesAreFinalTest.class.getResourceAsStream("/" + path)) {
            return file == null ? "(there is no such file)" : new String(file.readAllBytes(), UTF_8);
        }
    }

    private static String fileOf(Object sample) {
        return fileOf(sample.getClass(), revisionOf(sample.getClass()));
    }

    /** The file of the first revision has no number in its name. */
    private static String fileOf(Class<?> type, int revision) {
        return "golden/" + type.getSimpleName() + (revision == 1 ? "" : "." + revision) + ".json";
    }

    private static int revisionOf(Class<?> type) {
        return Integer.parseInt(type.getAnnotation(Revision.class).value());
    }
}

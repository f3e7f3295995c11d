package chat.parley.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.transparency.entry.CanonicalMetadata;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.text.StrictText;
import chat.parley.transparency.tree.Hash;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * One event of an archive.
 *
 * @param index    its global index
 * @param entry    the entry of the log; none if the salt was shredded
 * @param payload  the stored payload
 * @param metadata the stored metadata
 */
public record ExportedEvent(long index, Optional<EventEntry> entry, String payload, Map<String, String> metadata) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    /** Most events have no metadata. */
    private static final Hash NO_METADATA = CanonicalMetadata.hash(Map.of());

    private static final String RECORD = "record";
    private static final String INDEX = "index";
    private static final String PAYLOAD = "payload";
    private static final String METADATA = "metadata";

    /** Writes this event as a line of JSON. */
    public void write(OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            if (entry.isPresent()) {
                json.writeStringProperty(
                        RECORD, Base64.getEncoder().encodeToString(entry.get().encode()));
            } else {
                json.writeNumberProperty(INDEX, index);
            }
            json.writeStringProperty(PAYLOAD, payload);
            json.writeObjectPropertyStart(METADATA);
            new TreeMap<>(metadata).forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** @param leaf the leaf hash of the record, which has only one encoding; null if there is no record */
    record Line(ExportedEvent event, @Nullable Hash leaf) {}

    /** Reads a line; empty if it is no event. */
    static Optional<Line> read(byte[] line) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            return parse(json);
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Line> parse(JsonParser json) {
        @Nullable String record = null;
        @Nullable String payload = null;
        long index = -1;
        @Nullable Map<String, String> metadata = null;
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals(METADATA) && value == JsonToken.START_OBJECT) {
                metadata = metadata(json);
            } else if (name.equals(INDEX) && value == JsonToken.VALUE_NUMBER_INT) {
                index = json.getLongValue();
            } else if (name.equals(RECORD) && value == JsonToken.VALUE_STRING) {
                record = json.getString();
            } else if (name.equals(PAYLOAD) && value == JsonToken.VALUE_STRING) {
                payload = json.getString();
            } else {
                return Optional.empty();
            }
        }
        boolean named = (record == null) != (index < 0);
        if (json.nextToken() != null || payload == null || metadata == null || !named) {
            return Optional.empty();
        }
        if (record == null) {
            return Optional.of(new Line(new ExportedEvent(index, Optional.empty(), payload, metadata), null));
        }
        byte[] encoded = StrictText.base64(record);
        EventEntry entry = EventEntry.decode(encoded);
        return Optional.of(
                new Line(new ExportedEvent(entry.index(), Optional.of(entry), payload, metadata), Hash.leaf(encoded)));
    }

    private static Map<String, String> metadata(JsonParser json) {
        Map<String, String> metadata = new TreeMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw new StreamReadException(json, "A metadata value is no text");
            }
            metadata.put(key, json.getString());
        }
        return metadata;
    }

    /** Whether payload and metadata are those of the record. */
    boolean agreesWithRecord() {
        return entry.filter(logged -> Hash.plain(payload.getBytes(UTF_8)).equals(logged.payload())
                        && metadataHash().equals(logged.metadata()))
                .isPresent();
    }

    private Hash metadataHash() {
        return metadata.isEmpty() ? NO_METADATA : CanonicalMetadata.hash(metadata);
    }
}

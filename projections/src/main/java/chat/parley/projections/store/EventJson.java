package chat.parley.projections.store;

import chat.parley.api.SealedText;
import chat.parley.api.account.Settings;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.projections.conversation.StoredEntry;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of events, entries, sealed texts and settings in the read model. It differs from that of stored events, because
 * a rebuild may change it.
 */
public final class EventJson {
    /** An absent flag is false. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(ConversationEvent.class, Named.class)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final ObjectWriter EVENT_WRITER = MAPPER.writerFor(ConversationEvent.class);
    private static final ObjectReader EVENT_READER = MAPPER.readerFor(ConversationEvent.class);
    private static final ObjectWriter ENTRY_WRITER = MAPPER.writerFor(StoredEntry.class);
    private static final ObjectReader ENTRY_READER = MAPPER.readerFor(StoredEntry.class);
    private static final ObjectWriter ENTRIES_WRITER = MAPPER.writerFor(new TypeReference<List<StoredEntry>>() {});
    private static final ObjectReader ENTRIES_READER = MAPPER.readerForListOf(StoredEntry.class);
    private static final ObjectWriter SEALED_WRITER = MAPPER.writerFor(SealedText.class);
    private static final ObjectReader SEALED_READER = MAPPER.readerFor(SealedText.class);

    private static final ObjectWriter SETTINGS_WRITER = MAPPER.writerFor(Settings.class);
    private static final ObjectReader SETTINGS_READER = MAPPER.readerFor(Settings.class);

    private EventJson() {}

    public static String of(ConversationEvent event) {
        return EVENT_WRITER.writeValueAsString(event);
    }

    public static ConversationEvent event(String json) {
        return EVENT_READER.readValue(json);
    }

    /** UTF-8 bytes, because the driver and the server would convert a string at every step. */
    public static byte[] of(StoredEntry entry) {
        return ENTRY_WRITER.writeValueAsBytes(entry);
    }

    public static StoredEntry entry(byte[] utf8) {
        return ENTRY_READER.readValue(utf8);
    }

    /** UTF-8 bytes. */
    public static byte[] of(List<StoredEntry> entries) {
        return ENTRIES_WRITER.writeValueAsBytes(entries);
    }

    public static List<StoredEntry> entries(byte[] utf8) {
        return ENTRIES_READER.readValue(utf8);
    }

    public static String of(SealedText sealed) {
        return SEALED_WRITER.writeValueAsString(sealed);
    }

    public static SealedText sealed(String json) {
        return SEALED_READER.readValue(json);
    }

    public static String of(Settings settings) {
        return SETTINGS_WRITER.writeValueAsString(settings);
    }

    public static Settings settings(String json) {
        return SETTINGS_READER.readValue(json);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Named {}
}

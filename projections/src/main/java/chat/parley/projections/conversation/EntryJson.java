package chat.parley.projections.conversation;

import chat.parley.projections.store.EventJson;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** JSON of stored entries, as UTF-8 bytes, because the driver and the server would convert a string at every step. */
public final class EntryJson {
    private static final ObjectWriter ENTRY_WRITER = EventJson.MAPPER.writerFor(StoredEntry.class);
    private static final ObjectReader ENTRY_READER = EventJson.MAPPER.readerFor(StoredEntry.class);
    private static final ObjectWriter ENTRIES_WRITER =
            EventJson.MAPPER.writerFor(new TypeReference<List<StoredEntry>>() {});
    private static final ObjectReader ENTRIES_READER = EventJson.MAPPER.readerForListOf(StoredEntry.class);

    private EntryJson() {}

    static byte[] of(StoredEntry entry) {
        return ENTRY_WRITER.writeValueAsBytes(entry);
    }

    public static StoredEntry entry(byte[] utf8) {
        return ENTRY_READER.readValue(utf8);
    }

    static byte[] of(List<StoredEntry> entries) {
        return ENTRIES_WRITER.writeValueAsBytes(entries);
    }

    static List<StoredEntry> entries(byte[] utf8) {
        return ENTRIES_READER.readValue(utf8);
    }
}

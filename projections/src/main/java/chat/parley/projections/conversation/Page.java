package chat.parley.projections.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.projections.store.DocumentFields;
import com.mongodb.client.model.Projections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page document. Its entries are in runs; each batch adds one run as one binary value, so that the database
 * does not parse single entries. ADR 0072 weighs this shape.
 */
public final class Page {
    private static final String ENTRIES = "e";
    private static final String SENDS = "s";
    private static final String FIRST_INDEX = "f";
    private static final String SEPARATOR = "\n";

    /** Loads no entries, only {@link #firstIndex}. */
    static final Bson FIRST_INDEXES = Projections.include(FIRST_INDEX);

    /** Loads no entries, only {@link #sends}. */
    public static final Bson ALL_SENDS = Projections.include(
            IntStream.range(0, PageSlot.PAGE_SIZE).mapToObj(Page::sendsFrom).toList());

    private final Document document;
    private final NavigableMap<Integer, byte[]> runs = new TreeMap<>();
    private final Map<Integer, List<StoredEntry>> read = new HashMap<>();

    /** @param document null if there is no such page */
    public Page(@Nullable Document document) {
        this.document = document == null ? new Document() : document;
        this.document.forEach((field, value) -> {
            if (field.startsWith(ENTRIES)) {
                runs.put(Integer.valueOf(field.substring(ENTRIES.length())), ((Binary) value).getData());
            }
        });
    }

    static String entriesFrom(int slot) {
        return ENTRIES + slot;
    }

    static String sendsFrom(int slot) {
        return SENDS + slot;
    }

    /** The stored form that {@link #firstIndex} reads. */
    static Document first(StoredEntry entry) {
        return new Document(FIRST_INDEX, entry.index());
    }

    /** Identifies a send among those of its conversation. */
    public static String sendKey(UserId sender, ClientMessageId id) {
        return sender + ":" + id;
    }

    /** The stored form that {@link #sends} reads. */
    static String sends(List<String> keys) {
        return String.join(SEPARATOR, keys);
    }

    /** The global index of the first entry. */
    public long firstIndex() {
        return DocumentFields.longOf(document, FIRST_INDEX);
    }

    /** The entries of the run that begins at this slot. */
    private List<StoredEntry> run(int start) {
        return read.computeIfAbsent(start, any -> {
            byte[] stored = runs.get(start);
            return stored == null ? List.of() : EntryJson.entries(stored);
        });
    }

    @Nullable
    public StoredEntry entry(int slot) {
        Integer start = runs.floorKey(slot);
        if (start == null) {
            return null;
        }
        List<StoredEntry> entries = run(start);
        int place = slot - start;
        return place < entries.size() ? entries.get(place) : null;
    }

    /** The send keys of the messages, by slot. */
    public Map<Integer, String> sends() {
        Map<Integer, String> sends = new TreeMap<>();
        document.forEach((field, value) -> {
            if (field.startsWith(SENDS)) {
                int slot = Integer.parseInt(field.substring(SENDS.length()));
                for (String key : ((String) value).split(SEPARATOR, -1)) {
                    if (!key.isEmpty()) {
                        sends.put(slot, key);
                    }
                    slot++;
                }
            }
        });
        return sends;
    }
}

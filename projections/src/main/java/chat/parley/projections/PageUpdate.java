package chat.parley.projections;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.bson.Document;

/** What a batch changes about one page: one write, whatever the number of entries. */
final class PageUpdate {
    private final String pageId;
    private final Map<Integer, Document> added = new TreeMap<>();
    private final Map<Integer, Long> ordinals = new TreeMap<>();
    private final Map<Integer, List<Long>> edits = new TreeMap<>();
    private final Document sets = new Document();
    private final Document unsets = new Document();

    PageUpdate(String pageId) {
        this.pageId = pageId;
    }

    /** @param ordinal of the newest message here or before */
    void add(int slot, Document entry, long ordinal) {
        added.put(slot, entry);
        ordinals.put(slot, ordinal);
        if (slot == 0) {
            sets.put("f", Docs.longOf(entry, "i"));
        }
    }

    void sent(int slot, String sendKey) {
        sets.put("s." + slot, sendKey);
    }

    void edited(int slot, Document editFields, long position) {
        edits.computeIfAbsent(slot, any -> new ArrayList<>()).add(position);
        unset(slot, List.of("z", "bz"));
        editFields.forEach((field, value) -> set(slot, field, value));
    }

    void retracted(int slot, long position) {
        unset(slot, EntryDocument.READABLE);
        set(slot, "r", position);
    }

    private void set(int slot, String field, Object value) {
        Document entry = added.get(slot);
        if (entry == null) {
            String path = path(slot, field);
            unsets.remove(path);
            sets.put(path, value);
        } else {
            entry.put(field, value);
        }
    }

    private void unset(int slot, Iterable<String> fields) {
        Document entry = added.get(slot);
        for (String field : fields) {
            if (entry == null) {
                String path = path(slot, field);
                sets.remove(path);
                unsets.put(path, "");
            } else {
                entry.remove(field);
            }
        }
    }

    private static String path(int slot, String field) {
        return "e." + slot + "." + field;
    }

    /** As far as this batch knows. */
    OptionalLong ordinal(int slot) {
        Long ordinal = ordinals.get(slot);
        return ordinal == null ? OptionalLong.empty() : OptionalLong.of(ordinal);
    }

    /** As far as this batch knows. */
    List<Long> editsOf(int slot) {
        return edits.getOrDefault(slot, List.of());
    }

    UpdateOneModel<Document> write() {
        Document set = new Document(sets);
        added.forEach((slot, entry) -> set.put("e." + slot, entry));
        ordinals.forEach((slot, ordinal) -> set.put("o." + slot, ordinal));
        Document update = new Document();
        if (!set.isEmpty()) {
            update.append("$set", set);
        }
        if (!unsets.isEmpty()) {
            update.append("$unset", unsets);
        }
        if (!edits.isEmpty()) {
            Document addToSet = new Document();
            edits.forEach((slot, positions) -> addToSet.put("d." + slot, new Document("$each", positions)));
            update.append("$addToSet", addToSet);
        }
        return new UpdateOneModel<>(Filters.eq("_id", pageId), update, new UpdateOptions().upsert(true));
    }
}

package chat.parley.projections;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bson.Document;

/** What a batch changes about one page: one write, whatever the number of entries. */
final class PageUpdate {
    private final String pageId;
    private final Supplier<Page> stored;
    private final Map<Integer, List<StoredEntry>> changedRuns = new TreeMap<>();
    private final List<StoredEntry> added = new ArrayList<>();
    private final List<String> sends = new ArrayList<>();
    private int firstAdded = PagePlace.PAGE_SIZE;

    /** @param stored the page as it is, asked for only where it has to be known */
    PageUpdate(String pageId, Supplier<Page> stored) {
        this.pageId = pageId;
        this.stored = stored;
    }

    /**
     * The page's next entry.
     *
     * @param sendKey empty where it is no message
     */
    void add(int slot, StoredEntry entry, String sendKey) {
        firstAdded = Math.min(firstAdded, slot);
        added.add(entry);
        sends.add(sendKey);
    }

    /** An entry that is there already, or was added before. */
    void change(int slot, UnaryOperator<StoredEntry> change) {
        if (slot >= firstAdded) {
            added.set(slot - firstAdded, change.apply(added.get(slot - firstAdded)));
            return;
        }
        int start = stored.get().runWith(slot);
        List<StoredEntry> run = changedRuns.computeIfAbsent(
                start, any -> new ArrayList<>(stored.get().run(start)));
        run.set(slot - start, change.apply(run.get(slot - start)));
    }

    /** An entry that is there already, or was added before, as it is after this batch so far. */
    StoredEntry entry(int slot) {
        if (slot >= firstAdded) {
            return added.get(slot - firstAdded);
        }
        int start = stored.get().runWith(slot);
        return changedRuns.getOrDefault(start, stored.get().run(start)).get(slot - start);
    }

    boolean isChanged() {
        return !added.isEmpty() || !changedRuns.isEmpty();
    }

    UpdateOneModel<Document> write() {
        Document set = new Document();
        changedRuns.forEach((start, run) -> set.put(Page.entriesFrom(start), EventJson.of(run)));
        if (!added.isEmpty()) {
            set.put(Page.entriesFrom(firstAdded), EventJson.of(added));
            if (sends.stream().anyMatch(key -> !key.isEmpty())) {
                set.put(Page.sendsFrom(firstAdded), Page.sends(sends));
            }
        }
        if (firstAdded == 0) {
            set.putAll(Page.first(added.getFirst()));
        }
        return new UpdateOneModel<>(
                Filters.eq("_id", pageId), new Document("$set", set), new UpdateOptions().upsert(true));
    }
}

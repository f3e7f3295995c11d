package chat.parley.projections.conversation;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a batch changes about one block of changes. Of what somebody does to a message again and again only that is kept
 * which makes a difference to anybody: between two changes of who is in the conversation, everybody who sees the one
 * edit sees the next one as well.
 */
public final class ChangeUpdate {
    /** Beyond that, who was there only for a while reads a message as it was before. */
    private static final int MAX_PER_MESSAGE = 32;

    private final String id;
    private final Map<Long, NavigableMap<Long, Change>> byTarget = new HashMap<>();
    private final Document sets = new Document();
    private final Document unsets = new Document();

    ChangeUpdate(String id, @Nullable Document stored) {
        this.id = id;
        ChangeBlock.changes(stored).forEach(this::keep);
    }

    private NavigableMap<Long, Change> keep(Change change) {
        NavigableMap<Long, Change> same = byTarget.computeIfAbsent(change.target(), any -> new TreeMap<>());
        same.put(change.position(), change);
        return same;
    }

    /** @param membersChanged where somebody last joined or left before it */
    void add(Change change, long membersChanged) {
        NavigableMap<Long, Change> kept = byTarget.getOrDefault(change.target(), new TreeMap<>());
        List<Change> sameReaders = List.copyOf(
                kept.subMap(membersChanged, false, change.position(), false).values());
        if (change.retraction()) {
            if (sameReaders.stream().anyMatch(Change::retraction)) {
                return;
            }
        } else {
            sameReaders.stream()
                    .filter(before -> !before.retraction() && (change.mentions() || !before.mentions()))
                    .forEach(this::drop);
        }
        NavigableMap<Long, Change> now = keep(change);
        sets.put(ChangeBlock.path(change.position()), change.stored());
        unsets.remove(ChangeBlock.path(change.position()));
        List<Change> edits =
                now.values().stream().filter(each -> !each.retraction()).toList();
        edits.subList(0, Math.max(0, edits.size() - MAX_PER_MESSAGE)).forEach(this::drop);
    }

    private void drop(Change change) {
        NavigableMap<Long, Change> same = byTarget.get(change.target());
        if (same != null) {
            same.remove(change.position());
        }
        sets.remove(ChangeBlock.path(change.position()));
        unsets.put(ChangeBlock.path(change.position()), "");
    }

    boolean isChanged() {
        return !sets.isEmpty() || !unsets.isEmpty();
    }

    public UpdateOneModel<Document> write() {
        Document update = new Document();
        if (!sets.isEmpty()) {
            update.append("$set", sets);
        }
        if (!unsets.isEmpty()) {
            update.append("$unset", unsets);
        }
        return new UpdateOneModel<>(Filters.eq("_id", id), update, new UpdateOptions().upsert(true));
    }
}

package chat.parley.projections.conversation;

import chat.parley.projections.store.DocumentUpdate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a batch adds to one block. Of repeated changes of the same kind to one message, only the last is
 * stored until somebody joins or leaves: everybody who may see one of them may see the next.
 */
final class MessageChangeUpdate {
    /** Beyond this limit, former members read the message without its older changes. */
    private static final int MAX_PER_MESSAGE = 32;

    private final String id;
    private final Map<Long, NavigableMap<Long, MessageChange>> byTarget = new HashMap<>();
    private final Document sets = new Document();
    private final Document unsets = new Document();

    MessageChangeUpdate(String id, @Nullable Document stored) {
        this.id = id;
        MessageChangeBlock.changes(stored).forEach(this::keep);
    }

    private NavigableMap<Long, MessageChange> keep(MessageChange change) {
        NavigableMap<Long, MessageChange> same = byTarget.computeIfAbsent(change.target(), any -> new TreeMap<>());
        same.put(change.position(), change);
        return same;
    }

    /** @param membersChanged position before {@code change} at which a user last joined or left */
    void add(MessageChange change, long membersChanged) {
        NavigableMap<Long, MessageChange> kept = byTarget.getOrDefault(change.target(), new TreeMap<>());
        List<MessageChange> sameReaders = List.copyOf(
                kept.subMap(membersChanged, false, change.position(), false).values());
        if (change.retraction()) {
            if (sameReaders.stream().anyMatch(MessageChange::retraction)) {
                return;
            }
        } else {
            sameReaders.stream()
                    .filter(before -> !before.retraction() && (change.mentions() || !before.mentions()))
                    .forEach(this::drop);
        }
        NavigableMap<Long, MessageChange> now = keep(change);
        sets.put(MessageChangeBlock.path(change.position()), change.stored());
        unsets.remove(MessageChangeBlock.path(change.position()));
        List<MessageChange> edits =
                now.values().stream().filter(each -> !each.retraction()).toList();
        edits.subList(0, Math.max(0, edits.size() - MAX_PER_MESSAGE)).forEach(this::drop);
    }

    private void drop(MessageChange change) {
        NavigableMap<Long, MessageChange> same = byTarget.get(change.target());
        if (same != null) {
            same.remove(change.position());
        }
        sets.remove(MessageChangeBlock.path(change.position()));
        unsets.put(MessageChangeBlock.path(change.position()), "");
    }

    boolean isChanged() {
        return !sets.isEmpty() || !unsets.isEmpty();
    }

    DocumentUpdate update() {
        return DocumentUpdate.of(id, sets, unsets, new Document());
    }
}

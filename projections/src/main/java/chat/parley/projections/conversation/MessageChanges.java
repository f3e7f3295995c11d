package chat.parley.projections.conversation;

import chat.parley.api.conversation.Visibility.Reading;
import chat.parley.projections.store.ReadModelStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;

/** The changes of the loaded blocks, and how messages read for a user with them. */
public final class MessageChanges {
    /** By block id, then by the message's position. */
    private final Map<String, Map<Long, List<MessageChange>>> blocks = new HashMap<>();

    /** @param documents the loaded blocks, by id */
    public MessageChanges(Map<String, Document> documents) {
        documents.forEach((id, block) -> {
            Map<Long, List<MessageChange>> byTarget = new HashMap<>();
            MessageChangeBlock.changes(block)
                    .forEach(change -> byTarget.merge(
                            change.target(),
                            List.of(change),
                            (some, more) ->
                                    Stream.concat(some.stream(), more.stream()).toList()));
            blocks.put(id, byTarget);
        });
    }

    public static MessageChanges read(ReadModelStore store, Set<String> blockIds) {
        return new MessageChanges(blockIds.isEmpty() ? Map.of() : ReadModelStore.large(store.changes(), blockIds));
    }

    /** The changes of this message, whose block must be loaded. */
    List<MessageChange> of(EntryView view, long target) {
        return block(view, target).getOrDefault(target, List.of());
    }

    private Map<Long, List<MessageChange>> block(EntryView view, long target) {
        return blocks.getOrDefault(MessageChangeBlock.idOf(view.conversation().id(), target), Map.of());
    }

    public Reading reading(EntryView view, long target) {
        List<MessageChange> changes = of(view, target);
        return changes.isEmpty()
                ? Reading.AS_SENT
                : view.visibility()
                        .reading(
                                positions(changes.stream().filter(change -> !change.retraction())),
                                positions(changes.stream().filter(MessageChange::retraction)));
    }

    /** The newest edit with mentions that this user may see. */
    public Optional<Long> mentioning(EntryView view, long target) {
        return view.visibility().newest(positions(of(view, target).stream().filter(MessageChange::mentions)));
    }

    /** Number of messages in these positions, both included, that are retracted for this user. */
    public long retracted(EntryView view, long from, long to) {
        return MessageChangeBlock.idsOf(view.conversation().id(), from, to).stream()
                .flatMap(id -> blocks.getOrDefault(id, Map.of()).keySet().stream())
                .filter(target -> from <= target && target <= to)
                .filter(target -> reading(view, target).isRetracted())
                .count();
    }

    private static Collection<Long> positions(Stream<MessageChange> changes) {
        return changes.map(MessageChange::position).toList();
    }
}

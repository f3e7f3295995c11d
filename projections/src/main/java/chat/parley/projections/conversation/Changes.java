package chat.parley.projections.conversation;

import chat.parley.api.conversation.Visibility.Reading;
import chat.parley.projections.inbox.MemberView;
import chat.parley.projections.store.ReadModelStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;

/** What later entries did to messages, of the blocks that were read, and how that makes them read for whom. */
public final class Changes {
    /** By block, then by message. */
    private final Map<String, Map<Long, List<Change>>> blocks = new HashMap<>();

    private Changes(Map<String, Document> documents) {
        documents.forEach((id, block) -> {
            Map<Long, List<Change>> byTarget = new HashMap<>();
            ChangeBlock.changes(block)
                    .forEach(change -> byTarget.merge(
                            change.target(),
                            List.of(change),
                            (some, more) ->
                                    Stream.concat(some.stream(), more.stream()).toList()));
            blocks.put(id, byTarget);
        });
    }

    public static Changes read(ReadModelStore store, Set<String> blockIds) {
        return new Changes(blockIds.isEmpty() ? Map.of() : ReadModelStore.large(store.changes(), blockIds));
    }

    /** To this message, whose block must have been asked for. */
    List<Change> of(MemberView seat, long target) {
        return block(seat, target).getOrDefault(target, List.of());
    }

    private Map<Long, List<Change>> block(MemberView seat, long target) {
        return blocks.getOrDefault(ChangeBlock.idOf(seat.conversation().id(), target), Map.of());
    }

    public Reading reading(MemberView seat, long target) {
        List<Change> changes = of(seat, target);
        return changes.isEmpty()
                ? Reading.AS_SENT
                : seat.visibility()
                        .reading(
                                positions(changes.stream().filter(change -> !change.retraction())),
                                positions(changes.stream().filter(Change::retraction)));
    }

    /** The edit of this message that says whom it mentions, as this user sees it. */
    public Optional<Long> mentioning(MemberView seat, long target) {
        return seat.visibility().newest(positions(of(seat, target).stream().filter(Change::mentions)));
    }

    /** How many messages among these positions, both included, read as retracted. */
    public long retracted(MemberView seat, long from, long to) {
        return ChangeBlock.idsOf(seat.conversation().id(), from, to).stream()
                .flatMap(id -> blocks.getOrDefault(id, Map.of()).keySet().stream())
                .filter(target -> from <= target && target <= to)
                .filter(target -> reading(seat, target).isRetracted())
                .count();
    }

    private static Collection<Long> positions(Stream<Change> changes) {
        return changes.map(Change::position).toList();
    }
}

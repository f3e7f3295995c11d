package chat.parley.projections.reaction;

import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.projections.store.DocumentUpdate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The reactions that a batch adds to one block. Between two changes of the membership, everybody who may see one of them
 * may see the next, so only a user's last change of an emoji is stored. A removal is stored only if somebody may see the
 * addition without it.
 */
public final class ReactionUpdate {
    /** Four for each member of the largest group. Further additions are shown to those who receive them live. */
    static final int MAX_PER_MESSAGE = 2_000;

    /** Beyond this limit, former members see none of a user's older changes of an emoji. */
    private static final int MAX_PER_EMOJI = 32;

    private final String id;
    private final Map<Long, NavigableMap<Long, StoredReaction>> byTarget = new HashMap<>();
    private final Set<Long> storedPositions = new HashSet<>();
    private final Document sets = new Document();
    private final Document unsets = new Document();

    public ReactionUpdate(String id, @Nullable Document stored) {
        this.id = id;
        ReactionBlock.reactions(stored).forEach(each -> {
            of(each.target()).put(each.position(), each);
            storedPositions.add(each.position());
        });
    }

    private NavigableMap<Long, StoredReaction> of(long target) {
        return byTarget.computeIfAbsent(target, any -> new TreeMap<>());
    }

    /** @param membersChanged position before {@code position} at which a user last joined or left */
    public void add(long position, ReactionChanged changed, long membersChanged) {
        StoredReaction reaction =
                new StoredReaction(position, changed.target(), changed.by(), changed.emoji(), changed.added());
        NavigableMap<Long, StoredReaction> kept = of(reaction.target());
        List<StoredReaction> before = kept.headMap(position, false).values().stream()
                .filter(reaction::hasSubjectOf)
                .toList();
        before.stream().filter(each -> each.position() > membersChanged).forEach(this::drop);
        boolean isSeenAsAdded = before.stream().anyMatch(each -> each.position() <= membersChanged);
        boolean isFull = kept.size() >= MAX_PER_MESSAGE && !kept.containsKey(position);
        if (isSeenAsAdded || (reaction.added() && !isFull)) {
            kept.put(position, reaction);
            sets.put(ReactionBlock.path(position), reaction.stored());
            unsets.remove(ReactionBlock.path(position));
        }
        before.subList(0, Math.max(0, before.size() - MAX_PER_EMOJI)).forEach(this::drop);
    }

    private void drop(StoredReaction reaction) {
        of(reaction.target()).remove(reaction.position());
        sets.remove(ReactionBlock.path(reaction.position()));
        if (storedPositions.contains(reaction.position())) {
            unsets.put(ReactionBlock.path(reaction.position()), "");
        }
    }

    public boolean isChanged() {
        return !sets.isEmpty() || !unsets.isEmpty();
    }

    public DocumentUpdate update() {
        return DocumentUpdate.of(id, sets, unsets, new Document());
    }
}

package chat.parley.projections.reaction;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry.Reactions;
import chat.parley.api.conversation.Visibility;
import chat.parley.projections.store.ReadModelStore;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/** The reactions of the loaded blocks, as users see them. */
public final class MessageReactions {
    public static final MessageReactions NONE = new MessageReactions(Map.of());

    /** By block id, then by the message's position. */
    private final Map<String, Map<Long, List<StoredReaction>>> blocks = new HashMap<>();

    private MessageReactions(Map<String, Document> documents) {
        documents.forEach((id, block) -> blocks.put(
                id,
                ReactionBlock.reactions(block)
                        .sorted(Comparator.comparingLong(StoredReaction::position))
                        .collect(Collectors.groupingBy(StoredReaction::target))));
    }

    public static MessageReactions read(ReadModelStore store, Set<String> blockIds) {
        return blockIds.isEmpty() ? NONE : new MessageReactions(ReadModelStore.large(store.reactions(), blockIds));
    }

    /** The reactions to this message that the user may see, whose block must be loaded. */
    public List<Reactions> of(Visibility visibility, ConversationId conversation, long target) {
        List<StoredReaction> stored = blocks.getOrDefault(ReactionBlock.idOf(conversation, target), Map.of())
                .getOrDefault(target, List.of());
        SequencedMap<UserAndEmoji, StoredReaction> last = new LinkedHashMap<>();
        stored.stream()
                .filter(reaction -> visibility.sees(reaction.position()))
                .forEach(reaction -> last.putLast(new UserAndEmoji(reaction.user(), reaction.emoji()), reaction));
        Map<String, List<UserId>> users = last.values().stream()
                .filter(StoredReaction::added)
                .collect(Collectors.groupingBy(
                        StoredReaction::emoji,
                        LinkedHashMap::new,
                        Collectors.mapping(StoredReaction::user, Collectors.toList())));
        return users.entrySet().stream()
                .map(emoji -> new Reactions(emoji.getKey(), emoji.getValue()))
                .toList();
    }

    private record UserAndEmoji(UserId user, String emoji) {}
}

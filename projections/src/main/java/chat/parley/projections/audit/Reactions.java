package chat.parley.projections.audit;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.FindConversationAt.Reaction;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The reactions to the messages of one conversation. The read model keeps only those that somebody may still see. */
final class Reactions {
    private final NavigableMap<Long, Map<String, Set<UserId>>> byTarget = new TreeMap<>();

    void apply(ReactionChanged changed) {
        Map<String, Set<UserId>> byEmoji = byTarget.computeIfAbsent(changed.target(), any -> new LinkedHashMap<>());
        Set<UserId> users = byEmoji.computeIfAbsent(changed.emoji(), any -> new LinkedHashSet<>());
        if (changed.added()) {
            users.add(changed.by());
        } else {
            users.remove(changed.by());
        }
    }

    List<Reaction> all() {
        return byTarget.entrySet().stream()
                .flatMap(target -> target.getValue().entrySet().stream()
                        .filter(emoji -> !emoji.getValue().isEmpty())
                        .map(emoji -> new Reaction(target.getKey(), emoji.getKey(), List.copyOf(emoji.getValue()))))
                .toList();
    }
}

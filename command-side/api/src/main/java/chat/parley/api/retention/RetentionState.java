package chat.parley.api.retention;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All holds and rules in force.
 *
 * @param holds in the order in which they were placed
 * @param rules in the order in which they were set
 */
public record RetentionState(List<Hold> holds, List<RetentionRule> rules) {
    public RetentionState {
        holds = List.copyOf(holds);
        rules = List.copyOf(rules);
    }

    /** The holds on any of these users or conversations. */
    public List<HoldId> against(Collection<UserId> users, Collection<ConversationId> conversations) {
        Set<UserId> anyOf = Set.copyOf(users);
        Set<ConversationId> orAnyOf = Set.copyOf(conversations);
        return holds.stream()
                .filter(hold -> hold.covers(anyOf, orAnyOf))
                .map(Hold::hold)
                .toList();
    }

    public Optional<Hold> hold(HoldId id) {
        return holds.stream().filter(hold -> hold.hold().equals(id)).findFirst();
    }
}

package chat.parley.projections.reaction;

import chat.parley.api.account.UserId;
import java.util.List;

/**
 * A user adds an emoji to a message, or removes it.
 *
 * @param position of this entry
 * @param target position of the message
 */
record StoredReaction(long position, long target, UserId user, String emoji, boolean added) {
    static StoredReaction of(long position, List<?> stored) {
        return new StoredReaction(
                position,
                ((Number) stored.get(0)).longValue(),
                new UserId((String) stored.get(1)),
                (String) stored.get(2),
                (Boolean) stored.get(3));
    }

    List<Object> stored() {
        return List.of(target, user.value(), emoji, added);
    }

    boolean hasSubjectOf(StoredReaction other) {
        return target == other.target && user.equals(other.user) && emoji.equals(other.emoji);
    }
}

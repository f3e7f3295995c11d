package chat.parley.domain;

import chat.parley.api.Sha256;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The position of the latest change of every message, reaction, pin and membership. It is never truncated, so that
 * decisions do not depend on how many entries follow. The content of a change is read from its entry.
 *
 * <p>Older stores may contain changes of retracted messages. They are ignored: a retraction is final.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class LatestChanges {
    private LongToPositionMap edits = new LongToPositionMap();
    private LongToPositionMap retractions = new LongToPositionMap();
    private LongToPositionMap pins = new LongToPositionMap();

    // By 64-bit hash, because users and emoji are not numbers. Callers compare the entry found, so a collision is
    // recognised.
    private LongToPositionMap reactions = new LongToPositionMap();
    private LongToPositionMap departures = new LongToPositionMap();

    LatestChanges() {}

    void edited(MessageEdited edit, long position) {
        if (!isRetracted(edit.target())) {
            edits.put(edit.target(), position);
        }
    }

    void retracted(MessageRetracted retraction, long position) {
        if (!isRetracted(retraction.target())) {
            retractions.put(retraction.target(), position);
        }
    }

    void reacted(ReactionChanged reaction, long position) {
        if (!isRetracted(reaction.target())) {
            reactions.put(keyOf(reaction.by(), reaction.target(), reaction.emoji()), position);
        }
    }

    /** Records that a message was pinned or unpinned. */
    void pinned(long target, long position) {
        pins.put(target, position);
    }

    void left(MemberLeft left, long position) {
        departures.put(keyOf(left.user()), position);
    }

    boolean isRetracted(long target) {
        return retractions.has(target);
    }

    OptionalLong retraction(long target) {
        return retractions.find(target);
    }

    /** Position of the newest edit of a message. */
    OptionalLong edit(long target) {
        return edits.find(target);
    }

    /** Position at which a message was last pinned or unpinned. */
    OptionalLong pin(long target) {
        return pins.find(target);
    }

    /**
     * Position at which this user last added or removed this emoji. After a hash collision, it is another user's
     * change.
     */
    OptionalLong reaction(UserId by, long target, String emoji) {
        return reactions.find(keyOf(by, target, emoji));
    }

    static boolean isReaction(ReactionChanged change, UserId by, long target, String emoji) {
        return change.by().equals(by)
                && change.target() == target
                && change.emoji().equals(emoji);
    }

    /** Position at which this user last left. After a hash collision, it is another user's departure. */
    OptionalLong departure(UserId user) {
        return departures.find(keyOf(user));
    }

    private static long keyOf(UserId by, long target, String emoji) {
        return hash(target + "/" + by + "/" + emoji);
    }

    private static long keyOf(UserId user) {
        return hash(user.value());
    }

    /**
     * The first eight bytes of SHA-256. With a weaker hash, a user could construct a reaction that collides with
     * another.
     */
    private static long hash(String what) {
        return ByteBuffer.wrap(Sha256.of(what)).getLong();
    }
}

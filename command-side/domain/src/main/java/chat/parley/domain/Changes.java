package chat.parley.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;

/**
 * Where everything was changed last, of all that was ever changed: whether a message is retracted, how it reads and who
 * reacted to it is decided alike however many entries have come since. What was changed to stands in the entry.
 *
 * <p>A store of before may have changes of messages that were retracted already. They are not heeded: retracted stays
 * retracted.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
final class Changes {
    private PositionIndex edits = new PositionIndex();
    private PositionIndex retractions = new PositionIndex();
    private PositionIndex pins = new PositionIndex();

    // By hash, as neither a user nor an emoji is a number. Who asks compares with the entry, so that two of the same
    // hash
    // are never taken for each other.
    private PositionIndex reactions = new PositionIndex();
    private PositionIndex departures = new PositionIndex();

    Changes() {}

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

    /** Pinned or unpinned. */
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

    /** The newest edit of a message. */
    OptionalLong edit(long target) {
        return edits.find(target);
    }

    /** Where a message was pinned or unpinned last. */
    OptionalLong pin(long target) {
        return pins.find(target);
    }

    /** Where this user added this emoji last, or took it back; perhaps another's change of the same hash. */
    OptionalLong reaction(UserId by, long target, String emoji) {
        return reactions.find(keyOf(by, target, emoji));
    }

    static boolean isReaction(ReactionChanged change, UserId by, long target, String emoji) {
        return change.by().equals(by)
                && change.target() == target
                && change.emoji().equals(emoji);
    }

    /** Where this user left last; perhaps another's leaving of the same hash. */
    OptionalLong departure(UserId user) {
        return departures.find(keyOf(user));
    }

    private static long keyOf(UserId by, long target, String emoji) {
        return hash(target + "/" + by + "/" + emoji);
    }

    private static long keyOf(UserId user) {
        return hash(user.value());
    }

    /** The first eight bytes of SHA-256: with a weaker hash somebody could choose a reaction that hides another one. */
    private static long hash(String what) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}

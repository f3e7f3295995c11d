package chat.parley.api.audit;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Access}: who could read which version of the message at {@code position}, and who read it. Refused with
 * {@link Refusal#CONVERSATION_NOT_FOUND}, {@link Refusal#POSITION_NOT_FOUND} or {@link Refusal#NOT_A_MESSAGE}.
 */
public record FindEntryAccess(ConversationId conversation, long position) {
    /**
     * @param versions the message, its edits and its retractions, ascending
     * @param readers  everybody who could ever read a version, in the order in which they first joined
     */
    public record Access(List<Version> versions, List<Reader> readers) {}

    /** @param event a message sent, edited or retracted */
    public record Version(
            long position,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
            ConversationEvent event) {}

    /**
     * @param readings the versions in the order in which they became readable, each until the next; never empty
     * @param left     position of the user's leaving; null if the user is a member
     * @param read     when the user's read position first reached the message, by a read mark or by sending a message;
     * null if it did not
     */
    public record Reader(
            UserId user,
            List<Reading> readings,
            @Nullable Long left,
            @Nullable Instant read) {}

    /**
     * @param version position of the message, or of the edit or retraction that replaced its text
     * @param since   position of the entry that made it readable: the version itself, or the user's joining
     * @param at      time of that entry
     */
    public record Reading(long version, long since, Instant at) {}
}

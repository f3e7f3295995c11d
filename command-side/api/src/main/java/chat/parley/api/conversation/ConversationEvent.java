package chat.parley.api.conversation;

import chat.parley.api.Sealed;
import chat.parley.api.account.UserId;
import chat.parley.api.text.Emoji;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation's log. Its position is its sequence number in the stream + 1; {@link #at()} never goes
 * back within a conversation and is in whole milliseconds.
 */
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConversationEvent.DirectStarted.class, name = "DirectStarted"),
    @JsonSubTypes.Type(value = ConversationEvent.GroupStarted.class, name = "GroupStarted"),
    @JsonSubTypes.Type(value = ConversationEvent.MessageSent.class, name = "MessageSent"),
    @JsonSubTypes.Type(value = ConversationEvent.MessageEdited.class, name = "MessageEdited"),
    @JsonSubTypes.Type(value = ConversationEvent.MessageRetracted.class, name = "MessageRetracted"),
    @JsonSubTypes.Type(value = ConversationEvent.ReactionChanged.class, name = "ReactionChanged"),
    @JsonSubTypes.Type(value = ConversationEvent.MemberJoined.class, name = "MemberJoined"),
    @JsonSubTypes.Type(value = ConversationEvent.MemberLeft.class, name = "MemberLeft"),
    @JsonSubTypes.Type(value = ConversationEvent.GroupRenamed.class, name = "GroupRenamed"),
    @JsonSubTypes.Type(value = ConversationEvent.MemberRoleChanged.class, name = "MemberRoleChanged"),
    @JsonSubTypes.Type(value = ConversationEvent.JoinabilityChanged.class, name = "JoinabilityChanged"),
    @JsonSubTypes.Type(value = ConversationEvent.MessagePinned.class, name = "MessagePinned"),
    @JsonSubTypes.Type(value = ConversationEvent.MessageUnpinned.class, name = "MessageUnpinned")
})
public sealed interface ConversationEvent {
    ConversationId conversation();

    /** Who did it; the {@code sender} of the entry. */
    UserId by();

    Instant at();

    /** @param with the same as {@code by} where somebody writes notes to themselves */
    @Revision("1")
    record DirectStarted(ConversationId conversation, UserId by, UserId with, Instant at) implements ConversationEvent {
        /** The two, or the one who keeps notes here. */
        public List<UserId> people() {
            return by.equals(with) ? List.of(by) : List.of(by, with);
        }
    }

    /** @param members without {@code by}, who is the owner */
    @Revision("1")
    record GroupStarted(
            ConversationId conversation,
            UserId by,
            Sealed title,
            List<UserId> members,
            boolean joinable,
            HistoryAccess history,
            Instant at)
            implements ConversationEvent {}

    /**
     * @param contentHash keyed hash of text, reply and mentions: the same id with the same content is the same message
     * @param ordinal     1 for the conversation's first message; unread counts are differences of ordinals
     */
    @Revision("1")
    record MessageSent(
            ConversationId conversation,
            UserId by,
            ClientMessageId clientMessageId,
            Sealed text,
            String contentHash,
            long ordinal,
            @Nullable Long replyTo,
            List<UserId> mentions,
            Instant at)
            implements ConversationEvent {}

    /** @param mentions instead of the message's; null in an edit of before, which left them as they were */
    @Revision("2")
    record MessageEdited(
            ConversationId conversation,
            UserId by,
            long target,
            Sealed text,
            @Nullable List<UserId> mentions,
            String contentHash,
            Instant at)
            implements ConversationEvent {}

    @Revision("1")
    record MessageRetracted(ConversationId conversation, UserId by, long target, Instant at)
            implements ConversationEvent {}

    /** @param emoji fully qualified, however it was written when the event was stored */
    @Revision("1")
    record ReactionChanged(ConversationId conversation, UserId by, long target, String emoji, boolean added, Instant at)
            implements ConversationEvent {
        public ReactionChanged {
            emoji = Emoji.qualify(emoji);
        }
    }

    /** @param by the member who added them, or the user themselves who joined */
    @Revision("1")
    record MemberJoined(ConversationId conversation, UserId by, UserId user, Instant at) implements ConversationEvent {}

    /** @param by the member who removed them, or the user themselves who left */
    @Revision("1")
    record MemberLeft(ConversationId conversation, UserId by, UserId user, Instant at) implements ConversationEvent {}

    @Revision("1")
    record GroupRenamed(ConversationId conversation, UserId by, Sealed title, Instant at)
            implements ConversationEvent {}

    @Revision("1")
    record MemberRoleChanged(ConversationId conversation, UserId by, UserId user, MemberRole role, Instant at)
            implements ConversationEvent {}

    @Revision("1")
    record JoinabilityChanged(ConversationId conversation, UserId by, boolean joinable, Instant at)
            implements ConversationEvent {}

    /** Stays pinned until it is unpinned or retracted. */
    @Revision("1")
    record MessagePinned(ConversationId conversation, UserId by, long target, Instant at)
            implements ConversationEvent {}

    @Revision("1")
    record MessageUnpinned(ConversationId conversation, UserId by, long target, Instant at)
            implements ConversationEvent {}
}

package chat.parley.api.conversation;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.text.Emoji;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

    /** The acting user; the {@code sender} of the entry. */
    UserId by();

    Instant at();

    /** The users whom this event makes members, each once; empty for most events. */
    default List<UserId> admitted() {
        return List.of();
    }

    /** The length of this event's message text: Base64 characters of ciphertext; 0 where it has no such text. */
    default int textLength() {
        return 0;
    }

    /** Whether {@link #admitted} of this type is not empty. Lets readers of a feed skip payloads undecoded. */
    static boolean admits(Class<?> type) {
        return type == DirectStarted.class || type == GroupStarted.class || type == MemberJoined.class;
    }

    /** Whether {@link #textLength} of this type is not 0. Lets readers of a feed skip payloads undecoded. */
    static boolean carriesText(Class<?> type) {
        return type == MessageSent.class || type == MessageEdited.class;
    }

    /** @param with equal to {@code by} in a conversation with oneself (notes) */
    @Revision("1")
    record DirectStarted(ConversationId conversation, UserId by, UserId with, Instant at) implements ConversationEvent {
        @Override
        public List<UserId> admitted() {
            return by.equals(with) ? List.of(by) : List.of(by, with);
        }
    }

    /** @param members without {@code by}, who is the owner */
    @Revision("1")
    record GroupStarted(
            ConversationId conversation,
            UserId by,
            SealedText title,
            List<UserId> members,
            boolean joinable,
            HistoryAccess history,
            Instant at)
            implements ConversationEvent {
        @Override
        public List<UserId> admitted() {
            return Stream.concat(Stream.of(by), members.stream()).toList();
        }
    }

    /**
     * @param contentHash keyed hash of text, reply and mentions: equal id and equal hash mean a retry of the same
     * message
     * @param ordinal     1 for the conversation's first message; unread counts are differences of ordinals
     */
    @Revision("1")
    record MessageSent(
            ConversationId conversation,
            UserId by,
            ClientMessageId clientMessageId,
            SealedText text,
            String contentHash,
            long ordinal,
            @Nullable Long replyTo,
            List<UserId> mentions,
            Instant at)
            implements ConversationEvent {
        @Override
        public int textLength() {
            return text.ciphertext().length();
        }
    }

    /** @param mentions replace the message's mentions; null in revision 1, which left them unchanged */
    @Revision("2")
    record MessageEdited(
            ConversationId conversation,
            UserId by,
            long target,
            SealedText text,
            @Nullable List<UserId> mentions,
            String contentHash,
            Instant at)
            implements ConversationEvent {
        @Override
        public int textLength() {
            return text.ciphertext().length();
        }
    }

    @Revision("1")
    record MessageRetracted(ConversationId conversation, UserId by, long target, Instant at)
            implements ConversationEvent {}

    /** @param emoji fully qualified, also if the event was stored in another form */
    @Revision("1")
    record ReactionChanged(ConversationId conversation, UserId by, long target, String emoji, boolean added, Instant at)
            implements ConversationEvent {
        public ReactionChanged {
            emoji = Emoji.qualify(emoji);
        }
    }

    /** @param by the member who added the user, or the user who joined */
    @Revision("1")
    record MemberJoined(ConversationId conversation, UserId by, UserId user, Instant at) implements ConversationEvent {
        @Override
        public List<UserId> admitted() {
            return List.of(user);
        }
    }

    /** @param by the member who removed the user, or the user who left */
    @Revision("1")
    record MemberLeft(ConversationId conversation, UserId by, UserId user, Instant at) implements ConversationEvent {}

    @Revision("1")
    record GroupRenamed(ConversationId conversation, UserId by, SealedText title, Instant at)
            implements ConversationEvent {}

    @Revision("1")
    record MemberRoleChanged(ConversationId conversation, UserId by, UserId user, MemberRole role, Instant at)
            implements ConversationEvent {}

    @Revision("1")
    record JoinabilityChanged(ConversationId conversation, UserId by, boolean joinable, Instant at)
            implements ConversationEvent {}

    /** The message stays pinned until it is unpinned or retracted. */
    @Revision("1")
    record MessagePinned(ConversationId conversation, UserId by, long target, Instant at)
            implements ConversationEvent {}

    @Revision("1")
    record MessageUnpinned(ConversationId conversation, UserId by, long target, Instant at)
            implements ConversationEvent {}
}

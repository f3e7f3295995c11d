package chat.parley.wire;

import chat.parley.api.Refusal;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.presence.PresenceStatus;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame that the server sends. Clients ignore frames and fields that they do not know. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.Welcome.class, name = FrameTypes.WELCOME),
    @JsonSubTypes.Type(value = ServerFrame.Ack.class, name = FrameTypes.ACK),
    @JsonSubTypes.Type(value = ServerFrame.EntryFrame.class, name = FrameTypes.ENTRY),
    @JsonSubTypes.Type(value = ServerFrame.Read.class, name = FrameTypes.READ),
    @JsonSubTypes.Type(value = ServerFrame.Typing.class, name = FrameTypes.TYPING),
    @JsonSubTypes.Type(value = ServerFrame.Heartbeat.class, name = FrameTypes.HEARTBEAT),
    @JsonSubTypes.Type(value = ServerFrame.Presence.class, name = FrameTypes.PRESENCE),
    @JsonSubTypes.Type(value = ServerFrame.State.class, name = FrameTypes.STATE),
    @JsonSubTypes.Type(value = ServerFrame.CaughtUp.class, name = FrameTypes.CAUGHT_UP),
    @JsonSubTypes.Type(value = ServerFrame.Goaway.class, name = FrameTypes.GOAWAY),
    @JsonSubTypes.Type(value = ServerFrame.ErrorFrame.class, name = FrameTypes.ERROR)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerFrame {

    /** The answer to {@code hello}. */
    record Welcome(
            LoginSessionId session,
            UserId user,
            String node,
            int heartbeatSeconds,
            int offlineAfterSeconds,
            Limits limits,
            String epoch)
            implements ServerFrame {}

    /**
     * The limits that a client should stay within.
     *
     * @param maxInFlight maximum number of unanswered frames; the server reads no further ones
     */
    record Limits(int maxFrameBytes, int maxTextCharacters, int maxInFlight) {}

    /** The frame with this {@code ref} is carried out durably. The other fields are set for frames that made an entry. */
    record Ack(
            String ref,
            @Nullable ConversationId conversation,
            @Nullable Long position,
            @Nullable Instant at) implements ServerFrame {}

    /**
     * One entry. The fields of {@link Entry} are fields of the frame.
     *
     * @param cursor the cursor to resume after this entry; entries of a backlog have none
     */
    record EntryFrame(Entry entry, @Nullable String cursor) implements ServerFrame {
        @Override
        public String toString() {
            return "EntryFrame[" + entry.conversation() + " " + entry.position() + "]";
        }
    }

    /** A user has read up to this position; it may be the client's own user on another device. */
    record Read(ConversationId conversation, UserId user, long position) implements ServerFrame {}

    record Typing(ConversationId conversation, UserId user) implements ServerFrame {}

    /**
     * The presence of a user whom the client watches: first the present state, then changes, at most twice a second.
     *
     * @param lastActiveAt when the user last did something, if that is known and may be seen
     */
    record Presence(
            UserId user,
            @Kebab PresenceStatus status,
            @Nullable Instant lastActiveAt) implements ServerFrame {}

    record Heartbeat() implements ServerFrame {}

    /**
     * The changes for the client's user beside the entries.
     *
     * @param resync        true if the cursor cannot be continued; the client forgets its positions and loads the inbox
     * @param conversations the conversations whose read mark, settings or membership changed
     */
    record State(boolean resync, List<ConversationState> conversations) implements ServerFrame {}

    /**
     * One conversation, with the fields that may have changed.
     *
     * @param head         the newest position that this user may see
     * @param markedUnread whether the user marked it as unread and has not read in it since
     * @param member       whether the user is a member now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConversationState(
            ConversationId conversation,
            @Nullable Long head,
            @Nullable Long readPosition,
            @Nullable Boolean muted,
            @Nullable Boolean pinned,
            @Nullable Boolean markedUnread,
            @Nullable Boolean member) {
        /** A change of the user's own settings only. */
        public static ConversationState preferences(
                ConversationId conversation, boolean muted, boolean pinned, boolean markedUnread) {
            return new ConversationState(conversation, null, null, muted, pinned, markedUnread, null);
        }
    }

    /** The backlog is complete; the next entries are live. */
    record CaughtUp(String cursor) implements ServerFrame {}

    /**
     * This node is about to close the socket.
     *
     * @param url the node to connect to next, if it is known
     */
    record Goaway(
            String reason, long reconnectAfterMs, @Nullable String url) implements ServerFrame {}

    /**
     * A frame was refused.
     *
     * @param ref the ref of the refused frame, if it could be read
     */
    record ErrorFrame(
            @Nullable String ref,
            String code,
            String title,
            String detail,
            @Nullable Long retryAfterMs) implements ServerFrame {
        public static ErrorFrame of(@Nullable String ref, Refusal refusal) {
            return of(ref, refusal, refusal.title());
        }

        public static ErrorFrame of(@Nullable String ref, Refusal refusal, String detail) {
            return new ErrorFrame(ref, refusal.code(), refusal.title(), detail, null);
        }
    }
}

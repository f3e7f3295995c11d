package chat.parley.wire;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.presence.DeviceStatus;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a client sends. Its {@link #ref()} is chosen by the client and comes back in exactly one {@code ack} or
 * {@code error}. Frames that change a conversation must have one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientFrame.Hello.class, name = FrameTypes.HELLO),
    @JsonSubTypes.Type(value = ClientFrame.MessageSend.class, name = FrameTypes.MESSAGE_SEND),
    @JsonSubTypes.Type(value = ClientFrame.MessageEdit.class, name = FrameTypes.MESSAGE_EDIT),
    @JsonSubTypes.Type(value = ClientFrame.MessagePin.class, name = FrameTypes.MESSAGE_PIN),
    @JsonSubTypes.Type(value = ClientFrame.MessageUnpin.class, name = FrameTypes.MESSAGE_UNPIN),
    @JsonSubTypes.Type(value = ClientFrame.MessageRetract.class, name = FrameTypes.MESSAGE_RETRACT),
    @JsonSubTypes.Type(value = ClientFrame.ReactionAdd.class, name = FrameTypes.REACTION_ADD),
    @JsonSubTypes.Type(value = ClientFrame.ReactionRemove.class, name = FrameTypes.REACTION_REMOVE),
    @JsonSubTypes.Type(value = ClientFrame.Read.class, name = FrameTypes.READ),
    @JsonSubTypes.Type(value = ClientFrame.Typing.class, name = FrameTypes.TYPING),
    @JsonSubTypes.Type(value = ClientFrame.PresenceWatch.class, name = FrameTypes.PRESENCE_WATCH),
    @JsonSubTypes.Type(value = ClientFrame.PresenceUnwatch.class, name = FrameTypes.PRESENCE_UNWATCH),
    @JsonSubTypes.Type(value = ClientFrame.PresenceSet.class, name = FrameTypes.PRESENCE_SET),
    @JsonSubTypes.Type(value = ClientFrame.Heartbeat.class, name = FrameTypes.HEARTBEAT),
    @JsonSubTypes.Type(value = ClientFrame.Authenticate.class, name = FrameTypes.AUTHENTICATE),
    @JsonSubTypes.Type(value = ClientFrame.Bye.class, name = FrameTypes.BYE)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ClientFrame {
    @Nullable
    String ref();

    /**
     * The first frame. Without {@code cursor} and {@code positions} the client gets entries from now on; with both, the
     * cursor counts.
     *
     * @param positions the newest position that the device has of each conversation; 0 for none. Other conversations are
     *                  sent from their first visible entry.
     */
    record Hello(
            @Nullable String ref,
            String token,
            DeviceId device,
            @Nullable String cursor,
            @Nullable Map<ConversationId, Long> positions)
            implements ClientFrame {
        @Override
        public String toString() {
            return "Hello[device=" + device + "]";
        }
    }

    record MessageSend(
            String ref,
            ConversationId conversation,
            ClientMessageId clientMessageId,
            String text,
            @Nullable Long replyTo,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UserId> mentions)
            implements ClientFrame {
        @Override
        public String toString() {
            return "MessageSend[conversation=" + conversation + ", clientMessageId=" + clientMessageId + "]";
        }
    }

    /** @param mentions replace the mentions of the message */
    record MessageEdit(
            String ref,
            ConversationId conversation,
            long position,
            String text,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UserId> mentions)
            implements ClientFrame {
        @Override
        public String toString() {
            return "MessageEdit[conversation=" + conversation + ", position=" + position + "]";
        }
    }

    record MessageRetract(String ref, ConversationId conversation, long position) implements ClientFrame {}

    record MessagePin(String ref, ConversationId conversation, long position) implements ClientFrame {}

    record MessageUnpin(String ref, ConversationId conversation, long position) implements ClientFrame {}

    record ReactionAdd(String ref, ConversationId conversation, long position, String emoji) implements ClientFrame {}

    record ReactionRemove(String ref, ConversationId conversation, long position, String emoji)
            implements ClientFrame {}

    record Read(@Nullable String ref, ConversationId conversation, long position) implements ClientFrame {}

    record Typing(@Nullable String ref, ConversationId conversation) implements ClientFrame {}

    /** Watches the presence of these users, beside those of the user's contacts: first the present state, then changes. */
    record PresenceWatch(@Nullable String ref, List<UserId> users) implements ClientFrame {}

    record PresenceUnwatch(@Nullable String ref, List<UserId> users) implements ClientFrame {}

    /** Sets the presence that this device shows of its user. */
    record PresenceSet(@Nullable String ref, @Kebab DeviceStatus status) implements ClientFrame {}

    record Heartbeat(@Nullable String ref) implements ClientFrame {}

    /** A newer access token of the same user and login session, before the present one expires. */
    record Authenticate(@Nullable String ref, String token) implements ClientFrame {
        @Override
        public String toString() {
            return "Authenticate[]";
        }
    }

    /** Ends the login session of this device. */
    record Bye(@Nullable String ref) implements ClientFrame {}
}

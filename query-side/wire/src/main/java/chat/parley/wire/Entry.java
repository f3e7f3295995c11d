package chat.parley.wire;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation as clients get it, over the socket and over REST. {@code erased} says that the entry had a
 * text whose key is destroyed. A client that does not know a kind still advances to its position.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Entry.Message.class, name = "message"),
    @JsonSubTypes.Type(value = Entry.Edit.class, name = "edit"),
    @JsonSubTypes.Type(value = Entry.Retraction.class, name = "retraction"),
    @JsonSubTypes.Type(value = Entry.Reaction.class, name = "reaction"),
    @JsonSubTypes.Type(value = Entry.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = Entry.Left.class, name = "left"),
    @JsonSubTypes.Type(value = Entry.Renamed.class, name = "renamed"),
    @JsonSubTypes.Type(value = Entry.Role.class, name = "role"),
    @JsonSubTypes.Type(value = Entry.Joinability.class, name = "joinability"),
    @JsonSubTypes.Type(value = Entry.Pinned.class, name = "pinned"),
    @JsonSubTypes.Type(value = Entry.Unpinned.class, name = "unpinned")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Entry {
    ConversationId conversation();

    long position();

    /** The user who made the entry. */
    UserId sender();

    Instant at();

    /** Position 1. A group has {@code title}, {@code joinable} and {@code history}; a direct conversation has none. */
    record Started(
            ConversationId conversation,
            long position,
            UserId sender,
            Instant at,
            @Kebab ConversationKind conversationKind,
            List<Member> members,
            @Nullable String title,
            @Nullable Boolean joinable,
            @Kebab @Nullable HistoryAccess history,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased)
            implements Entry {
        @Override
        public String toString() {
            return Entry.brief(this);
        }
    }

    record Member(UserId user, @Kebab MemberRole role) {}

    /**
     * A message as it reads now for the receiver. Edits and retractions at positions that the receiver may not see do not
     * change it.
     *
     * @param text      the text of the newest edit; none if the message was retracted or erased
     * @param ordinal   its number among the messages of the conversation
     * @param edited    position of the newest edit
     * @param retracted position of the retraction
     * @param reactions in an answer of {@code GET /conversations/{id}/entries}: those at its {@code head}
     */
    record Message(
            ConversationId conversation,
            long position,
            UserId sender,
            Instant at,
            ClientMessageId clientMessageId,
            @Nullable String text,
            @Nullable Long replyTo,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UserId> mentions,
            long ordinal,
            @Nullable Long edited,
            @Nullable Long retracted,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Reactions> reactions)
            implements Entry {
        public Message {
            mentions = mentions == null ? List.of() : List.copyOf(mentions);
            reactions = reactions == null ? List.of() : List.copyOf(reactions);
        }

        @Override
        public String toString() {
            return Entry.brief(this);
        }
    }

    /** @param users who added this emoji, in the order in which they did */
    record Reactions(String emoji, List<UserId> users) {}

    /**
     * The message at {@code target} has a new text and new mentions.
     *
     * @param text      none if the message was retracted since or the text is erased
     * @param mentions  none if the edit left them unchanged, as edits once did, or the message was retracted since
     * @param retracted position of that retraction
     */
    record Edit(
            ConversationId conversation,
            long position,
            UserId sender,
            Instant at,
            long target,
            @Nullable String text,
            @Nullable List<UserId> mentions,
            @Nullable Long retracted,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased)
            implements Entry {
        @Override
        public String toString() {
            return Entry.brief(this);
        }
    }

    record Retraction(ConversationId conversation, long position, UserId sender, Instant at, long target)
            implements Entry {}

    record Reaction(
            ConversationId conversation,
            long position,
            UserId sender,
            Instant at,
            long target,
            String emoji,
            boolean added)
            implements Entry {}

    record Joined(ConversationId conversation, long position, UserId sender, Instant at, UserId user)
            implements Entry {}

    record Left(ConversationId conversation, long position, UserId sender, Instant at, UserId user) implements Entry {}

    record Renamed(
            ConversationId conversation,
            long position,
            UserId sender,
            Instant at,
            @Nullable String title,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased)
            implements Entry {
        @Override
        public String toString() {
            return Entry.brief(this);
        }
    }

    record Role(
            ConversationId conversation,
            long position,
            UserId sender,
            Instant at,
            UserId user,
            @Kebab MemberRole role) implements Entry {}

    record Joinability(ConversationId conversation, long position, UserId sender, Instant at, boolean joinable)
            implements Entry {}

    /** The message at {@code target} is pinned, until it is unpinned or retracted. */
    record Pinned(ConversationId conversation, long position, UserId sender, Instant at, long target)
            implements Entry {}

    record Unpinned(ConversationId conversation, long position, UserId sender, Instant at, long target)
            implements Entry {}

    /** Names the entry without its text, because entries appear in log lines. */
    private static String brief(Entry entry) {
        return entry.getClass().getSimpleName() + "[" + entry.conversation() + " " + entry.position() + "]";
    }
}

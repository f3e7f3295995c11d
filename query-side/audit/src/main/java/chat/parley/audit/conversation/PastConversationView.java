package chat.parley.audit.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.wire.Entry;
import chat.parley.wire.Kebab;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stood.
 *
 * @param position the newest position at that moment
 * @param at       time of the entry at this position
 * @param title    null in a direct conversation, and where its text is erased
 * @param messages number of messages, with retracted ones
 * @param entries  ascending by position, each as it read at that moment
 */
record PastConversationView(
        ConversationId id,
        long position,
        Instant at,
        @Kebab ConversationKind kind,
        @Nullable String title,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased,
        List<Member> members,
        boolean joinable,
        @Kebab HistoryAccess history,
        List<Pin> pins,
        long messages,
        List<PastReaction> reactions,
        List<Entry> entries) {
    /** @param readPosition 0 if the member had read nothing */
    record Member(UserId user, @Kebab MemberRole role, long readPosition) {}

    /** @param position position of the pinning entry */
    record Pin(long target, long position, UserId by, Instant at) {}

    /** Named apart from the entry of a reaction. */
    record PastReaction(long target, String emoji, List<UserId> users) {}
}

package chat.parley.command.http.conversation;

import chat.parley.api.KebabCase;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.MemberRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that was started.
 *
 * @param kind {@code direct} or {@code group}
 * @param title none in a direct conversation
 * @param head its newest position
 */
record StartedConversation(
        ConversationId id, String kind, @Nullable String title, List<Member> members, long head) {
    /** @param role {@code owner}, {@code admin} or {@code member} */
    record Member(UserId user, String role) {
        static Member of(UserId user, MemberRole role) {
            return new Member(user, KebabCase.of(role));
        }
    }

    static String kind(ConversationKind kind) {
        return KebabCase.of(kind);
    }

    @Override
    public String toString() {
        return "StartedConversation[id=" + id + "]";
    }
}

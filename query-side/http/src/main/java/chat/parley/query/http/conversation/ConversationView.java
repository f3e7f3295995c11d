package chat.parley.query.http.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.wire.Kebab;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation.
 *
 * @param title null in a direct conversation, or if it has been erased
 * @param head  its newest position
 */
record ConversationView(
        ConversationId id,
        @Kebab ConversationKind kind,
        @Schema(types = {"string", "null"}) @Nullable String title,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased,
        List<MemberView> members,
        boolean joinable,
        @Kebab HistoryAccess history,
        long head) {
    /** Titles must not appear in logs. */
    @Override
    public String toString() {
        return "ConversationView[id=" + id + "]";
    }

    record MemberView(UserId user, @Kebab MemberRole role) {}
}

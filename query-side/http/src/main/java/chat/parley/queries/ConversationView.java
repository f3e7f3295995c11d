package chat.parley.queries;

import chat.parley.api.ConversationId;
import chat.parley.api.ConversationKind;
import chat.parley.api.HistoryAccess;
import chat.parley.api.MemberRole;
import chat.parley.api.UserId;
import chat.parley.wire.Kebab;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation.
 *
 * @param title null in a direct conversation, and where it has been erased
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
    /** Titles stay out of logs. */
    @Override
    public String toString() {
        return "ConversationView[id=" + id + "]";
    }

    record MemberView(UserId user, @Kebab MemberRole role) {}
}

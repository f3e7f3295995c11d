package chat.parley.query.http.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.wire.Entry;
import chat.parley.wire.Kebab;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of the caller, pinned first, then by newest message.
 *
 * @param next the cursor of the next page; absent on the last page
 */
record InboxView(
        List<Item> conversations,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {
    /**
     * @param title null in a direct conversation, or if it has been erased
     * @param with the other user of a direct conversation
     * @param head the newest position that the caller may see
     * @param last the newest message that the caller may see, in its current form
     * @param unread unread messages of others, sent while the caller was a member and not retracted
     * @param mentions those of them that mention the caller
     * @param markedUnread whether the caller has marked the conversation as unread and not read it since
     */
    record Item(
            ConversationId id,
            @Kebab ConversationKind kind,
            @Schema(types = {"string", "null"}) @Nullable String title,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean erased,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UserId with,

            long head,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Entry last,

            long unread,
            long mentions,
            long readPosition,
            boolean muted,
            boolean pinned,
            boolean markedUnread) {
        /** Titles must not appear in logs. */
        @Override
        public String toString() {
            return "Item[id=" + id + "]";
        }
    }
}

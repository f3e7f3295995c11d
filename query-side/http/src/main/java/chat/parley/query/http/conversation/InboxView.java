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
 * One's conversations, pinned first, then by newest message.
 *
 * @param next names the page after this one; absent on the last
 */
record InboxView(
        List<Item> conversations,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {
    /**
     * @param title    null in a direct conversation, and where it has been erased
     * @param with     the other person of a direct conversation
     * @param head     the newest position one may see
     * @param last     the newest message one may see, as it reads for oneself
     * @param unread   messages of others, said while one was a member and not retracted, that one has not read
     * @param mentions those of them that mention oneself
     * @param markedUnread by oneself, until one reads there again
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
        /** Titles stay out of logs. */
        @Override
        public String toString() {
            return "Item[id=" + id + "]";
        }
    }
}

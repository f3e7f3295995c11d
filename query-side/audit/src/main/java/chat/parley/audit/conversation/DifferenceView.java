package chat.parley.audit.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.MemberRole;
import chat.parley.wire.Entry;
import chat.parley.wire.Kebab;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two moments of a conversation. The entries say by whom and when.
 *
 * @param entries the first of the entries after {@code from} up to {@code to}, as they read at {@code to}
 * @param next    the position after which the entries continue; absent if they are complete
 */
record DifferenceView(
        ConversationId id,
        Side from,
        Side to,
        List<UserId> joined,
        List<UserId> left,
        List<RoleChange> roles,
        List<Long> pinned,
        List<Long> unpinned,
        List<ReadChange> read,
        List<Entry> entries,
        @Nullable Long next) {
    /** One of the moments. */
    record Side(long position, Instant at, @Nullable String title, boolean joinable, long messages) {}

    record RoleChange(
            UserId user, @Kebab MemberRole from, @Kebab MemberRole to) {}

    /** A member of both moments who read on. */
    record ReadChange(UserId user, long from, long to) {}
}

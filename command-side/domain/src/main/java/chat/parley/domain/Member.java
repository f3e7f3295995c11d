package chat.parley.domain;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A current member.
 *
 * @param joined  the entry by which the user joined
 * @param changed the entry by which the user got this role
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record Member(UserId user, MemberRole role, PositionAndTimestamp joined, PositionAndTimestamp changed) {
    boolean isAtLeast(MemberRole least) {
        return role.compareTo(least) >= 0;
    }

    /** The positions that this member may refer to: since the latest joining, or all. */
    Visibility visibility(HistoryAccess history) {
        return Visibility.NOTHING.joined(joined.position(), history);
    }

    Member as(MemberRole newRole, PositionAndTimestamp stamp) {
        return new Member(user, newRole, joined, stamp);
    }
}

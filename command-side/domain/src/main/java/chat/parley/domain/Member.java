package chat.parley.domain;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A current member.
 *
 * @param joined  the entry by which they are in
 * @param changed the entry by which they have their role
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record Member(UserId user, MemberRole role, Stamp joined, Stamp changed) {
    boolean isAtLeast(MemberRole least) {
        return role.compareTo(least) >= 0;
    }

    /** What they may name as a target: the time since they joined last, or everything. */
    Visibility visibility(HistoryAccess history) {
        return Visibility.NOTHING.joined(joined.position(), history);
    }

    Member as(MemberRole newRole, Stamp stamp) {
        return new Member(user, newRole, joined, stamp);
    }
}

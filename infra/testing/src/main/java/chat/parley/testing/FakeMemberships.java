package chat.parley.testing;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.Membership;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The read side's answer about memberships, computed from all entries. It knows no read marks and no preferences. */
public final class FakeMemberships {
    private FakeMemberships() {}

    /** @param entries of any conversations, in the order of the event store */
    public static List<Membership> of(UserId user, Iterable<RecordedEntry> entries) {
        Map<ConversationId, Membership> known = new LinkedHashMap<>();
        for (RecordedEntry entry : entries) {
            known.merge(
                    entry.event().conversation(),
                    with(entry, started(entry.event()), user),
                    (before, _) -> with(entry, before, user));
        }
        return known.values().stream()
                .filter(membership -> !membership.visibility().spans().isEmpty())
                .toList();
    }

    private static Membership started(ConversationEvent event) {
        boolean direct = event instanceof DirectStarted;
        return new Membership(
                event.conversation(),
                direct ? ConversationKind.DIRECT : ConversationKind.GROUP,
                event instanceof GroupStarted group ? group.history() : HistoryAccess.ALL,
                Visibility.NOTHING,
                0,
                -1,
                0,
                false,
                false,
                false,
                -1);
    }

    private static Membership with(RecordedEntry entry, Membership before, UserId user) {
        Visibility visibility = visibility(entry, before, user);
        return new Membership(
                before.conversation(),
                before.kind(),
                before.history(),
                visibility,
                entry.position(),
                entry.index(),
                0,
                false,
                false,
                false,
                visibility.equals(before.visibility()) ? before.changedIndex() : entry.index());
    }

    private static Visibility visibility(RecordedEntry entry, Membership membership, UserId user) {
        Visibility before = membership.visibility();
        return switch (entry.event()) {
            case DirectStarted e when e.by().equals(user) || e.with().equals(user) -> Visibility.ALL;
            case GroupStarted e
            when e.by().equals(user) || e.members().contains(user) -> before.joined(entry.position(), e.history());
            case MemberJoined e when e.user().equals(user) -> before.joined(entry.position(), membership.history());
            case MemberLeft e when e.user().equals(user) -> before.left(entry.position());
            default -> before;
        };
    }
}

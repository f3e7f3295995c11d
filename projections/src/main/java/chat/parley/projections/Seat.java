package chat.parley.projections;

import chat.parley.api.HistoryAccess;
import chat.parley.api.Membership;
import chat.parley.api.Sealed;
import chat.parley.api.UserId;
import chat.parley.api.Visibility;
import chat.parley.api.Visibility.Span;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** One user's place in one conversation: what they may see of it, what they have read, and what that leaves unread. */
final class Seat {
    private final UserId user;
    private final ConversationState conversation;
    private final Document inbox;
    private final Document member;
    private final Visibility visibility;
    private final long lastVisible;

    /** @param inbox the conversation's field in the user's inbox */
    Seat(UserId user, ConversationState conversation, Document inbox) {
        this.user = user;
        this.conversation = conversation;
        this.inbox = inbox;
        this.member = conversation.member(user);
        this.visibility = visibility(inbox, conversation.history());
        this.lastVisible = visibility.lastVisible(conversation.head()).orElse(0);
    }

    private static Visibility visibility(Document inbox, HistoryAccess history) {
        NavigableMap<Long, Boolean> changes = new TreeMap<>();
        Docs.sub(inbox, "j").keySet().forEach(position -> changes.put(Long.valueOf(position), true));
        Docs.sub(inbox, "l").keySet().forEach(position -> changes.put(Long.valueOf(position), false));
        Visibility visibility = Visibility.NOTHING;
        for (var change : changes.entrySet()) {
            visibility =
                    change.getValue() ? visibility.joined(change.getKey(), history) : visibility.left(change.getKey());
        }
        return visibility;
    }

    UserId user() {
        return user;
    }

    ConversationState conversation() {
        return conversation;
    }

    Visibility visibility() {
        return visibility;
    }

    /** 0 where nothing is visible. */
    long lastVisible() {
        return lastVisible;
    }

    boolean isAtHead() {
        return lastVisible() == conversation.head();
    }

    /** The global index of the newest entry the user may see; orders an inbox. */
    long lastVisibleIndex() {
        return isAtHead() ? conversation.headIndex() : Docs.longOf(leaving(), "i");
    }

    /** As the user knows it: who has left an invite-only group learns no new name of it. */
    @Nullable
    Sealed title() {
        if (visibility.isOpen() || conversation.joinable()) {
            return conversation.title();
        }
        String title = leaving().getString("t");
        return title == null ? null : EventJson.sealed(title);
    }

    private Document leaving() {
        return Docs.sub(Docs.sub(inbox, "l"), String.valueOf(lastVisible()));
    }

    long readPosition() {
        return Math.max(Docs.longOf(inbox, "r"), ConversationUpdate.ownPosition(member));
    }

    private long readOrdinal() {
        return Math.max(Docs.longOf(inbox, "ro"), ConversationUpdate.ownOrdinal(member));
    }

    long unread() {
        long read = readOrdinal();
        return visibility.spans().stream()
                .mapToLong(span -> Math.max(0, ordinalAtEnd(span) - Math.max(ordinalBefore(span), read)))
                .sum();
    }

    private long ordinalBefore(Span span) {
        return span.from() == 1 ? 0 : Docs.longOf(Docs.sub(inbox, "j"), String.valueOf(span.from()));
    }

    private long ordinalAtEnd(Span span) {
        return span.to() == Visibility.OPEN
                ? conversation.messages()
                : Docs.longOf(Docs.sub(Docs.sub(inbox, "l"), String.valueOf(span.to())), "o");
    }

    long unreadMentions() {
        long read = readPosition();
        return ConversationUpdate.mentions(member).stream()
                .filter(position -> position > read && visibility.sees(position))
                .count();
    }

    boolean muted() {
        return Docs.flag(inbox, "u");
    }

    boolean pinned() {
        return Docs.flag(inbox, "g");
    }

    Membership membership() {
        return new Membership(
                conversation.id(),
                conversation.kind(),
                conversation.history(),
                visibility,
                conversation.head(),
                conversation.headIndex(),
                readPosition(),
                muted(),
                pinned(),
                Docs.longOf(inbox, "x"));
    }
}

package chat.parley.projections.inbox;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.FindPins.Pin;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.api.inbox.Membership;
import chat.parley.projections.conversation.ConversationState;
import chat.parley.projections.conversation.ConversationUpdate;
import chat.parley.projections.conversation.Mention;
import chat.parley.projections.conversation.MessagePlace;
import chat.parley.projections.conversation.Pins;
import chat.parley.projections.store.Docs;
import chat.parley.projections.store.EventJson;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** One user's place in one conversation: what they may see of it, what they have read, and what that leaves unread. */
public final class MemberView {
    private static final String JOINED = "j";
    private static final String LEFT = "l";

    private final UserId user;
    private final ConversationState conversation;
    private final Document inbox;
    private final Document member;
    /** Since when to when they were a member, whatever they may see of the time before. */
    private final Visibility membership;

    private final Visibility visibility;
    private final long lastVisible;
    private final MessagePlace lastMessage;

    /** @param inbox the conversation's field in the user's inbox */
    MemberView(UserId user, ConversationState conversation, Document inbox) {
        this.user = user;
        this.conversation = conversation;
        this.inbox = inbox;
        this.member = conversation.member(user);
        this.membership = visibility(inbox, HistoryAccess.SINCE_JOINED);
        this.visibility = visibility(inbox, conversation.history());
        this.lastVisible = visibility.lastVisible(conversation.head()).orElse(0);
        this.lastMessage = visibility.spans().reversed().stream()
                .map(this::lastMessage)
                .filter(place -> place.position() > 0)
                .findFirst()
                .orElse(MessagePlace.NONE);
    }

    private static Visibility visibility(Document inbox, HistoryAccess history) {
        NavigableMap<Long, Boolean> changes = new TreeMap<>();
        Docs.sub(inbox, JOINED).keySet().forEach(position -> changes.put(Long.valueOf(position), true));
        Docs.sub(inbox, LEFT).keySet().forEach(position -> changes.put(Long.valueOf(position), false));
        Visibility visibility = Visibility.NOTHING;
        for (var change : changes.entrySet()) {
            visibility =
                    change.getValue() ? visibility.joined(change.getKey(), history) : visibility.left(change.getKey());
        }
        return visibility;
    }

    private MessagePlace lastMessage(Span span) {
        MessagePlace newest =
                span.to() == Visibility.OPEN ? conversation.lastMessage() : MessagePlace.in(leaving(span.to()));
        return newest.position() >= span.from() ? newest : MessagePlace.NONE;
    }

    UserId user() {
        return user;
    }

    public ConversationState conversation() {
        return conversation;
    }

    public Visibility visibility() {
        return visibility;
    }

    /** 0 where nothing is visible. */
    public long lastVisible() {
        return lastVisible;
    }

    /** The newest message the user may see. */
    MessagePlace lastMessage() {
        return lastMessage;
    }

    /**
     * Since when the conversation stands where it does in the user's inbox: the global index of that message, or of their
     * joining where nothing was said after it.
     */
    long lastActivityIndex() {
        long joined = membership.spans().isEmpty()
                ? 0
                : Docs.longOf(joining(membership.spans().getLast().from()), "i");
        return Math.max(joined, lastMessage.index());
    }

    /** As of the last position the user sees: who has left learns no new name. */
    @Nullable
    SealedText title() {
        if (visibility.isOpen()) {
            return conversation.title();
        }
        String title = visibility.spans().isEmpty()
                ? null
                : leaving(visibility.spans().getLast().to()).getString("t");
        return title == null ? null : EventJson.sealed(title);
    }

    /** @param now what is pinned, which who has left does not learn */
    List<Pin> pins(Pins now) {
        if (visibility.isOpen()) {
            return now.seen(visibility);
        }
        return new Pins(Docs.sub(inbox, Pins.FIELD)).seen(visibility);
    }

    private Document joining(long position) {
        return Docs.sub(Docs.sub(inbox, JOINED), String.valueOf(position));
    }

    private Document leaving(long position) {
        return Docs.sub(Docs.sub(inbox, LEFT), String.valueOf(position));
    }

    long readPosition() {
        return Math.max(Docs.longOf(inbox, "r"), ConversationUpdate.ownPosition(member));
    }

    private long readOrdinal() {
        return Math.max(Docs.longOf(inbox, "ro"), ConversationUpdate.ownOrdinal(member));
    }

    /** Positions that the user has not read, of the time they were a member. One's own messages are always read. */
    List<Span> unreadSpans() {
        return membership.within(readPosition() + 1, conversation.head());
    }

    /** How many messages there are in {@link #unreadSpans}. */
    long unreadOrRetracted() {
        long read = readOrdinal();
        return membership.spans().stream()
                .mapToLong(span -> Math.max(0, ordinalAtEnd(span) - Math.max(ordinalBefore(span), read)))
                .sum();
    }

    private long ordinalBefore(Span span) {
        return Docs.longOf(joining(span.from()), "o");
    }

    private long ordinalAtEnd(Span span) {
        return span.to() == Visibility.OPEN ? conversation.messages() : Docs.longOf(leaving(span.to()), "o");
    }

    /** Messages that mention the user, or did. */
    List<Mention> mentions() {
        return Mention.of(member);
    }

    boolean muted() {
        return Docs.flag(inbox, "u");
    }

    boolean pinned() {
        return Docs.flag(inbox, "g");
    }

    boolean markedUnread() {
        return Docs.flag(inbox, "v");
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
                markedUnread(),
                Docs.longOf(inbox, "x"));
    }
}

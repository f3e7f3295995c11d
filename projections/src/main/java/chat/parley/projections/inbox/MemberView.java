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
import chat.parley.projections.conversation.EntryView;
import chat.parley.projections.conversation.Mention;
import chat.parley.projections.conversation.MessageRef;
import chat.parley.projections.conversation.PinnedMessages;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.EventJson;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** One user's view of one conversation: visible positions, read position and unread messages. */
public final class MemberView implements EntryView {
    private static final String JOINED = "j";
    private static final String LEFT = "l";

    private final UserId user;
    private final ConversationState conversation;
    private final Document inbox;
    private final Document member;
    /** The spans of the user's membership, without earlier entries that the user may read as well. */
    private final Visibility membership;

    private final Visibility visibility;
    private final long lastVisible;
    private final MessageRef lastMessage;

    /** @param inbox the conversation's field in the user's inbox */
    MemberView(UserId user, ConversationState conversation, Document inbox) {
        this.user = user;
        this.conversation = conversation;
        this.inbox = inbox;
        this.member = conversation.member(user);
        this.membership = visibility(inbox, HistoryAccess.SINCE_JOINED, Visibility.OPEN);
        this.visibility = visibilityAt(Visibility.OPEN);
        this.lastVisible = visibility.lastVisible(conversation.head()).orElse(0);
        this.lastMessage = visibility.spans().reversed().stream()
                .map(this::lastMessage)
                .filter(place -> place.position() > 0)
                .findFirst()
                .orElse(MessageRef.NONE);
    }

    /** What the user could see when this position was the head. */
    public Visibility visibilityAt(long position) {
        return visibility(inbox, conversation.history(), position);
    }

    private static Visibility visibility(Document inbox, HistoryAccess history, long head) {
        NavigableMap<Long, Boolean> changes = new TreeMap<>();
        DocumentFields.sub(inbox, JOINED).keySet().forEach(position -> changes.put(Long.valueOf(position), true));
        DocumentFields.sub(inbox, LEFT).keySet().forEach(position -> changes.put(Long.valueOf(position), false));
        Visibility visibility = Visibility.NOTHING;
        for (var change : changes.headMap(head, true).entrySet()) {
            visibility =
                    change.getValue() ? visibility.joined(change.getKey(), history) : visibility.left(change.getKey());
        }
        return visibility;
    }

    private MessageRef lastMessage(Span span) {
        MessageRef newest =
                span.to() == Visibility.OPEN ? conversation.lastMessage() : MessageRef.in(leaving(span.to()));
        return newest.position() >= span.from() ? newest : MessageRef.NONE;
    }

    public UserId user() {
        return user;
    }

    @Override
    public ConversationState conversation() {
        return conversation;
    }

    @Override
    public Visibility visibility() {
        return visibility;
    }

    /** 0 if nothing is visible. */
    public long lastVisible() {
        return lastVisible;
    }

    /** The newest message the user may see. */
    MessageRef lastMessage() {
        return lastMessage;
    }

    /**
     * The global index by which the inbox orders this conversation: of the newest visible message, or of the user's
     * joining if no message followed it.
     */
    long lastActivityIndex() {
        long joined = membership.spans().isEmpty()
                ? 0
                : DocumentFields.longOf(joining(membership.spans().getLast().from()), "i");
        return Math.max(joined, lastMessage.index());
    }

    /** The title as of the user's last visible position: a former member does not see a later title. */
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

    /** @param now the current pins, which a former member does not see */
    List<Pin> pins(PinnedMessages now) {
        if (visibility.isOpen()) {
            return now.seen(visibility);
        }
        return new PinnedMessages(DocumentFields.sub(inbox, PinnedMessages.FIELD)).seen(visibility);
    }

    private Document joining(long position) {
        return DocumentFields.sub(DocumentFields.sub(inbox, JOINED), String.valueOf(position));
    }

    private Document leaving(long position) {
        return DocumentFields.sub(DocumentFields.sub(inbox, LEFT), String.valueOf(position));
    }

    public long readPosition() {
        return Math.max(DocumentFields.longOf(inbox, "r"), ConversationUpdate.ownPosition(member));
    }

    private long readOrdinal() {
        return Math.max(DocumentFields.longOf(inbox, "ro"), ConversationUpdate.ownOrdinal(member));
    }

    /** The unread positions within the user's membership. The user's own messages count as read. */
    List<Span> unreadSpans() {
        return membership.within(readPosition() + 1, conversation.head());
    }

    /** Number of messages in {@link #unreadSpans}, retracted ones included. */
    long unreadOrRetracted() {
        long read = readOrdinal();
        return membership.spans().stream()
                .mapToLong(span -> Math.max(0, ordinalAtEnd(span) - Math.max(ordinalBefore(span), read)))
                .sum();
    }

    private long ordinalBefore(Span span) {
        return DocumentFields.longOf(joining(span.from()), "o");
    }

    private long ordinalAtEnd(Span span) {
        return span.to() == Visibility.OPEN ? conversation.messages() : DocumentFields.longOf(leaving(span.to()), "o");
    }

    /** The messages that mention the user or did so before an edit. */
    List<Mention> mentions() {
        return Mention.of(member);
    }

    boolean muted() {
        return DocumentFields.flag(inbox, "u");
    }

    boolean pinned() {
        return DocumentFields.flag(inbox, "g");
    }

    boolean markedUnread() {
        return DocumentFields.flag(inbox, "v");
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
                DocumentFields.longOf(inbox, "x"));
    }
}

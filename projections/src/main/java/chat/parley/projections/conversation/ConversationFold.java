package chat.parley.projections.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.MessageUnpinned;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.eventprocessing.batch.EventProcessingFailure;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.reaction.ReactionBlock;
import chat.parley.projections.reaction.ReactionUpdate;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.DocumentUpdate;
import chat.parley.projections.store.EventJson;
import com.mongodb.client.model.UpdateOneModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch of events to one conversation. Events that its document already includes are skipped, so batches may
 * be repeated. An event that leaves a gap after the head is refused.
 */
public final class ConversationFold {
    private final ConversationId id;
    private final ConversationUpdate update;
    private final StoredDocuments stored;
    private final MembershipSink memberships;
    private final EntrySink entries;
    private final Map<String, MessageChangeUpdate> changes = new TreeMap<>();
    private final Map<String, ReactionUpdate> reactions = new TreeMap<>();
    /** Ordinals of the entries of this batch. */
    private final List<Long> ordinals = new ArrayList<>();

    private final long storedHead;
    private final long storedOrdinal;
    private long head;
    private long ordinal;
    private MessageRef lastMessage;
    private long membersChanged;
    private @Nullable String title;
    private PinnedMessages pins;

    public ConversationFold(
            ConversationId id,
            @Nullable Document document,
            StoredDocuments stored,
            MembershipSink memberships,
            EntrySink entries) {
        this.id = id;
        this.update = new ConversationUpdate(id, document);
        this.stored = stored;
        this.memberships = memberships;
        this.entries = entries;
        Document before = document == null ? new Document() : document;
        storedHead = DocumentFields.longOf(before, "h");
        storedOrdinal = DocumentFields.longOf(before, "o");
        head = storedHead;
        ordinal = storedOrdinal;
        lastMessage = MessageRef.in(before);
        membersChanged = DocumentFields.longOf(before, "z");
        title = before.getString("t");
        pins = new PinnedMessages(DocumentFields.sub(before, PinnedMessages.FIELD));
    }

    public void apply(RecordedEvent recorded, ConversationEvent event) {
        if (recorded.position() <= head) {
            return;
        }
        if (recorded.position() != head + 1) {
            throw EventProcessingFailure.hole(recorded, head);
        }
        change(recorded, event);
        StoredEntry entry = StoredEntry.of(recorded, ordinal, event);
        entries.add(id, entry, event);
        head = recorded.position();
        ordinals.add(ordinal);
        update.headMoved(entry);
        if (event instanceof MessageSent) {
            update.lastMessage(entry);
        }
    }

    /** Runs before the entry is added. {@code ordinal} is still that of the previous entry, unless it is a message. */
    private void change(RecordedEvent at, ConversationEvent event) {
        switch (event) {
            case DirectStarted started -> started(at, started);
            case GroupStarted started -> started(at, started);
            case MessageSent sent -> sent(at, sent);
            case MessageEdited edited -> edited(at, edited);
            case MessageRetracted retracted -> retracted(at, retracted);
            case ReactionChanged reaction -> reacted(at, reaction);
            case MemberJoined joined -> joined(at, joined.user(), MemberRole.MEMBER);
            case MemberLeft left -> left(at, left.user());
            case GroupRenamed renamed -> {
                title = EventJson.of(renamed.title());
                update.titled(title);
            }
            case MemberRoleChanged changed -> update.role(changed.user(), changed.role());
            case JoinabilityChanged changed -> update.joinable(changed.joinable());
            case MessagePinned pinned -> pinned(pins.with(pinned, at.position()));
            case MessageUnpinned unpinned -> pinned(pins.without(unpinned.target()));
        }
    }

    private void started(RecordedEvent at, DirectStarted started) {
        update.started(ConversationKind.DIRECT, HistoryAccess.ALL, false);
        update.between(started.by(), started.with());
        started.admitted().forEach(user -> joined(at, user, MemberRole.MEMBER));
    }

    private void started(RecordedEvent at, GroupStarted started) {
        title = EventJson.of(started.title());
        update.started(ConversationKind.GROUP, started.history(), started.joinable());
        update.titled(title);
        joined(at, started.by(), MemberRole.OWNER);
        started.members().forEach(member -> joined(at, member, MemberRole.MEMBER));
    }

    private void sent(RecordedEvent at, MessageSent sent) {
        ordinal = sent.ordinal();
        update.ownMessage(sent.by(), at.position(), ordinal);
        lastMessage = new MessageRef(at.position(), at.index());
        mentioned(sent).forEach(user -> update.mentioned(user, Mention.bySending(at.position())));
    }

    /** The users that this event mentions, without its author. */
    public static Set<UserId> mentioned(ConversationEvent event) {
        Collection<UserId> named = switch (event) {
            case MessageSent sent -> sent.mentions();
            case MessageEdited edited when edited.mentions() != null -> edited.mentions();
            default -> List.of();
        };
        Set<UserId> mentioned = new LinkedHashSet<>(named);
        mentioned.remove(event.by());
        return mentioned;
    }

    private void edited(RecordedEvent at, MessageEdited edited) {
        mentioned(edited).forEach(user -> update.mentioned(user, Mention.byAnEdit(edited.target())));
        changed(new MessageChange(
                at.position(), edited.target(), false, edited.mentions() != null, StoredEntry.isLarge(edited)));
    }

    private void retracted(RecordedEvent at, MessageRetracted retracted) {
        changed(new MessageChange(at.position(), retracted.target(), true, false, false));
        if (pins.has(retracted.target())) {
            pinned(pins.without(retracted.target()));
        }
    }

    /** The stored message is not changed: how it reads depends on the reader's visibility. */
    private void changed(MessageChange change) {
        changes.computeIfAbsent(
                        MessageChangeBlock.idOf(id, change.target()),
                        blockId -> new MessageChangeUpdate(blockId, stored.changes(blockId)))
                .add(change, membersChanged);
        update.changed(change.target());
    }

    private void reacted(RecordedEvent at, ReactionChanged reaction) {
        reactions
                .computeIfAbsent(
                        ReactionBlock.idOf(id, reaction.target()),
                        blockId -> new ReactionUpdate(blockId, stored.reactions(blockId)))
                .add(at.position(), reaction, membersChanged);
        update.reacted(reaction.target());
    }

    private void pinned(PinnedMessages changed) {
        pins = changed;
        update.pinned(pins);
    }

    private void joined(RecordedEvent at, UserId user, MemberRole role) {
        membersChanged(at);
        update.joined(user, role, at.position());
        memberships.joined(user, id, at.position(), ordinal, at.index());
    }

    private void left(RecordedEvent at, UserId user) {
        membersChanged(at);
        update.left(user);
        memberships.left(user, id, at.position(), ordinal, at.index(), lastMessage, title);
        memberships.pinnedWhenTheyLeft(user, id, at.index(), pins);
    }

    private void membersChanged(RecordedEvent at) {
        membersChanged = at.position();
        update.membersChanged(at.position());
    }

    public void apply(RecordedEvent at, ReadMarkEvent event) {
        switch (event) {
            case ReadMarkMoved moved -> {
                // The sender has checked the position; a position beyond the head counts as the head.
                long position = Math.min(moved.position(), head);
                memberships.read(moved.user(), id, position, ordinalAt(position), at.index());
            }
            case PreferencesChanged changed -> memberships.preferred(changed.user(), id, changed, at.index());
        }
    }

    private long ordinalAt(long position) {
        if (position == head) {
            return ordinal;
        }
        if (position == storedHead) {
            return storedOrdinal;
        }
        if (position > storedHead) {
            return ordinals.get(Math.toIntExact(position - storedHead - 1));
        }
        PageSlot place = PageSlot.of(position);
        StoredEntry entry = stored.page(place.pageId(id)).entry(place.slot());
        if (entry == null) {
            throw new IllegalStateException("There is no entry at position " + position + " of " + id);
        }
        return entry.ordinal();
    }

    public ConversationId id() {
        return id;
    }

    public long head() {
        return head;
    }

    /** One update for each block of changes. */
    public Stream<DocumentUpdate> changes() {
        return changes.values().stream().filter(MessageChangeUpdate::isChanged).map(MessageChangeUpdate::update);
    }

    /** One update for each block of reactions. */
    public Stream<DocumentUpdate> reactions() {
        return reactions.values().stream().filter(ReactionUpdate::isChanged).map(ReactionUpdate::update);
    }

    public boolean isChanged() {
        return update.isChanged();
    }

    /** The update of the conversation's document. */
    public DocumentUpdate update() {
        return update.update();
    }

    /** The write of {@link #update}. It matches nothing if another writer has moved the head since it was read. */
    public UpdateOneModel<Document> write() {
        return update.write();
    }
}

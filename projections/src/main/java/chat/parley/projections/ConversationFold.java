package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationEvent.DirectStarted;
import chat.parley.api.ConversationEvent.GroupRenamed;
import chat.parley.api.ConversationEvent.GroupStarted;
import chat.parley.api.ConversationEvent.JoinabilityChanged;
import chat.parley.api.ConversationEvent.MemberJoined;
import chat.parley.api.ConversationEvent.MemberLeft;
import chat.parley.api.ConversationEvent.MemberRoleChanged;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageRetracted;
import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.ConversationEvent.ReactionChanged;
import chat.parley.api.ConversationId;
import chat.parley.api.ConversationKind;
import chat.parley.api.HistoryAccess;
import chat.parley.api.MemberRole;
import chat.parley.api.ReadMarkEvent;
import chat.parley.api.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.UserId;
import com.mongodb.client.model.UpdateOneModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One conversation while a batch of its events is applied to it. What its document knows already is left alone, which
 * is what makes events repeatable; an event that does not follow the newest is refused.
 */
final class ConversationFold {
    private final ConversationId id;
    private final ConversationUpdate update;
    private final StoredPages stored;
    private final InboxUpdates inboxes;
    private final TextUpdates texts;
    private final Map<Long, PageUpdate> pages = new TreeMap<>();
    private final long storedHead;
    private final long storedOrdinal;
    private long head;
    private long ordinal;
    private @Nullable String title;

    ConversationFold(
            ConversationId id,
            @Nullable Document document,
            StoredPages stored,
            InboxUpdates inboxes,
            TextUpdates texts) {
        this.id = id;
        this.update = new ConversationUpdate(id, document);
        this.stored = stored;
        this.inboxes = inboxes;
        this.texts = texts;
        storedHead = document == null ? 0 : Docs.longOf(document, "h");
        storedOrdinal = document == null ? 0 : Docs.longOf(document, "o");
        head = storedHead;
        ordinal = storedOrdinal;
        title = document == null ? null : document.getString("t");
    }

    void apply(Occurrence occurrence, ConversationEvent event) {
        if (occurrence.position() <= head) {
            return;
        }
        if (occurrence.position() != head + 1) {
            throw ProjectionFailure.hole(occurrence, head);
        }
        change(occurrence, event);
        StoredEntry entry = StoredEntry.of(id, occurrence, ordinal, event, texts);
        PagePlace place = PagePlace.of(occurrence.position());
        page(place).add(place.slot(), entry, event instanceof MessageSent sent ? SentLookup.sendKey(sent) : "");
        head = occurrence.position();
        update.headMoved(entry);
    }

    /** Before the entry itself is added; {@code ordinal} is still that of the entry before, except for a message. */
    private void change(Occurrence at, ConversationEvent event) {
        switch (event) {
            case DirectStarted started -> started(at, started);
            case GroupStarted started -> started(at, started);
            case MessageSent sent -> sent(at, sent);
            case MessageEdited edited -> edited(at, edited);
            case MessageRetracted retracted -> retracted(at, retracted);
            case ReactionChanged reaction -> {}
            case MemberJoined joined -> joined(at, joined.user(), MemberRole.MEMBER);
            case MemberLeft left -> left(at, left.user());
            case GroupRenamed renamed -> {
                title = EventJson.of(renamed.title());
                update.titled(title);
            }
            case MemberRoleChanged changed -> update.role(changed.user(), changed.role());
            case JoinabilityChanged changed -> update.joinable(changed.joinable());
        }
    }

    private void started(Occurrence at, DirectStarted started) {
        update.started(ConversationKind.DIRECT, HistoryAccess.ALL, false);
        update.between(started.by(), started.with());
        joined(at, started.by(), MemberRole.MEMBER);
        joined(at, started.with(), MemberRole.MEMBER);
    }

    private void started(Occurrence at, GroupStarted started) {
        title = EventJson.of(started.title());
        update.started(ConversationKind.GROUP, started.history(), started.joinable());
        update.titled(title);
        joined(at, started.by(), MemberRole.OWNER);
        started.members().forEach(member -> joined(at, member, MemberRole.MEMBER));
    }

    private void sent(Occurrence at, MessageSent sent) {
        ordinal = sent.ordinal();
        update.ownMessage(sent.by(), at.position(), ordinal);
        mentioned(sent).forEach(user -> update.mentioned(user, at.position()));
    }

    static Set<UserId> mentioned(MessageSent sent) {
        Set<UserId> mentioned = new LinkedHashSet<>(sent.mentions());
        mentioned.remove(sent.by());
        return mentioned;
    }

    private void edited(Occurrence at, MessageEdited edited) {
        PagePlace target = PagePlace.of(edited.target());
        page(target).change(target.slot(), entry -> entry.edited(edited, at.position(), texts));
    }

    /** Takes away the text of the message and of every edit it had. */
    private void retracted(Occurrence at, MessageRetracted retracted) {
        PagePlace target = PagePlace.of(retracted.target());
        List<Long> withText = new ArrayList<>(page(target).entry(target.slot()).edits());
        withText.add(retracted.target());
        for (long position : withText) {
            PagePlace place = PagePlace.of(position);
            page(place).change(place.slot(), entry -> entry.retracted(at.position()));
            texts.removeText(PagePlace.textId(id, position));
        }
    }

    private void joined(Occurrence at, UserId user, MemberRole role) {
        update.joined(user, role, at.position());
        inboxes.joined(user, id, at.position(), ordinal, at.index());
    }

    private void left(Occurrence at, UserId user) {
        update.left(user);
        inboxes.left(user, id, at.position(), ordinal, at.index(), title);
    }

    void apply(Occurrence at, ReadMarkEvent event) {
        switch (event) {
            case ReadMarkMoved moved -> {
                // The edge has checked it; what is beyond the head nevertheless means the head.
                long position = Math.min(moved.position(), head);
                inboxes.read(moved.user(), id, position, ordinalAt(position), at.index());
            }
            case PreferencesChanged changed ->
                inboxes.preferred(changed.user(), id, changed.muted(), changed.pinned(), at.index());
        }
    }

    private long ordinalAt(long position) {
        if (position == head) {
            return ordinal;
        }
        if (position == storedHead) {
            return storedOrdinal;
        }
        PagePlace place = PagePlace.of(position);
        return page(place).entry(place.slot()).ordinal();
    }

    private PageUpdate page(PagePlace place) {
        return pages.computeIfAbsent(place.page(), number -> {
            String pageId = PagePlace.pageId(id, number);
            return new PageUpdate(pageId, () -> stored.page(pageId));
        });
    }

    ConversationId id() {
        return id;
    }

    long head() {
        return head;
    }

    Stream<PageUpdate> changedPages() {
        return pages.values().stream().filter(PageUpdate::isChanged);
    }

    boolean isChanged() {
        return update.isChanged();
    }

    UpdateOneModel<Document> write() {
        return update.write();
    }
}

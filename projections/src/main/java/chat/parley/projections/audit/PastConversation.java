package chat.parley.projections.audit;

import static java.util.Objects.requireNonNull;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.FindConversationAt.Participant;
import chat.parley.api.audit.FindConversationAt.State;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindConversation.Member;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.projections.conversation.ConversationFold;
import chat.parley.projections.conversation.ConversationState;
import chat.parley.projections.conversation.EntryView;
import chat.parley.projections.conversation.MessageChanges;
import chat.parley.projections.conversation.PinnedMessages;
import chat.parley.projections.conversation.StoredDocuments;
import chat.parley.projections.inbox.InboxShard;
import chat.parley.projections.inbox.InboxUpdates;
import chat.parley.projections.inbox.MemberView;
import chat.parley.projections.inbox.MemberViews;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.DocumentUpdate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * One conversation up to a moment. Takes its events, then the read marks of its people, and then answers from the
 * documents that a read model would have at that moment. Entries are not kept: they never change.
 */
final class PastConversation {
    private final ConversationId id;
    private final InboxUpdates inboxes = new InboxUpdates();
    private final ConversationFold fold;
    private final Reactions reactions = new Reactions();
    /** Everybody who was ever a member. */
    private final Set<UserId> people = new LinkedHashSet<>();

    private Instant at = Instant.MIN;

    PastConversation(ConversationId id) {
        this.id = id;
        fold = new ConversationFold(id, null, StoredDocuments.NONE, inboxes, (conversation, entry, event) -> {});
    }

    void apply(RecordedEvent recorded, ConversationEvent event) {
        fold.apply(recorded, event);
        people.addAll(event.admitted());
        if (event instanceof ReactionChanged changed) {
            reactions.apply(changed);
        }
        at = event.at();
    }

    void apply(RecordedEvent recorded, ReadMarkEvent event) {
        fold.apply(recorded, event);
    }

    /** The newest position; 0 if there is none. */
    long head() {
        return fold.head();
    }

    /** Time of the newest entry. */
    Instant at() {
        return at;
    }

    private ConversationState conversation() {
        return new ConversationState(id, fold.update().created());
    }

    List<UserId> members() {
        return conversation().members().stream().map(Member::user).toList();
    }

    State state() {
        ConversationState conversation = conversation();
        Map<UserId, MemberView> views = views();
        return new State(
                id,
                conversation.head(),
                at,
                conversation.kind(),
                conversation.title(),
                conversation.members().stream()
                        .map(member -> participant(member, views))
                        .toList(),
                conversation.joinable(),
                conversation.history(),
                new PinnedMessages(DocumentFields.sub(conversation.document(), PinnedMessages.FIELD)).seen(upToHere()),
                conversation.messages(),
                reactions.all());
    }

    private static Participant participant(Member member, Map<UserId, MemberView> views) {
        long readPosition = requireNonNull(views.get(member.user())).readPosition();
        return new Participant(member.user(), member.role(), readPosition);
    }

    /** The views of everybody who was ever a member, in the order in which they first joined. */
    Map<UserId, MemberView> views() {
        ConversationState conversation = conversation();
        Map<String, Document> documents =
                inboxes.updates().stream().collect(Collectors.toMap(DocumentUpdate::id, DocumentUpdate::created));
        Map<UserId, MemberView> views = new LinkedHashMap<>();
        people.forEach(user ->
                views.put(user, MemberViews.view(user, conversation, documents.get(InboxShard.of(user, id)))));
        return views;
    }

    /** The view of a reader who saw every entry up to this moment. */
    EntryView everything() {
        return new Everything(conversation(), upToHere());
    }

    private Visibility upToHere() {
        return new Visibility(List.of(new Span(1, head())));
    }

    private record Everything(ConversationState conversation, Visibility visibility) implements EntryView {}

    MessageChanges changes() {
        return new MessageChanges(
                fold.changes().collect(Collectors.toMap(DocumentUpdate::id, DocumentUpdate::created)));
    }
}

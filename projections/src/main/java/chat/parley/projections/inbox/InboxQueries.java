package chat.parley.projections.inbox;

import static java.util.Objects.requireNonNull;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.FindConversation.Details;
import chat.parley.api.conversation.FindPins;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.inbox.FindInbox.Inbox;
import chat.parley.api.inbox.FindInbox.Item;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.projections.conversation.ConversationState;
import chat.parley.projections.conversation.PinnedMessages;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Answers queries for inboxes and memberships. */
public final class InboxQueries {
    private static final int MAX_LIMIT = 1_000;

    private final ReadModelAnswers answers;

    public InboxQueries(ReadModelAnswers answers) {
        this.answers = answers;
    }

    @QueryHandler
    public CompletableFuture<Memberships> handle(FindMemberships query) {
        return answers.including(query.atLeastIndex(), generation -> {
            long index = generation.position();
            return new Memberships(
                    index,
                    new MemberViews(generation.store())
                            .of(query.user()).stream()
                                    .map(MemberView::membership)
                                    .toList());
        });
    }

    @QueryHandler
    public CompletableFuture<Details> handle(FindConversation query) {
        return answers.certain(store -> details(query, store));
    }

    private static Details details(FindConversation query, ReadModelStore store) {
        MemberView view = new MemberViews(store)
                .find(query.user(), query.conversation(), true)
                .orElseThrow(() -> new Refused(Refusal.CONVERSATION_NOT_FOUND));
        ConversationState conversation = view.conversation();
        if (view.lastVisible() == 0 && !conversation.joinable()) {
            throw new Refused(Refusal.NOT_A_MEMBER);
        }
        return new Details(
                conversation.id(),
                conversation.kind(),
                conversation.joinable() ? conversation.title() : view.title(),
                view.visibility().isOpen() ? conversation.members() : List.of(),
                conversation.joinable(),
                conversation.history(),
                view.lastVisible());
    }

    @QueryHandler
    public CompletableFuture<FindPins.Pins> handle(FindPins query) {
        return answers.certain(store -> {
            MemberView view = new MemberViews(store).required(query.user(), query.conversation());
            Document conversation = ReadModelStore.one(
                    store.conversations(), query.conversation().value(), Projections.include(PinnedMessages.FIELD));
            return new FindPins.Pins(view.pins(
                    new PinnedMessages(DocumentFields.sub(requireNonNull(conversation), PinnedMessages.FIELD))));
        });
    }

    @QueryHandler
    public Inbox handle(FindInbox query) {
        ReadModelStore store = answers.store();
        InboxOrder after = query.before() == null ? null : InboxOrder.parse(query.before());
        int limit = Math.clamp(query.limit(), 1, MAX_LIMIT);
        List<MemberView> rest = new MemberViews(store)
                .of(query.user(), limit).stream()
                        .map(view -> new Placed(view, InboxOrder.of(view)))
                        .filter(placed -> after == null || placed.order().compareTo(after) > 0)
                        .sorted(Comparator.comparing(Placed::order))
                        .map(Placed::view)
                        .toList();
        List<MemberView> page = rest.subList(0, Math.min(limit, rest.size()));
        Map<ConversationId, RecordedEntry> last = new LatestMessages(store).of(page);
        UnreadCounts unread = UnreadCounts.of(page, store);
        List<Item> items = page.stream()
                .map(view -> item(view, last.get(view.conversation().id()), unread))
                .toList();
        return new Inbox(
                items, page.size() < rest.size() ? InboxOrder.of(page.getLast()).toString() : null);
    }

    private record Placed(MemberView view, InboxOrder order) {}

    @QueryHandler
    public Item handle(FindInbox.Place query) {
        ReadModelStore store = answers.store();
        MemberView view = new MemberViews(store).required(query.user(), query.conversation());
        List<MemberView> alone = List.of(view);
        return item(view, new LatestMessages(store).of(alone).get(query.conversation()), UnreadCounts.of(alone, store));
    }

    private static Item item(MemberView view, @Nullable RecordedEntry last, UnreadCounts unread) {
        ConversationState conversation = view.conversation();
        return new Item(
                conversation.id(),
                conversation.kind(),
                view.title(),
                conversation.with(view.user()).orElse(null),
                view.lastVisible(),
                last,
                unread.messages(view),
                unread.mentions(view),
                view.readPosition(),
                view.muted(),
                view.pinned(),
                view.markedUnread());
    }
}

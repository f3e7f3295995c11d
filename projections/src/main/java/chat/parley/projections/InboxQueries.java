package chat.parley.projections;

import static java.util.Objects.requireNonNull;

import chat.parley.api.ConversationId;
import chat.parley.api.FindConversation;
import chat.parley.api.FindConversation.Details;
import chat.parley.api.FindInbox;
import chat.parley.api.FindInbox.Inbox;
import chat.parley.api.FindInbox.Item;
import chat.parley.api.FindMemberships;
import chat.parley.api.FindPins;
import chat.parley.api.Memberships;
import chat.parley.api.RecordedEntry;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import com.mongodb.client.model.Projections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Conversations as their members have them. */
final class InboxQueries {
    private static final int MAX_LIMIT = 1_000;

    private final ReadModelAnswers answers;

    InboxQueries(ReadModelAnswers answers) {
        this.answers = answers;
    }

    @QueryHandler
    CompletableFuture<Memberships> handle(FindMemberships query) {
        return answers.including(query.atLeastIndex(), generation -> {
            long index = generation.position();
            return new Memberships(
                    index,
                    new Seats(generation.store())
                            .of(query.user()).stream().map(Seat::membership).toList());
        });
    }

    @QueryHandler
    CompletableFuture<Details> handle(FindConversation query) {
        return answers.certain(store -> details(query, store));
    }

    private static Details details(FindConversation query, ReadModelStore store) {
        Seat seat = new Seats(store)
                .find(query.user(), query.conversation(), true)
                .orElseThrow(() -> new Refused(Refusal.CONVERSATION_NOT_FOUND));
        ConversationState conversation = seat.conversation();
        if (seat.lastVisible() == 0 && !conversation.joinable()) {
            throw new Refused(Refusal.NOT_A_MEMBER);
        }
        return new Details(
                conversation.id(),
                conversation.kind(),
                conversation.joinable() ? conversation.title() : seat.title(),
                seat.visibility().isOpen() ? conversation.members() : List.of(),
                conversation.joinable(),
                conversation.history(),
                seat.lastVisible());
    }

    @QueryHandler
    CompletableFuture<FindPins.Pins> handle(FindPins query) {
        return answers.certain(store -> {
            Seat seat = new Seats(store).required(query.user(), query.conversation());
            Document conversation = ReadModelStore.one(
                    store.conversations(), query.conversation().value(), Projections.include(Pins.FIELD));
            return new FindPins.Pins(seat.pins(new Pins(Docs.sub(requireNonNull(conversation), Pins.FIELD))));
        });
    }

    @QueryHandler
    Inbox handle(FindInbox query) {
        ReadModelStore store = answers.store();
        InboxOrder after = query.before() == null ? null : InboxOrder.parse(query.before());
        int limit = Math.clamp(query.limit(), 1, MAX_LIMIT);
        List<Seat> rest = new Seats(store)
                .of(query.user(), limit).stream()
                        .map(seat -> new Placed(seat, InboxOrder.of(seat)))
                        .filter(placed -> after == null || placed.order().compareTo(after) > 0)
                        .sorted(Comparator.comparing(Placed::order))
                        .map(Placed::seat)
                        .toList();
        List<Seat> page = rest.subList(0, Math.min(limit, rest.size()));
        Map<ConversationId, RecordedEntry> last = new LastMessages(store).of(page);
        Unread unread = Unread.of(page, store);
        List<Item> items = page.stream()
                .map(seat -> item(seat, last.get(seat.conversation().id()), unread))
                .toList();
        return new Inbox(
                items, page.size() < rest.size() ? InboxOrder.of(page.getLast()).toString() : null);
    }

    private record Placed(Seat seat, InboxOrder order) {}

    @QueryHandler
    Item handle(FindInbox.Place query) {
        ReadModelStore store = answers.store();
        Seat seat = new Seats(store).required(query.user(), query.conversation());
        List<Seat> alone = List.of(seat);
        return item(seat, new LastMessages(store).of(alone).get(query.conversation()), Unread.of(alone, store));
    }

    private static Item item(Seat seat, @Nullable RecordedEntry last, Unread unread) {
        ConversationState conversation = seat.conversation();
        return new Item(
                conversation.id(),
                conversation.kind(),
                seat.title(),
                conversation.with(seat.user()).orElse(null),
                seat.lastVisible(),
                last,
                unread.messages(seat),
                unread.mentions(seat),
                seat.readPosition(),
                seat.muted(),
                seat.pinned(),
                seat.markedUnread());
    }
}

package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.inbox.FindInbox.Item;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.testing.conversation.ReferenceModel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class ReadModelMatchesEventsTest {
    static final int MAX_NUMBER = 3 * 20 * 60;

    private ReadModelHolder model = new ReadModelHolder();

    @Property(tries = 30)
    void everyUserSeesTheVisibleEvents(
            @ForAll @Size(min = 1, max = 250) List<@IntRange(max = MAX_NUMBER) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 120) int batchSize) {
        model = new ReadModelHolder();
        EventHistoryFixture history = new EventHistoryFixture();
        new RandomHistory(history::add).play(numbers);
        List<RecordedEvent> all = history.events();
        for (int from = 0; from < all.size(); from += batchSize) {
            model.write(all.subList(from, Math.min(all.size(), from + batchSize)));
        }
        for (UserId user : RandomHistory.USERS) {
            Map<ConversationId, Membership> memberships =
                    model.inboxes.handle(new FindMemberships(user, -1)).join().memberships().stream()
                            .collect(Collectors.toMap(Membership::conversation, Function.identity()));
            Map<ConversationId, Item> items =
                    model.inboxes.handle(new FindInbox(user, null, 100)).conversations().stream()
                            .collect(Collectors.toMap(Item::conversation, Function.identity()));
            for (ConversationId conversation : RandomHistory.CONVERSATIONS) {
                ReferenceModel oracle = EventHistoryFixture.reference(conversation, all);
                if (oracle.visible(user).isEmpty()) {
                    assertThat(memberships).doesNotContainKey(conversation);
                    assertThat(items).doesNotContainKey(conversation);
                    assertThatThrownBy(() -> entries(user, conversation, null, null, null, 10))
                            .isInstanceOf(Refused.class);
                } else {
                    check(user, oracle, memberships.get(conversation));
                    check(user, oracle, items.get(conversation));
                    assertThat(model.inboxes.handle(new FindInbox.Place(user, conversation)))
                            .isEqualTo(items.get(conversation));
                    check(user, conversation, oracle);
                }
            }
            assertThat(model.inboxes.handle(new FindInbox(user, null, 100)).conversations())
                    .extracting(Item::conversation)
                    .isEqualTo(inOrder(user, all));
        }
    }

    private static List<ConversationId> inOrder(UserId user, List<RecordedEvent> all) {
        return RandomHistory.CONVERSATIONS.stream()
                .filter(conversation -> !EventHistoryFixture.reference(conversation, all)
                        .visible(user)
                        .isEmpty())
                .sorted(Comparator.<ConversationId, Boolean>comparing(conversation ->
                                EventHistoryFixture.reference(conversation, all).pinned(user))
                        .thenComparingLong(conversation ->
                                EventHistoryFixture.reference(conversation, all).activity(user))
                        .reversed())
                .toList();
    }

    private static void check(UserId user, ReferenceModel oracle, @Nullable Membership membership) {
        assertThat(membership).isNotNull();
        assertThat(membership.head()).isEqualTo(oracle.head());
        assertThat(membership.readPosition()).isEqualTo(oracle.readPosition(user));
        assertThat(membership.headIndex()).isEqualTo(oracle.index(oracle.head()));
        assertThat(LongStream.rangeClosed(1, oracle.head())
                        .filter(membership.visibility()::sees)
                        .boxed()
                        .toList())
                .isEqualTo(oracle.visible(user));
    }

    private static void check(UserId user, ReferenceModel oracle, @Nullable Item item) {
        assertThat(item).isNotNull();
        long lastVisible = oracle.visible(user).getLast();
        assertThat(item.head()).isEqualTo(lastVisible);
        assertThat(item.unread()).as("unread").isEqualTo(oracle.unread(user));
        assertThat(item.mentions()).as("mentions").isEqualTo(oracle.mentions(user));
        assertThat(item.title()).isEqualTo(oracle.title(user));
        assertThat(item.pinned()).isEqualTo(oracle.pinned(user));
        assertThat(item.last()).isEqualTo(oracle.lastMessage(user));
    }

    private void check(UserId user, ConversationId conversation, ReferenceModel oracle) {
        List<Long> visible = oracle.visible(user);
        Entries newest = entries(user, conversation, null, null, null, 50);
        assertThat(newest.head()).isEqualTo(visible.getLast());
        assertThat(newest.entries()).isEqualTo(shown(user, oracle, last(visible, 50)));
        long middle = visible.get(visible.size() / 2);
        assertThat(entries(user, conversation, middle, null, null, 7).entries())
                .isEqualTo(shown(
                        user,
                        oracle,
                        visible.stream().filter(p -> p > middle).limit(7).toList()));
        assertThat(entries(user, conversation, null, middle, null, 7).entries())
                .isEqualTo(shown(
                        user,
                        oracle,
                        last(visible.stream().filter(p -> p < middle).toList(), 7)));
        List<RecordedEntry> around =
                entries(user, conversation, null, null, middle, 9).entries();
        assertThat(around).hasSize(Math.min(9, visible.size())).contains(oracle.entryWithReactions(user, middle));
        assertThat(model.entries
                        .handle(new FindEntries.At(user, conversation, everyThirdTwice(oracle.head())))
                        .join()
                        .entries())
                .isEqualTo(shown(
                        user, oracle, visible.stream().filter(p -> p % 3 == 0).toList()));
        long afterIndex = oracle.index(middle);
        long through = oracle.index(oracle.head()) - 1;
        assertThat(model.entries
                        .handle(new FindMissed(user, conversation, 0, afterIndex, through, 20))
                        .entries())
                .isEqualTo(recorded(user, oracle, visible).stream()
                        .filter(entry -> entry.index() > afterIndex && entry.index() <= through)
                        .limit(20)
                        .toList());
        FindConversation.Details details =
                model.inboxes.handle(new FindConversation(user, conversation)).join();
        assertThat(details.title()).isEqualTo(oracle.joinable() ? oracle.titleAsOf(oracle.head()) : oracle.title(user));
        assertThat(details.members())
                .extracting(FindConversation.Member::user)
                .containsExactlyInAnyOrderElementsOf(oracle.members().contains(user) ? oracle.members() : List.of());
    }

    /** From the head down, and one beyond it. */
    private static List<Long> everyThirdTwice(long head) {
        return LongStream.rangeClosed(1, head + 3)
                .map(position -> head + 4 - position)
                .filter(position -> position % 3 == 0)
                .flatMap(position -> LongStream.of(position, position))
                .boxed()
                .toList();
    }

    private static List<Long> last(List<Long> positions, int count) {
        return positions.subList(Math.max(0, positions.size() - count), positions.size());
    }

    private static List<RecordedEntry> recorded(UserId user, ReferenceModel oracle, List<Long> positions) {
        return positions.stream().map(position -> oracle.entry(user, position)).toList();
    }

    private static List<RecordedEntry> shown(UserId user, ReferenceModel oracle, List<Long> positions) {
        return positions.stream()
                .map(position -> oracle.entryWithReactions(user, position))
                .toList();
    }

    private Entries entries(
            UserId user,
            ConversationId conversation,
            @Nullable Long after,
            @Nullable Long before,
            @Nullable Long around,
            int limit) {
        return model.entries
                .handle(new FindEntries(user, conversation, after, before, around, limit, null))
                .join();
    }
}

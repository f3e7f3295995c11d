package chat.parley.query.http;

import static chat.parley.query.http.TestWebMvc.ANN;
import static chat.parley.query.http.TestWebMvc.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.query.http.sync.MissedEntries;
import chat.parley.query.http.sync.MissedReader;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.conversation.InMemoryEventFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ContinuingFromACursorTest {
    private static final int CONVERSATIONS = 6;

    @Property(tries = 300)
    void pagesOfAnySizeContainExactlyTheMissedEntries(
            @ForAll long seed,
            @ForAll @IntRange(max = 120) int events,
            @ForAll @IntRange(max = 40) int eventsMeanwhile,
            @ForAll @IntRange(min = 1, max = 50) int pageSize,
            @ForAll @LongRange(min = -1, max = 60) long start) {
        Random random = new Random(seed);
        InMemoryEventFeed feed = new InMemoryEventFeed();
        Talk talk = new Talk(random);
        talk.goOn(feed, events);
        long from = Math.min(start, feed.head());
        QueryClient queries = queries(new FakeReadSide(feed, random));
        MissedReader reader = new MissedReader(queries, pageSize);

        List<RecordedEntry> received = new ArrayList<>();
        long cursor = from;
        boolean more = true;
        int left = eventsMeanwhile;
        while (more || left > 0) {
            MissedEntries missed = missed(queries, reader, cursor);
            assertThat(missed.entries()).hasSizeLessThanOrEqualTo(pageSize);
            assertThat(missed.index()).isGreaterThanOrEqualTo(cursor);
            if (missed.more()) {
                assertThat(missed.index()).isEqualTo(missed.entries().getLast().index());
            }
            received.addAll(missed.entries());
            cursor = missed.index();
            more = missed.more();
            int meanwhile = Math.min(left, 1 + random.nextInt(10));
            talk.goOn(feed, meanwhile);
            left -= meanwhile;
            more |= meanwhile > 0;
        }

        List<Long> indexes = received.stream().map(RecordedEntry::index).toList();
        List<Long> visibleInTheEnd = visibleAfter(feed, from, true);
        if (eventsMeanwhile == 0) {
            assertThat(indexes).containsExactlyElementsOf(visibleInTheEnd);
        } else {
            // A user who joins a group with open history while reading may have passed some of its entries: they count
            // as history, not as missed.
            assertThat(indexes).isSorted().doesNotHaveDuplicates().isSubsetOf(visibleInTheEnd);
            assertThat(indexes).containsAll(visibleAfter(feed, from, false));
        }
    }

    @Example
    void aPageOfTheLongestMessagesEndsEarly() {
        InMemoryEventFeed feed = new InMemoryEventFeed();
        feed.startDirect(new ConversationId("talk"), ANN, BOB);
        String longest = "가".repeat(1_000_000);
        for (int i = 0; i < 20; i++) {
            feed.send(new ConversationId("talk"), BOB, longest);
        }
        QueryClient queries = queries(new FakeReadSide(feed, new Random(1)));
        MissedReader reader = new MissedReader(queries, 200);

        MissedEntries first = missed(queries, reader, 0);
        assertThat(first.more()).isTrue();
        assertThat(first.entries()).hasSize(5);
        assertThat(missed(queries, reader, first.index()).entries().getFirst().index())
                .isEqualTo(6);
    }

    @Example
    void entriesAfterTheLeavingAreNotQueried() {
        InMemoryEventFeed feed = new InMemoryEventFeed();
        feed.startGroup(new ConversationId("talk"), BOB, "A group", HistoryAccess.ALL, ANN);
        feed.leave(new ConversationId("talk"), ANN, ANN);
        feed.send(new ConversationId("talk"), BOB, "Now that she is gone");
        QueryClient queries = queries(new FakeReadSide(feed, new Random(1)));
        MissedReader reader = new MissedReader(queries, 200);

        assertThat(missed(queries, reader, 0).entries()).hasSize(1);
        MissedEntries afterwards = missed(queries, reader, 1);
        assertThat(afterwards.entries()).isEmpty();
        assertThat(afterwards.index()).isEqualTo(2);
        assertThat(afterwards.more()).isFalse();
    }

    private static QueryClient queries(FakeReadSide readSide) {
        return new QueryClient(InMemoryQueries.gateway(readSide), Duration.ofSeconds(5));
    }

    private static MissedEntries missed(QueryClient queries, MissedReader reader, long cursor) {
        return reader.read(ANN, queries.ask(new FindMemberships(ANN, cursor), Memberships.class), cursor);
    }

    /**
     * The visibility rule written in another way: event by event, with the set of Ann's current conversations.
     *
     * @param history whether to include entries that became visible only later, by joining a group with open history
     */
    private static List<Long> visibleAfter(InMemoryEventFeed feed, long cursor, boolean history) {
        Set<String> in = new HashSet<>();
        Set<String> openHistory = new HashSet<>();
        List<RecordedEntry> entries = feed.entries();
        List<Long> visible = new ArrayList<>();
        for (RecordedEntry entry : entries) {
            String conversation = entry.event().conversation().value();
            switch (entry.event()) {
                case ConversationEvent.DirectStarted _ -> in.add(conversation);
                case ConversationEvent.GroupStarted e -> {
                    if (e.history() == HistoryAccess.ALL) {
                        openHistory.add(conversation);
                    }
                    if (e.members().contains(ANN)) {
                        in.add(conversation);
                    }
                }
                case ConversationEvent.MemberJoined e
                when e.user().equals(ANN) -> {
                    in.add(conversation);
                    if (history && openHistory.contains(conversation)) {
                        entries.stream()
                                .filter(earlier -> earlier.index() < entry.index())
                                .filter(earlier ->
                                        earlier.event().conversation().value().equals(conversation))
                                .map(RecordedEntry::index)
                                .filter(index -> !visible.contains(index))
                                .forEach(visible::add);
                    }
                }
                default -> {}
            }
            if (in.contains(conversation)) {
                visible.add(entry.index());
            }
            if (entry.event() instanceof ConversationEvent.MemberLeft e
                    && e.user().equals(ANN)) {
                in.remove(conversation);
            }
        }
        return visible.stream().filter(index -> index > cursor).sorted().toList();
    }

    /** Random conversations, some of which Ann joins and leaves. */
    private static final class Talk {
        private final Random random;
        private final Set<Integer> started = new HashSet<>();
        private final Set<Integer> direct = new HashSet<>();
        private final Set<Integer> annIsIn = new HashSet<>();

        Talk(Random random) {
            this.random = random;
        }

        void goOn(InMemoryEventFeed feed, int events) {
            for (int i = 0; i < events; i++) {
                next(feed, random.nextInt(CONVERSATIONS));
            }
        }

        private void next(InMemoryEventFeed feed, int number) {
            ConversationId conversation = new ConversationId("talk" + number);
            if (started.add(number)) {
                start(feed, conversation, number);
            } else if (direct.contains(number) || random.nextInt(4) > 0) {
                feed.send(conversation, BOB, "hello");
            } else if (annIsIn.remove(number)) {
                feed.leave(conversation, ANN, ANN);
            } else {
                annIsIn.add(number);
                feed.join(conversation, ANN, ANN);
            }
        }

        private void start(InMemoryEventFeed feed, ConversationId conversation, int number) {
            if (random.nextInt(3) == 0) {
                direct.add(number);
                feed.startDirect(conversation, BOB, ANN);
                return;
            }
            HistoryAccess history = random.nextInt(4) == 0 ? HistoryAccess.ALL : HistoryAccess.SINCE_JOINED;
            if (random.nextBoolean()) {
                annIsIn.add(number);
                feed.startGroup(conversation, BOB, "A group", history, ANN);
            } else {
                feed.startGroup(conversation, BOB, "A group", history);
            }
        }
    }
}

package chat.parley.query.http;

import static chat.parley.query.http.TestWebMvc.ANN;
import static chat.parley.query.http.TestWebMvc.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.query.http.sync.LongPollSync;
import chat.parley.query.http.sync.MissedEntries;
import chat.parley.query.http.sync.MissedReader;
import chat.parley.query.http.sync.NewEventNotifier;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.conversation.InMemoryEventFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingForNewEventsTest {
    /** Much longer than any test may take, so that a request that is not woken fails its test. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final ConversationId TALK = new ConversationId("talk");

    private final InMemoryEventFeed feed = new InMemoryEventFeed();
    private final FakeReadSide readSide = new FakeReadSide(feed, new Random(7));
    private final NewEventNotifier arrivals = new NewEventNotifier(feed, 4);
    private final QueryClient queries = new QueryClient(InMemoryQueries.gateway(readSide), Duration.ofSeconds(5));
    private final LongPollSync synchroniser = new LongPollSync(queries, new MissedReader(queries, 3), feed, arrivals);

    @BeforeEach
    void startTalking() {
        feed.startDirect(TALK, ANN, BOB);
        arrivals.start();
    }

    @AfterEach
    void stop() {
        arrivals.stop();
        synchroniser.close();
    }

    @Test
    void aMessageWakesItsReaders() throws Exception {
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        assertThat(ann).isNotDone();
        assertThat(arrivals.waiting()).isEqualTo(1);

        feed.send(TALK, BOB, "hello");
        assertThat(answer(ann).entries()).extracting(RecordedEntry::position).containsExactly(2L);
        assertThat(arrivals.waiting()).isZero();
    }

    @Test
    void existingEntriesAreAnsweredWithoutWaiting() {
        feed.send(TALK, BOB, "hello");
        assertThat(synchroniser.missed(ANN, 0, LONG)).isCompleted();
    }

    @Test
    void conversationsOfOthersDoNotWake() throws Exception {
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        feed.startGroup(new ConversationId("elsewhere"), BOB, "A group", HistoryAccess.ALL);
        feed.send(new ConversationId("elsewhere"), BOB, "hello");
        feed.send(TALK, BOB, "Ann?");
        MissedEntries missed = answer(ann);
        assertThat(missed.entries()).hasSize(1);
        assertThat(missed.index()).isEqualTo(3);
    }

    @Test
    void beingAddedToAConversationWakes() throws Exception {
        feed.startGroup(new ConversationId("club"), BOB, "A group", HistoryAccess.SINCE_JOINED);
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        feed.join(new ConversationId("club"), ANN, ANN);
        assertThat(answer(ann).entries()).hasSize(1);
        CompletableFuture<MissedEntries> next = synchroniser.missed(ANN, feed.head(), LONG);
        feed.startGroup(new ConversationId("new"), BOB, "A group", HistoryAccess.SINCE_JOINED, ANN);
        assertThat(answer(next).entries()).hasSize(1);
    }

    @Test
    void notesToOneselfWakeTheirOwner() throws Exception {
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        feed.startDirect(new ConversationId("notes"), ANN, ANN);
        assertThat(answer(ann).entries()).hasSize(1);
        CompletableFuture<MissedEntries> next = synchroniser.missed(ANN, feed.head(), LONG);
        feed.send(new ConversationId("notes"), ANN, "buy milk");
        assertThat(answer(next).entries()).hasSize(1);
        assertThat(feed.followedFrom()).hasSize(1);
    }

    @Test
    void anEventBetweenTheReadAndTheWaitIsNotMissed() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        readSide.afterMemberships(() -> {
            if (once.compareAndSet(false, true)) {
                // The read was done before. The message is stored, and the follower has passed it before the wait is
                // registered.
                CompletableFuture<Long> passed = arrivals.after(BOB, Set.of("talk"), feed.head());
                feed.send(TALK, BOB, "just now");
                passed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            }
        });
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        assertThat(answer(ann).entries()).extracting(RecordedEntry::position).containsExactly(2L);
    }

    @Test
    void everyMessageOfABusyConversationIsReceivedOnceAndInOrder() throws Exception {
        int messages = 3_000;
        Random pauses = new Random(11);
        try (ExecutorService sender = Executors.newSingleThreadExecutor()) {
            Future<?> sent = sender.submit(() -> {
                for (int i = 0; i < messages; i++) {
                    feed.send(TALK, BOB, "number " + i);
                    for (int spin = pauses.nextInt(2_000); spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                }
            });
            List<Long> received = new ArrayList<>();
            long cursor = 0;
            while (received.size() < messages) {
                MissedEntries missed = answer(synchroniser.missed(ANN, cursor, LONG));
                missed.entries().forEach(entry -> received.add(entry.position()));
                cursor = missed.index();
            }
            sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(received).hasSize(messages).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aWaitEndsWithoutEntriesAfterItsTime() throws Exception {
        MissedEntries missed = answer(synchroniser.missed(ANN, feed.head(), Duration.ofMillis(20)));
        assertThat(missed.entries()).isEmpty();
        assertThat(missed.index()).isEqualTo(feed.head());
        await().atMost(LIMIT).until(() -> arrivals.waiting() == 0);
    }

    @Test
    void aWaitEndsWhenTheClientDisconnects() {
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        assertThat(arrivals.waiting()).isEqualTo(1);
        ann.cancel(false);
        assertThat(arrivals.waiting()).isZero();
    }

    @Test
    void aStoppingNodeEndsAllWaits() throws Exception {
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        arrivals.stop();
        assertThat(answer(ann).entries()).isEmpty();
        assertThat(answer(synchroniser.missed(ANN, feed.head(), LONG)).entries())
                .isEmpty();
    }

    @Test
    void theWaitsOfOneUserAreLimited() {
        for (int i = 0; i < 4; i++) {
            assertThat(synchroniser.missed(ANN, feed.head(), LONG)).isNotDone();
        }
        assertThatThrownBy(() -> synchroniser.missed(ANN, feed.head(), LONG))
                .isInstanceOf(Refused.class)
                .hasMessage("limit-exceeded");
        assertThat(synchroniser.missed(BOB, feed.head(), LONG)).isNotDone();
    }

    @Test
    void anIndexBeforeTheRememberedEventsIsReadAgain() throws Exception {
        long before = feed.head();
        for (int i = 0; i < 10_000; i++) {
            feed.startGroup(new ConversationId("group" + i), BOB, "A group", HistoryAccess.ALL);
        }
        CompletableFuture<Long> passed = arrivals.after(BOB, Set.of("talk"), feed.head());
        feed.send(TALK, BOB, "the last");
        assertThat(passed.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(10_001);
        assertThat(arrivals.after(ANN, Set.of("nothing-here"), before)).isCompletedWithValue(10_001L);
    }

    @Test
    void aFailedFeedIsReopenedAtTheSameEvent() throws Exception {
        long before = feed.head();
        feed.send(TALK, BOB, "hello");
        assertThat(arrivals.after(BOB, Set.of("talk"), before).get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(1L);
        CompletableFuture<MissedEntries> ann = synchroniser.missed(ANN, feed.head(), LONG);
        feed.failNext(1);
        await().atMost(LIMIT).until(() -> feed.followedFrom().size() == 2);
        feed.send(TALK, BOB, "again");
        assertThat(answer(ann).entries()).hasSize(1);
        assertThat(feed.followedFrom()).containsExactly(0L, 1L);
    }

    private static MissedEntries answer(CompletableFuture<MissedEntries> missed) throws Exception {
        return missed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}

package chat.parley.eventprocessing.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.port.EventFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.backoff.FixedBackOff;

class ReopeningTheFeedTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final BrokenFeed feed = new BrokenFeed();
    private final List<Long> startedAfter = new CopyOnWriteArrayList<>();
    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private FeedFollower follower = follower((item, _) -> taken.add(item.index()));

    private FeedFollower follower(FeedFollower.Listener listener) {
        FeedFollower.Listener recording = new FeedFollower.Listener() {
            @Override
            public void startAfter(long index) {
                startedAfter.add(index);
            }

            @Override
            public void accept(EventFeed.Item item, boolean more) {
                listener.accept(item, more);
            }
        };
        return new FeedFollower(feed, recording, "test-feed", 0, new FixedBackOff(1, FixedBackOff.UNLIMITED_ATTEMPTS));
    }

    @AfterEach
    void stop() {
        follower.stop();
    }

    @Test
    void startsAtTheHead() {
        feed.append(5);
        follower.start();
        feed.append(5);
        awaitTaken(5, 9);
        assertThat(startedAfter).containsExactly(4L);
    }

    /** The feed fails while it is opened or read, answers late, ends without an error and repeats events. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void deliversEachEventOnceInOrderAcrossFailuresOfTheFeed(long seed) {
        feed.breakAtRandom(new Random(seed));
        follower.start();
        for (int i = 0; i < 500; i++) {
            feed.append(1);
        }
        awaitTaken(0, 499);
        assertThat(feed.failures.get()).isGreaterThan(10);
    }

    @Test
    void deliversAnEventAgainIfTheListenerFailed() {
        List<Long> attempts = new CopyOnWriteArrayList<>();
        follower = follower((item, _) -> {
            attempts.add(item.index());
            if (item.index() == 2 && attempts.size() == 3) {
                throw new IllegalStateException("The listener fails once");
            }
            taken.add(item.index());
        });
        follower.start();
        feed.append(5);
        awaitTaken(0, 4);
        assertThat(attempts).containsExactly(0L, 1L, 2L, 2L, 3L, 4L);
    }

    @Test
    void stopsWhileTheFeedDoesNotAnswer() {
        follower.start();
        await().atMost(LIMIT).until(() -> feed.opened.get() > 0);
        follower.stop();
        assertThat(follower.isRunning()).isFalse();
        feed.append(1);
        follower.start();
        feed.append(1);
        awaitTaken(1, 1);
    }

    private void awaitTaken(long first, long last) {
        await().atMost(LIMIT).until(() -> !taken.isEmpty() && taken.getLast() >= last);
        assertThat(taken)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(first, last).boxed().toList());
    }

    /** A feed in memory that fails at random. */
    private static final class BrokenFeed implements EventFeed {
        private final List<Event> events = new ArrayList<>();
        private @Nullable Random random;
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger opened = new AtomicInteger();

        synchronized void breakAtRandom(Random chance) {
            random = chance;
        }

        synchronized void append(int count) {
            for (int i = 0; i < count; i++) {
                events.add(new Event(events.size()));
            }
            notifyAll();
        }

        @Override
        public synchronized long head() {
            return events.size() - 1L;
        }

        @Override
        public synchronized Follower follow(long afterIndex) {
            opened.incrementAndGet();
            fails(10);
            // Some stores deliver a whole batch again.
            int from = Math.toIntExact(afterIndex + 1);
            return new Reader(random == null ? from : Math.max(0, from - random.nextInt(3)));
        }

        /** Fails with a probability of one in {@code oneIn}. */
        private void fails(int oneIn) {
            if (random != null && random.nextInt(oneIn) == 0) {
                failures.incrementAndGet();
                throw new IllegalStateException("The feed broke off");
            }
        }

        private final class Reader implements Follower {
            private int next;

            Reader(int next) {
                this.next = next;
            }

            @Override
            public @Nullable Item next(Duration atMost) throws InterruptedException {
                synchronized (BrokenFeed.this) {
                    fails(20);
                    if (next >= events.size()) {
                        BrokenFeed.this.wait(random == null ? atMost.toMillis() : 1);
                    }
                    boolean isLate = random != null && random.nextInt(5) == 0;
                    return isLate || next >= events.size() ? null : events.get(next++);
                }
            }

            @Override
            public boolean hasNext() {
                synchronized (BrokenFeed.this) {
                    fails(20);
                    return next < events.size();
                }
            }

            @Override
            public void close() {}
        }
    }

    private record Event(long index) implements EventFeed.Item {
        @Override
        public String aggregate() {
            return "aggregate";
        }

        @Override
        public long position() {
            return index + 1;
        }

        @Override
        public Class<?> type() {
            return String.class;
        }

        @Override
        public Object payload() {
            return "event";
        }

        @Override
        public Instant storedAt() {
            return Instant.EPOCH;
        }
    }
}

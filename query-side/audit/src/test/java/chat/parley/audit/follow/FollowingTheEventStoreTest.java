package chat.parley.audit.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import chat.parley.api.port.RawEvents;
import chat.parley.audit.StoredEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Each follower gets every event once and in order, whatever the others do, and the store is read once for all. */
class FollowingTheEventStoreTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long MOST_BYTES = 100_000;

    private final StoredEvents stored = new StoredEvents();
    private final FollowedEvents events = new FollowedEvents(stored, MOST_BYTES);

    private static List<Long> all(RawEvents.Reader reader) {
        List<Long> indexes = new ArrayList<>();
        for (List<RawEvents.RawEvent> batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
            batch.forEach(event -> indexes.add(event.index()));
        }
        return indexes;
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void whatOneHasReadIsNotReadAgain() {
        try (RawEvents.Reader first = events.after(-1);
                RawEvents.Reader second = events.after(-1)) {
            stored.appendMany(450);
            assertThat(all(first)).isEqualTo(range(0, 449));
            assertThat(events.kept()).isEqualTo(450);
            assertThat(all(second)).isEqualTo(range(0, 449));
            stored.appendMany(50);
            assertThat(all(second)).isEqualTo(range(450, 499));
            assertThat(all(first)).isEqualTo(range(450, 499));
        }
        assertThat(stored.read()).isEqualTo(500);
        assertThat(events.kept()).isZero();
        assertThat(stored.openReaders()).isZero();
    }

    @Test
    void aFollowerFromFarBehindReadsByItselfUntilItHasCaughtUp() {
        stored.appendMany(1_000);
        try (RawEvents.Reader first = events.after(899);
                RawEvents.Reader second = events.after(-1)) {
            assertThat(all(first)).isEqualTo(range(900, 999));
            assertThat(all(second)).isEqualTo(range(0, 999));
            long soFar = stored.read();
            stored.appendMany(10);
            assertThat(all(second)).isEqualTo(range(1_000, 1_009));
            assertThat(all(first)).isEqualTo(range(1_000, 1_009));
            assertThat(stored.read()).isEqualTo(soFar + 10);
        }
        assertThat(stored.openReaders()).isZero();
    }

    @Test
    void aFollowerFromFarAheadDoesNotSkipForTheOthers() {
        stored.appendMany(1_000);
        try (RawEvents.Reader first = events.after(-1);
                RawEvents.Reader second = events.after(949)) {
            assertThat(first.next()).hasSize(100);
            assertThat(all(second)).isEqualTo(range(950, 999));
            assertThat(all(first)).isEqualTo(range(100, 999));
        }
    }

    @Test
    void aFollowerThatDoesNotReadCostsNoMoreThanTheLimit() {
        try (RawEvents.Reader first = events.after(-1);
                RawEvents.Reader idle = events.after(-1)) {
            stored.appendMany(3_000);
            assertThat(all(first)).hasSize(3_000);
            assertThat(events.kept()).isEqualTo(3_000);
            stored.appendMany(17_000);
            assertThat(all(first)).hasSize(17_000);
            assertThat(events.kept()).isLessThan(10_000);
            assertThat(all(idle)).isEqualTo(range(0, 19_999));
            assertThat(events.kept()).isZero();
        }
    }

    @Test
    void aClosedFollowerKeepsNothing() {
        try (RawEvents.Reader first = events.after(-1)) {
            try (RawEvents.Reader _ = events.after(-1)) {
                stored.appendMany(300);
                assertThat(all(first)).hasSize(300);
                assertThat(events.kept()).isEqualTo(300);
            }
            assertThat(events.kept()).isZero();
        }
    }

    @Test
    void aFailureIsOfTheOneWhoMeetsIt() {
        try (RawEvents.Reader first = events.after(-1);
                RawEvents.Reader second = events.after(-1)) {
            stored.appendMany(30);
            assertThat(first.next()).hasSize(30);
            stored.fail(true);
            assertThatIllegalStateException().isThrownBy(first::next);
            assertThat(second.next()).hasSize(30);
            stored.fail(false);
            stored.appendMany(5);
            assertThat(all(first)).isEqualTo(range(30, 34));
            assertThat(all(second)).isEqualTo(range(30, 34));
        }
        assertThat(stored.openReaders()).isZero();
    }

    @Test
    void aWaitingFollowerIsWokenByAnothersReading() throws Exception {
        try (RawEvents.Reader first = events.after(-1);
                FollowedEvents.Follower second = events.after(-1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch waiting = new CountDownLatch(1);
            Future<List<RawEvents.RawEvent>> woken = threads.submit(() -> {
                waiting.countDown();
                second.await(LONG);
                return second.next();
            });
            waiting.await();
            stored.appendMany(3);
            assertThat(first.next()).hasSize(3);
            assertThat(woken.get(LONG.toSeconds(), TimeUnit.SECONDS)).hasSize(3);
            second.await(Duration.ofMillis(1));
        }
    }

    @Test
    void followersThatComeAndGoAtRandomMissNothing() throws Exception {
        int count = 20_000;
        List<CompletableFuture<Void>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                running.add(CompletableFuture.runAsync(() -> follow(random, count), threads));
            }
            for (int i = 0; i < count / 100; i++) {
                stored.appendMany(100);
            }
            for (CompletableFuture<Void> follower : running) {
                follower.get(LONG.toSeconds(), TimeUnit.SECONDS);
            }
        }
        assertThat(stored.openReaders()).isZero();
    }

    /** Opens anew now and then, as after a failure, and sometimes from an earlier place. */
    private void follow(Random random, int count) {
        long last = -1;
        while (last < count - 1) {
            long from = Math.max(-1, last - random.nextInt(300));
            try (RawEvents.Reader reader = events.after(from)) {
                last = from;
                for (int reads = random.nextInt(40); reads >= 0; reads--) {
                    for (RawEvents.RawEvent event : reader.next()) {
                        last++;
                        assertThat(event.index()).isEqualTo(last);
                    }
                }
            }
        }
    }
}

package chat.parley.eventstore.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.parley.api.port.EventFeed;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.event.axon.GrpcMetaDataAwareSerializer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseSharing.class)
class FollowingTheFeedTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Database database = TestPostgres.database();
    private final PostgresEventStore store;
    private final EventFeed feed;

    FollowingTheFeedTest(DatabaseSharing sharing) {
        store = TestEventStores.open(database, sharing, TestEventStores.properties(4, 3));
        feed = StreamEventFeed.ofEmbedded(store);
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void theHeadIsTheNewestIndex() {
        assertThat(feed.head()).isEqualTo(-1);
        TestEventStores.append(store, "a", 0);
        TestEventStores.append(store, "a", 1);
        assertThat(feed.head()).isEqualTo(1);
    }

    @Test
    void aFollowerGetsEarlierAndLaterEvents() throws Exception {
        LongStream.range(0, 10).forEach(i -> TestEventStores.append(store, "a", i));
        try (EventFeed.Follower follower = feed.follow(4)) {
            for (long index = 5; index < 10; index++) {
                assertThat(follower.hasNext()).isTrue();
                EventFeed.Item item = follower.next(Duration.ZERO);
                assertThat(item).isNotNull();
                assertThat(item.index()).isEqualTo(index);
                assertThat(item.position()).isEqualTo(index + 1);
                assertThat(item.aggregate()).isEqualTo("a");
                assertThat(item.type()).isEqualTo(TestEventStores.Noted.class);
                assertThat(item.payload()).isEqualTo(new TestEventStores.Noted("a/" + index));
                assertThat(item.storedAt()).isNotNull();
            }
            assertThat(follower.hasNext()).isFalse();
            assertThat(follower.next(Duration.ofMillis(1))).isNull();

            CompletableFuture<Void> later = CompletableFuture.runAsync(() -> TestEventStores.append(store, "b", 0));
            EventFeed.Item live = follower.next(LONG);
            assertThat(live).isNotNull();
            assertThat(live.index()).isEqualTo(10);
            later.get();
        }
    }

    @Test
    void aProcessorIsNotifiedOfNewEvents() {
        AtomicInteger calls = new AtomicInteger();
        try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(null)) {
            assertThat(stream.setOnAvailableCallback(calls::incrementAndGet)).isTrue();
            TestEventStores.append(store, "a", 0);
            await().atMost(LONG).until(() -> calls.get() > 0);
            assertThat(stream.peek()).isPresent();
            assertThat(stream.peek()).isEqualTo(stream.peek());
        }
        int before = calls.get();
        TestEventStores.append(store, "a", 1);
        assertThat(calls).hasValue(before);
    }

    @Test
    void aBrokenStreamIsReopenedAfterTheLastEvent() throws Exception {
        LongStream.range(0, 3).forEach(i -> TestEventStores.append(store, "a", i));
        AtomicInteger opened = new AtomicInteger();
        StreamableMessageSource<TrackedEventMessage<?>> breaking = new StreamableMessageSource<>() {
            @Override
            public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
                BlockingStream<TrackedEventMessage<?>> stream = store.openStream(token);
                return opened.incrementAndGet() == 1 ? new Breaking(stream) : stream;
            }
        };
        EventFeed broken = StreamEventFeed.ofEmbedded(breaking);
        try (EventFeed.Follower follower = broken.follow(-1)) {
            EventFeed.Item first = follower.next(LONG);
            assertThat(first).isNotNull();
            assertThat(follower.next(Duration.ofMillis(1))).isNull();
            EventFeed.Item second = follower.next(LONG);
            assertThat(second).isNotNull();
            assertThat(second.index()).isEqualTo(first.index() + 1);
        }
        assertThat(opened).hasValue(2);
    }

    @Test
    void theSizeOfAnEventOfAxonServerIsKnownWithoutDecodingIt() throws Exception {
        byte[] undecodable = "{".getBytes(UTF_8);
        byte[] noMetadata = "{}".getBytes(UTF_8);
        StoredEvent received = new StoredEvent(
                7, "e", "a", 0, "Note", 0, TestEventStores.Noted.class.getName(), null, undecodable, noMetadata);
        Serializer serializer = TestEventStores.serializer();
        EventFeed axonServer = StreamEventFeed.ofAxonServer(_ -> new Single(received, serializer), serializer);
        try (EventFeed.Follower follower = axonServer.follow(6)) {
            EventFeed.Item item = follower.next(LONG);
            assertThat(item).isNotNull();
            assertThat(item.bytes()).isEqualTo(undecodable.length);
            assertThatExceptionOfType(SerializationException.class).isThrownBy(item::payload);
        }
    }

    /** Returns one event that is decoded lazily, like Axon's stream from Axon Server. */
    private static final class Single implements BlockingStream<TrackedEventMessage<?>> {
        private final Iterator<TrackedEventMessage<?>> event;

        Single(StoredEvent received, Serializer serializer) {
            Serializer receiving = new GrpcMetaDataAwareSerializer(serializer);
            event = EventUtils.upcastAndDeserializeTrackedEvents(
                            Stream.of(received), receiving, new EventUpcasterChain())
                    .iterator();
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return event.hasNext();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            return event.next();
        }

        @Override
        public void close() {}
    }

    /** Returns one event and then fails. */
    private static final class Breaking implements BlockingStream<TrackedEventMessage<?>> {
        private final BlockingStream<TrackedEventMessage<?>> delegate;
        private boolean broken;

        Breaking(BlockingStream<TrackedEventMessage<?>> delegate) {
            this.delegate = delegate;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return delegate.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            if (broken) {
                throw new IllegalStateException("The connection was lost");
            }
            return delegate.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            broken = true;
            return delegate.nextAvailable();
        }

        @Override
        public void close() {
            delegate.close();
        }
    }
}

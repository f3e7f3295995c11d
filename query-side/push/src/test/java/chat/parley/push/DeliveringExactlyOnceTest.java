package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.Membership;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.dispatch.FanoutBackpressure;
import chat.parley.eventprocessing.feed.FeedFollower;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEventBuffer;
import chat.parley.push.fanout.CatchUpSubscription;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.FanoutFeedListener;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.ReadReceipts;
import chat.parley.push.fanout.StartingPoint;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.Entry;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * Users send, join and leave while clients connect, lose their connections and resume, with a read model that lags:
 * every client gets every visible entry once, in order.
 */
class DeliveringExactlyOnceTest {
    private static final int PEOPLE = 4;
    private static final int STEPS = 150;

    // Threads run concurrently, so a smaller example would be a different one.
    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void everyEntryIsDeliveredOnceInOrder(@ForAll long seed) throws InterruptedException {
        Run run = new Run(seed);
        try {
            for (int step = 0; step < STEPS; step++) {
                run.step();
            }
            run.finish();
        } finally {
            run.stop();
        }
    }

    private static final class Run {
        private final Random random;
        private final InMemoryEventFeed eventStore = new InMemoryEventFeed();
        private final LaggingReadModel readModel;
        private final FakeTextProtection protection = FakeTextProtection.legible();
        private final CursorCodec cursors = new CursorCodec(new FakeKeyedHash(), new Epoch("e1"));
        private final FrameEncoder frames = new FrameEncoder(new EntryRenderer(protection), new FrameCodec(), cursors);
        private final PushMetrics metrics = new PushMetrics(new SimpleMeterRegistry(), Clock.systemUTC());
        private final Fanout fanout;
        private final FeedFollower follower;
        private final List<Client> clients = new ArrayList<>();
        private final Thread projection;

        Run(long seed) {
            random = new Random(seed);
            readModel = new LaggingReadModel(eventStore, new Random(seed + 1));
            // A very small buffer, so that many sessions need several rounds.
            FakeRelations relations = new FakeRelations();
            fanout = new Fanout(
                    new LiveEventBuffer(1 + random.nextInt(20), 100_000),
                    frames,
                    _ -> {},
                    _ -> {},
                    new ReadReceipts(relations, new BlockPolicy(relations)),
                    new BlockPolicy(relations),
                    metrics,
                    MessageTraces.OFF);
            follower = FanoutFeedListener.follower(
                    eventStore, fanout, new FanoutBackpressure(Duration.ofMillis(250), Duration.ofSeconds(2)));
            follower.start();
            for (int i = 0; i < PEOPLE; i++) {
                clients.add(new Client(new UserId("u" + i), new DeviceId("phone"), random.nextBoolean()));
                clients.add(new Client(new UserId("u" + i), new DeviceId("laptop"), random.nextBoolean()));
            }
            projection = Thread.ofVirtual().start(() -> project(new Random(seed + 2)));
        }

        /** Lets the read model follow with a few events of lag. */
        private void project(Random pace) {
            long seen = -1;
            try (EventFeed.Follower follower = eventStore.follow(-1)) {
                while (true) {
                    EventFeed.Item item = follower.next(Duration.ofMillis(5));
                    seen = item == null ? seen : item.index();
                    if (item == null || pace.nextInt(4) == 0) {
                        readModel.applyUpTo(seen);
                    }
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        void step() throws InterruptedException {
            ConversationId conversation = new ConversationId("c" + random.nextInt(3));
            UserId user = new UserId("u" + random.nextInt(PEOPLE));
            switch (random.nextInt(12)) {
                case 0 -> start(conversation, user);
                case 1, 2 -> joinOrLeave(conversation, user);
                case 3, 4, 5, 6, 7 -> {
                    if (!eventStore.entries(conversation).isEmpty()) {
                        eventStore.send(conversation, user, "hello");
                    }
                }
                case 8, 9 -> anyClient().connect();
                case 10 -> anyClient().cut();
                default ->
                    assertThat(fanout.awaitProcessed(eventStore.head(), Duration.ofSeconds(20)))
                            .isTrue();
            }
        }

        private Client anyClient() {
            return clients.get(random.nextInt(clients.size()));
        }

        private void start(ConversationId conversation, UserId user) {
            if (eventStore.entries(conversation).isEmpty()) {
                eventStore.startGroup(
                        conversation,
                        user,
                        "title",
                        HistoryAccess.SINCE_JOINED,
                        new UserId("u" + random.nextInt(PEOPLE)));
            } else if (random.nextBoolean()) {
                ConversationId direct = new ConversationId("d-" + user);
                if (eventStore.entries(direct).isEmpty()) {
                    eventStore.startDirect(direct, user, new UserId("u" + random.nextInt(PEOPLE)));
                } else {
                    eventStore.send(direct, user, "hello");
                }
            }
        }

        private void joinOrLeave(ConversationId conversation, UserId user) {
            if (eventStore.entries(conversation).isEmpty()) {
                return;
            }
            if (eventStore.visibility(conversation, user, eventStore.head()).isOpen()) {
                eventStore.leave(conversation, user, user);
            } else {
                eventStore.join(conversation, user, user);
            }
        }

        void finish() throws InterruptedException {
            for (Client client : clients) {
                client.connect();
            }
            for (Client client : clients) {
                await().pollInterval(Duration.ofMillis(2))
                        .atMost(Duration.ofSeconds(20))
                        .until(client::isCaughtUp);
            }
            assertThat(fanout.awaitProcessed(eventStore.head(), Duration.ofSeconds(20)))
                    .isTrue();
            for (Client client : clients) {
                client.cut();
                assertThat(client.received).as(client.toString()).isEqualTo(client.expected());
            }
        }

        void stop() throws InterruptedException {
            for (Client client : clients) {
                client.cut();
            }
            projection.interrupt();
            projection.join();
            follower.stop();
        }

        /** Stores the received entries and resumes as the protocol says. */
        private final class Client {
            private final UserId user;
            private final DeviceId device;
            /** Whether it starts with all entries, or at its first hello. */
            private final boolean wantsEverything;

            private final Map<ConversationId, List<Long>> received = new HashMap<>();
            private @Nullable Connection connection;
            private @Nullable String cursor;
            private long startIndex = Long.MAX_VALUE;

            Client(UserId user, DeviceId device, boolean wantsEverything) {
                this.user = user;
                this.device = device;
                this.wantsEverything = wantsEverything;
                if (wantsEverything) {
                    startIndex = -1;
                }
            }

            void connect() {
                if (connection == null) {
                    connection = new Connection(startingPoint());
                }
            }

            private StartingPoint startingPoint() {
                if (cursor != null && random.nextBoolean()) {
                    return new StartingPoint.AfterIndex(cursors.decode(cursor).index());
                }
                if (wantsEverything) {
                    Map<ConversationId, Long> positions = new HashMap<>();
                    received.forEach((conversation, all) -> positions.put(conversation, all.getLast()));
                    return StartingPoint.of(positions);
                }
                return cursor == null
                        ? new StartingPoint.Head()
                        : new StartingPoint.AfterIndex(cursors.decode(cursor).index());
            }

            boolean isCaughtUp() {
                return connection != null
                        && !connection
                                .transport
                                .frames(ServerFrame.CaughtUp.class)
                                .isEmpty();
            }

            void cut() throws InterruptedException {
                Connection open = connection;
                if (open == null) {
                    return;
                }
                open.cut();
                connection = null;
                boolean caughtUp = false;
                for (ServerFrame frame : open.transport.frames()) {
                    switch (frame) {
                        case ServerFrame.EntryFrame entry -> {
                            took(entry.entry());
                            assertThat(entry.cursor() != null || !caughtUp).isTrue();
                            if (entry.cursor() != null) {
                                cursor = entry.cursor();
                            }
                        }
                        case ServerFrame.CaughtUp end -> {
                            caughtUp = true;
                            cursor = end.cursor();
                            startIndex = Math.min(
                                    startIndex, cursors.decode(end.cursor()).index());
                        }
                        default -> {}
                    }
                }
                if (!caughtUp && wantsEverything) {
                    cursor = null; // Part of a backlog came: only positions say which.
                } else if (!caughtUp) {
                    undoBacklog();
                }
            }

            private long keptUpTo() {
                return cursor == null ? -1 : cursors.decode(cursor).index();
            }

            /** A client that resumes only by cursor discards the entries of an interrupted backlog. */
            private void undoBacklog() {
                long kept = keptUpTo();
                received.replaceAll((conversation, positions) -> {
                    List<RecordedEntry> entries = eventStore.entries(conversation);
                    return new ArrayList<>(positions.stream()
                            .filter(position ->
                                    entries.get((int) (position - 1)).index() <= kept)
                            .toList());
                });
                received.values().removeIf(List::isEmpty);
                startIndex = received.isEmpty() && cursor == null ? Long.MAX_VALUE : startIndex;
            }

            private void took(Entry entry) {
                received.computeIfAbsent(entry.conversation(), _ -> new ArrayList<>())
                        .add(entry.position());
                if (!wantsEverything) {
                    // The index of its first hello is unknown, but before its first entry.
                    long index = eventStore
                            .entries(entry.conversation())
                            .get((int) (entry.position() - 1))
                            .index();
                    startIndex = Math.min(startIndex, index - 1);
                }
            }

            Map<ConversationId, List<Long>> expected() {
                Map<ConversationId, List<Long>> expected = new HashMap<>();
                for (Membership membership : eventStore.memberships(user, eventStore.head())) {
                    ConversationId conversation = membership.conversation();
                    Visibility visibility = membership.visibility();
                    List<Long> visible = eventStore.entries(conversation).stream()
                            .filter(entry -> entry.index() > startIndex && visibility.sees(entry.position()))
                            .map(RecordedEntry::position)
                            .toList();
                    if (!visible.isEmpty()) {
                        expected.put(conversation, visible);
                    }
                }
                return expected;
            }

            @Override
            public String toString() {
                return user + "/" + device + (wantsEverything ? " from the start" : " from its first hello");
            }

            private final class Connection {
                private final FakeTransport transport = new FakeTransport();
                private final Subscriber subscriber;
                private final Thread catchingUp;

                Connection(StartingPoint start) {
                    OutboundQueue outbound = new OutboundQueue(transport, 8_000_000, new LongAdder(), () -> {});
                    subscriber = new Subscriber(user, device, new LoginSessionId("s"), outbound, _ -> {});
                    CatchUpSubscription catchUp =
                            new CatchUpSubscription(subscriber, start, fanout, readModel, frames, metrics);
                    catchingUp = Thread.ofVirtual().start(() -> {
                        try {
                            catchUp.run();
                        } catch (InterruptedException cut) {
                            Thread.currentThread().interrupt();
                        }
                    });
                }

                void cut() throws InterruptedException {
                    subscriber.outbound().close();
                    catchingUp.interrupt();
                    catchingUp.join();
                    fanout.remove(subscriber);
                }
            }
        }
    }
}

package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.ContactEvent.ContactAccepted;
import chat.parley.api.contact.ContactEvent.ContactRemoved;
import chat.parley.api.contact.ContactId;
import chat.parley.api.port.Epoch;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.FindPresence.OpenDevices;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceEvent.DeviceClosed;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import chat.parley.api.presence.PresenceId;
import chat.parley.api.presence.PresenceStatus;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEvent;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.fanout.SubscriberRegistry;
import chat.parley.push.presence.PresenceReader;
import chat.parley.push.presence.PresenceSubscriptions;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchingPresencesTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final DeviceId PHONE = new DeviceId("phone");

    private final FakeTextProtection protection = FakeTextProtection.legible();
    private final FrameEncoder frames = new FrameEncoder(
            new EntryRenderer(protection), new FrameCodec(), new CursorCodec(new FakeKeyedHash(), new Epoch("e1")));
    private final Known model = new Known();
    private final SubscriberRegistry sessions = new SubscriberRegistry(10);
    private final FakeRelations relations = new FakeRelations();
    private final PresenceSubscriptions subscriptions =
            new PresenceSubscriptions(model, frames, sessions, new BlockPolicy(relations), Runnable::run);
    private long index;
    private final Map<String, Long> positions = new HashMap<>();

    /** A read model with answers set by the test. */
    private static final class Known implements PresenceReader {
        private final Map<UserId, UserPresence> presences = new HashMap<>();
        private List<UserId> contacts = List.of();
        private Runnable meanwhile = () -> {};

        @Override
        public List<UserId> contacts(UserId user) {
            return contacts;
        }

        @Override
        public List<UserPresence> presences(List<UserId> users, long atLeastIndex) {
            List<UserPresence> found = users.stream()
                    .map(user -> presences.getOrDefault(user, UserPresence.none(user)))
                    .toList();
            meanwhile.run();
            return found;
        }

        @Override
        public OpenDevices openDevices(@Nullable String after, long atLeastIndex) {
            return new OpenDevices(List.of(), null);
        }
    }

    private final class Watcher {
        private final FakeTransport transport = new FakeTransport();
        private final Subscriber subscriber;

        Watcher(UserId user) {
            OutboundQueue outbound = new OutboundQueue(transport, 1_000_000, new LongAdder(), () -> {});
            subscriber = new Subscriber(user, PHONE, new LoginSessionId("s"), outbound, _ -> {});
            sessions.register(subscriber, () -> Instant.EPOCH, System.nanoTime());
            subscriptions.add(subscriber);
        }

        List<PresenceStatus> told() {
            return transport.frames(ServerFrame.Presence.class).stream()
                    .map(ServerFrame.Presence::status)
                    .toList();
        }
    }

    private void happens(PresenceEvent event) {
        accept(new PresenceId(event.user()).toString(), event);
    }

    private void accept(String aggregate, Object event) {
        subscriptions.accept(new LiveEvent(
                new InMemoryEventFeed.Stored(++index, aggregate, positions.merge(aggregate, 1L, Long::sum), event)));
    }

    private static DeviceOpened opened(UserId user) {
        return new DeviceOpened(user, PHONE, 1, Instant.EPOCH);
    }

    private static DeviceClosed closed(UserId user) {
        return new DeviceClosed(user, PHONE, 1, OfflineReason.LOGGED_OUT, Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void sendsThePresentStateAndChanges() throws InterruptedException {
        Watcher ben = new Watcher(BEN);
        assertThat(subscriptions.watch(ben.subscriber, List.of(ANN))).isTrue();
        happens(opened(ANN));
        subscriptions.publishChanges();
        happens(new DeviceStatusSet(ANN, PHONE, DeviceStatus.AWAY, Instant.EPOCH));
        subscriptions.publishChanges();
        happens(new DeviceStatusSet(ANN, PHONE, DeviceStatus.INVISIBLE, Instant.EPOCH));
        subscriptions.publishChanges();
        assertThat(ben.told())
                .containsExactly(
                        PresenceStatus.OFFLINE, PresenceStatus.ONLINE, PresenceStatus.AWAY, PresenceStatus.OFFLINE);
    }

    @Test
    void limitsTheFramesOfAnUnstableUser() throws InterruptedException {
        Watcher ben = new Watcher(BEN);
        subscriptions.watch(ben.subscriber, List.of(ANN));
        for (int tick = 0; tick < 4; tick++) {
            IntStream.range(0, 50).forEach(_ -> {
                happens(opened(ANN));
                happens(closed(ANN));
            });
            subscriptions.publishChanges();
        }
        happens(opened(ANN));
        subscriptions.publishChanges();
        subscriptions.publishChanges();
        assertThat(ben.told()).containsExactly(PresenceStatus.OFFLINE, PresenceStatus.ONLINE);
    }

    @Test
    void appliesEventsThatComeDuringTheQuery() throws InterruptedException {
        Watcher ben = new Watcher(BEN);
        model.meanwhile = () -> {
            model.meanwhile = () -> {};
            happens(opened(ANN));
        };
        subscriptions.watch(ben.subscriber, List.of(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).containsExactly(PresenceStatus.ONLINE);
    }

    @Test
    void ignoresEventsThatTheReadModelIncludes() throws InterruptedException {
        model.presences.put(ANN, new UserPresence(ANN, 2, Map.of("laptop", DeviceStatus.AWAY), Instant.EPOCH));
        Watcher ben = new Watcher(BEN);
        model.meanwhile = () -> {
            model.meanwhile = () -> {};
            happens(opened(ANN));
            happens(closed(ANN));
        };
        subscriptions.watch(ben.subscriber, List.of(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).containsExactly(PresenceStatus.AWAY);
    }

    @Test
    void watchesContactsWhileTheyAreContacts() {
        ContactId pair = new ContactId("pair");
        Watcher ben = new Watcher(BEN);
        subscriptions.watchContacts(ben.subscriber);
        happens(opened(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).isEmpty();
        model.presences.put(ANN, new UserPresence(ANN, 1, Map.of("phone", DeviceStatus.ONLINE), null));
        accept("pair", new ContactAccepted(pair, ANN, BEN, Instant.EPOCH));
        assertThat(ben.told()).containsExactly(PresenceStatus.ONLINE);
        accept("pair", new ContactRemoved(pair, ANN, BEN, Instant.EPOCH));
        happens(closed(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).containsExactly(PresenceStatus.ONLINE);
    }

    @Test
    void hidesUsersWithABlockInEitherDirection() throws InterruptedException {
        model.presences.put(ANN, new UserPresence(ANN, 1, Map.of("phone", DeviceStatus.ONLINE), null));
        Watcher ben = new Watcher(BEN);
        subscriptions.watch(ben.subscriber, List.of(ANN));
        relations.block(ANN, BEN);
        subscriptions.blocked(ANN, BEN);
        positions.put(new PresenceId(ANN).toString(), 1L);
        happens(closed(ANN));
        happens(opened(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).containsExactly(PresenceStatus.ONLINE, PresenceStatus.OFFLINE);
        subscriptions.watch(ben.subscriber, List.of(ANN));
        assertThat(ben.told()).endsWith(PresenceStatus.OFFLINE, PresenceStatus.OFFLINE);

        relations.unblock(ANN, BEN);
        subscriptions.unblocked(ANN, BEN);
        assertThat(ben.told()).endsWith(PresenceStatus.OFFLINE, PresenceStatus.ONLINE);
        happens(closed(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).endsWith(PresenceStatus.ONLINE, PresenceStatus.OFFLINE);
    }

    /** The event of a block comes shortly after the answer to the block. */
    @Test
    void hidesThemAsSoonAsTheBlockIsAnswered() throws InterruptedException {
        Watcher ben = new Watcher(BEN);
        subscriptions.watch(ben.subscriber, List.of(ANN));
        relations.block(BEN, ANN);
        happens(opened(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).containsExactly(PresenceStatus.OFFLINE);
    }

    @Test
    void canBeRepeatedAfterAFailureOfTheReadModel() throws InterruptedException {
        Watcher ben = new Watcher(BEN);
        model.meanwhile = () -> {
            model.meanwhile = () -> {};
            throw new IllegalStateException("down");
        };
        assertThatIllegalStateException().isThrownBy(() -> subscriptions.watch(ben.subscriber, List.of(ANN)));
        happens(opened(ANN));
        subscriptions.publishChanges();
        assertThat(ben.told()).isEmpty();
        model.presences.put(ANN, new UserPresence(ANN, 1, Map.of("phone", DeviceStatus.ONLINE), null));
        subscriptions.watch(ben.subscriber, List.of(ANN));
        assertThat(ben.told()).containsExactly(PresenceStatus.ONLINE);
    }

    @Test
    void isLimitedPerSession() throws InterruptedException {
        Watcher ben = new Watcher(BEN);
        List<UserId> many = IntStream.range(0, FrameCodec.MAX_WATCHED)
                .mapToObj(i -> new UserId("user" + i))
                .toList();
        assertThat(subscriptions.watch(ben.subscriber, many)).isTrue();
        assertThat(subscriptions.watch(ben.subscriber, many.subList(0, 10))).isTrue();
        assertThat(subscriptions.watch(ben.subscriber, List.of(ANN))).isFalse();
        subscriptions.unwatch(ben.subscriber, many.subList(0, 1));
        assertThat(subscriptions.watch(ben.subscriber, List.of(ANN))).isTrue();
    }
}

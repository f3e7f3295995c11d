package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.GroupAdditions;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.port.Epoch;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEventBuffer;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.ReadReceipts;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SendingReadMarksTest {
    private static final ConversationId DIRECT = new ConversationId("direct");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final long START = 5;
    private static final Settings SILENT =
            new Settings(ContactRequests.EVERYBODY, GroupAdditions.EVERYBODY, false, true, true, null, "en");

    private final FakeTextProtection protection = FakeTextProtection.legible();
    private final FakeRelations relations = new FakeRelations();
    private final ReadReceipts receipts = new ReadReceipts(relations, new BlockPolicy(relations));
    private final FrameEncoder frames = new FrameEncoder(
            new EntryRenderer(protection), new FrameCodec(), new CursorCodec(new FakeKeyedHash(), new Epoch("e1")));
    private final Fanout fanout = new Fanout(
            new LiveEventBuffer(100, 100_000),
            frames,
            _ -> {},
            _ -> {},
            receipts,
            new BlockPolicy(relations),
            new PushMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
            MessageTraces.OFF);
    private final FakeTransport phoneOfAnn;
    private final FakeTransport tabletOfAnn;
    private final FakeTransport phoneOfBen;
    private long index = START + 1;

    SendingReadMarksTest() {
        fanout.startAfter(START);
        phoneOfAnn = connect(ANN);
        tabletOfAnn = connect(ANN);
        phoneOfBen = connect(BEN);
    }

    @Test
    void isDeferredUntilTheSettingsAreKnown() {
        CompletableFuture<Void> known = relations.hold();
        read(ANN, 1);
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).isEmpty();
        known.complete(null);
        assertThat(reads(phoneOfBen)).containsExactlyInAnyOrder(1L, 2L);

        read(ANN, 3);
        assertThat(reads(phoneOfBen)).endsWith(3L);
        assertThat(reads(phoneOfAnn)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void isLimitedToTheOwnDevicesByTheSettings() {
        relations.setSettings(ANN, SILENT);
        read(ANN, 1);
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).isEmpty();
        assertThat(reads(phoneOfAnn)).containsExactly(1L, 2L);
        assertThat(reads(tabletOfAnn)).containsExactly(1L, 2L);

        read(BEN, 1);
        assertThat(reads(phoneOfAnn)).containsExactly(1L, 2L, 1L);
    }

    @Test
    void followsAChangeOfTheSettingsAtOnce() {
        relations.setSettings(ANN, SILENT);
        read(ANN, 1);
        relations.setSettings(ANN, Settings.DEFAULT);
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).containsExactly(2L);
    }

    @Test
    void isPreventedByABlockInEitherDirection() {
        for (List<UserId> block : List.of(List.of(ANN, BEN), List.of(BEN, ANN))) {
            relations.block(block.getFirst(), block.getLast());
            read(ANN, 1);
            read(BEN, 1);
            relations.unblock(block.getFirst(), block.getLast());
        }
        assertThat(reads(phoneOfBen)).containsExactly(1L, 1L);
        assertThat(reads(phoneOfAnn)).containsExactly(1L, 1L);
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).containsExactly(1L, 1L, 2L);
    }

    @Test
    void followsTheSettingsInAReplay() {
        relations.setSettings(ANN, SILENT);
        read(ANN, 1);
        read(BEN, 2);
        FakeTransport tabletOfBen = connect(BEN);
        assertThat(reads(tabletOfBen)).containsExactly(2L);
        relations.setSettings(ANN, Settings.DEFAULT);
        assertThat(reads(connect(BEN))).containsExactly(1L, 2L);
    }

    @Test
    void isDroppedIfTheSettingsCannotBeRead() {
        CompletableFuture<Void> broken = relations.hold();
        read(ANN, 1);
        broken.completeExceptionally(new Refused(Refusal.RETRY_LATER));
        assertThat(reads(phoneOfBen)).isEmpty();

        relations.hold().complete(null);
        read(ANN, 2);
        assertThat(reads(phoneOfBen)).containsExactly(2L);
    }

    private void read(UserId user, long position) {
        event(DIRECT + ":" + user, new ReadMarkMoved(DIRECT, user, position, Instant.EPOCH));
    }

    private void event(String aggregate, Object payload) {
        fanout.accept(new InMemoryEventFeed.Stored(index, aggregate, index + 1, payload), false);
        index++;
    }

    private static List<Long> reads(FakeTransport transport) {
        return transport.frames(ServerFrame.Read.class).stream()
                .map(ServerFrame.Read::position)
                .toList();
    }

    /** A session that is live in the direct conversation, after a replay of the buffered events. */
    private FakeTransport connect(UserId user) {
        FakeTransport transport = new FakeTransport();
        OutboundQueue outbound = new OutboundQueue(transport, 1_000_000, new LongAdder(), () -> {});
        Subscriber subscriber =
                new Subscriber(user, new DeviceId("device"), new LoginSessionId("session"), outbound, _ -> {});
        fanout.register(subscriber);
        fanout.setMemberships(
                subscriber,
                new Memberships(
                        -1,
                        List.of(new Membership(
                                DIRECT,
                                ConversationKind.DIRECT,
                                HistoryAccess.ALL,
                                Visibility.ALL,
                                1,
                                -1,
                                0,
                                false,
                                false,
                                false,
                                -1))));
        assertThat(fanout.goLive(subscriber, START, List.of())).isTrue();
        return transport;
    }
}

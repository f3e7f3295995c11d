package chat.parley.push;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.Epoch;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.eventstore.Vault;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEventBuffer;
import chat.parley.push.fanout.Fanout;
import chat.parley.push.fanout.PushMetrics;
import chat.parley.push.fanout.ReadReceipts;
import chat.parley.push.fanout.Subscriber;
import chat.parley.push.socket.OutboundQueue;
import chat.parley.push.socket.Transport;
import chat.parley.wire.CloseReason;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The fan-out of one node wired as in production, with sessions whose sockets only count. */
final class PushNode {
    private static final long MAX_QUEUED_BYTES = 8 << 20;
    private static final long RING_BYTES = 32 << 20;

    final FrameEncoder frames;
    final Fanout fanout;
    final Counting sent = new Counting();

    /** @param ringEvents small enough that each added event evicts an older one */
    PushNode(Vault vault, int ringEvents) {
        frames = new FrameEncoder(
                new EntryRenderer(vault.protection()),
                new FrameCodec(),
                new CursorCodec(vault.hashes(), new Epoch("bXktZXBvY2g")));
        PushMetrics metrics = new PushMetrics(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Clock.tickMillis(ZoneOffset.UTC));
        UserRelationships relations = new Unrelated();
        BlockPolicy blocks = new BlockPolicy(relations);
        ReadReceipts receipts = new ReadReceipts(relations, blocks);
        fanout = new Fanout(
                new LiveEventBuffer(ringEvents, RING_BYTES),
                frames,
                _ -> {},
                _ -> {},
                receipts,
                blocks,
                metrics,
                MessageTraces.OFF);
        fanout.startAfter(-1);
    }

    /** A session that is live in one conversation. */
    void connect(UserId user, ConversationId conversation) {
        OutboundQueue outbox = new OutboundQueue(sent, MAX_QUEUED_BYTES, new LongAdder(), () -> {});
        Subscriber subscriber =
                new Subscriber(user, new DeviceId("device"), new LoginSessionId("session"), outbox, _ -> {});
        fanout.register(subscriber);
        fanout.setMemberships(
                subscriber,
                new Memberships(
                        -1,
                        List.of(new Membership(
                                conversation,
                                ConversationKind.GROUP,
                                HistoryAccess.ALL,
                                Visibility.ALL,
                                0,
                                -1,
                                0,
                                false,
                                false,
                                false,
                                -1))));
        if (!fanout.goLive(subscriber, -1, List.of())) {
            throw new IllegalStateException("The session is not live");
        }
    }

    /** A socket that is always ready. */
    static final class Counting implements Transport {
        private long bytes;

        long bytes() {
            return bytes;
        }

        @Override
        public void send(ByteBuffer utf8, boolean more, Runnable done) {
            bytes += utf8.remaining();
            done.run();
        }

        @Override
        public void ping(Runnable answered) {}

        @Override
        public void demand() {}

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void abort() {}
    }
}

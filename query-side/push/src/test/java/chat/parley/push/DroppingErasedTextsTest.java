package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.EventFeed;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
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
import chat.parley.wire.Entry;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import chat.parley.wire.ServerFrame.EntryFrame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Frames are encoded at the first delivery and kept for clients that return. */
class DroppingErasedTextsTest {
    private static final ConversationId TEA = new ConversationId("c0");
    private static final UserId ANN = new UserId("u0");
    private static final UserId BOB = new UserId("u1");

    private final InMemoryEventFeed events = new InMemoryEventFeed();
    private final FakeTextProtection protection = events.protection();
    private final FakeRelations relations = new FakeRelations();
    private final Fanout fanout = new Fanout(
            new LiveEventBuffer(1_000, 1_000_000),
            new FrameEncoder(
                    new EntryRenderer(protection),
                    new FrameCodec(),
                    new CursorCodec(new FakeKeyedHash(), new Epoch("e1"))),
            _ -> {},
            _ -> {},
            new ReadReceipts(relations, new BlockPolicy(relations)),
            new BlockPolicy(relations),
            new PushMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
            MessageTraces.OFF);
    private long delivered = -1;

    private void deliver() throws InterruptedException {
        try (EventFeed.Follower follower = events.follow(delivered)) {
            while (delivered < events.head()) {
                fanout.accept(Objects.requireNonNull(follower.next(Duration.ofSeconds(1))), false);
                delivered++;
            }
        }
    }

    /** The texts that a client of Bob gets from memory. */
    private List<@Nullable String> textsFromMemory() throws InterruptedException {
        FakeTransport transport = new FakeTransport();
        OutboundQueue outbound = new OutboundQueue(transport, 8_000_000, new LongAdder(), () -> {});
        Subscriber subscriber = new Subscriber(BOB, new DeviceId("d"), new LoginSessionId("s"), outbound, _ -> {});
        fanout.register(subscriber);
        subscriber.startAfter(0, Map.of());
        LaggingReadModel readModel = new LaggingReadModel(events, new Random(1));
        readModel.applyUpTo(0);
        fanout.setMemberships(subscriber, readModel.memberships(BOB, -1));
        assertThat(fanout.goLive(subscriber, 0, List.of())).isTrue();
        fanout.remove(subscriber);
        return transport.frames(EntryFrame.class).stream()
                .map(EntryFrame::entry)
                .map(DroppingErasedTextsTest::text)
                .toList();
    }

    private static @Nullable String text(Entry entry) {
        return switch (entry) {
            case Entry.Message message -> message.text() + (message.erased() ? " erased" : "");
            case Entry.Edit edit -> edit.text() + (edit.erased() ? " erased" : "");
            default -> "";
        };
    }

    private void talk() throws InterruptedException {
        fanout.startAfter(-1);
        events.startDirect(TEA, ANN, BOB);
        events.send(TEA, ANN, "from ann");
        events.send(TEA, BOB, "from bob");
        deliver();
        assertThat(textsFromMemory()).containsExactly("from ann", "from bob");
    }

    @Test
    void anErasedUsersTextsAreNotSentFromMemory() throws InterruptedException {
        talk();
        protection.destroy(ANN);
        events.append(ANN.value(), new AccountErased(ANN, Instant.EPOCH));
        deliver();
        assertThat(textsFromMemory()).containsExactly("null erased", "from bob");
    }

    @Test
    void expiredTextsAreNotSentFromMemory() throws InterruptedException {
        talk();
        LocalDate nextDay = LocalDate.EPOCH.plusDays(1);
        protection.destroyBefore(TEA, nextDay);
        events.append("retention", new TextsExpired(TEA, Instant.now().plus(Duration.ofDays(1)), Instant.EPOCH));
        deliver();
        assertThat(textsFromMemory()).containsExactly("null erased", "null erased");
    }

    /** A node may still have the key in its cache when it reads that the key is destroyed. */
    @Test
    void aFrameThatIsEncodedAgainIsNotKept() throws InterruptedException {
        talk();
        events.append(ANN.value(), new AccountErased(ANN, Instant.EPOCH));
        deliver();
        assertThat(textsFromMemory()).containsExactly("from ann", "from bob");
        protection.destroy(ANN);
        assertThat(textsFromMemory()).containsExactly("null erased", "from bob");
    }
}

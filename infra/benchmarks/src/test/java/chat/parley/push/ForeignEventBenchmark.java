package chat.parley.push;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EventFeed;
import chat.parley.benchmarks.Samples;
import chat.parley.eventstore.Feeds;
import chat.parley.eventstore.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event of a conversation without a member on this node, from the receipt until it is skipped. */
@State(Scope.Benchmark)
public class ForeignEventBenchmark {
    private static final int EVENTS = 16_384;
    private static final int CONVERSATIONS = 1_000;
    private static final int SESSIONS = 1_000;

    /** Far fewer than there are events, so that most added events evict an older one. */
    private static final int RING_EVENTS = 1_024;

    public enum Engine {
        EMBEDDED,
        AXON_SERVER
    }

    public enum Kind {
        MESSAGE,
        READ_MARK
    }

    @Param
    public Engine engine;

    @Param
    public Kind kind;

    private final Vault vault = new Vault();
    private final PushNode node = new PushNode(vault, RING_EVENTS);
    private EventFeed feed;
    private long sentBefore;

    @Setup
    public void fill() {
        List<?> payloads = IntStream.range(0, EVENTS).mapToObj(this::payload).toList();
        feed = switch (engine) {
            case EMBEDDED -> Feeds.tail(payloads);
            case AXON_SERVER -> Feeds.axonServer(payloads);
        };
        for (int i = 1; i <= SESSIONS; i++) {
            node.connect(Samples.user(i), Samples.conversation(CONVERSATIONS + i));
        }
        sentBefore = node.sent.bytes();
    }

    private Object payload(int number) {
        ConversationId conversation = Samples.conversation(number % CONVERSATIONS);
        return switch (kind) {
            case MESSAGE -> Samples.message(conversation, number, vault.protection(), vault.hashes());
            case READ_MARK -> Samples.readMark(conversation, number);
        };
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long pass() throws InterruptedException {
        node.fanout.startAfter(-1);
        try (EventFeed.Follower follower = feed.follow(-1)) {
            for (int i = 0; i < EVENTS; i++) {
                EventFeed.Item item = Objects.requireNonNull(follower.next(Duration.ZERO));
                node.fanout.accept(item, follower.hasNext());
            }
        }
        if (node.sent.bytes() > sentBefore) {
            throw new IllegalStateException("Somebody here got an event of somebody else's");
        }
        return node.fanout.processed();
    }
}

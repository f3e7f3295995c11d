package chat.parley.push;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.benchmarks.Samples;
import chat.parley.eventstore.Vault;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One entry from the feed to the sockets of all its readers on this node, including encoding. */
@State(Scope.Benchmark)
public class FanoutBenchmark {
    private static final int RING_EVENTS = 1024;

    @Param({"2", "100", "500"})
    public int sessions;

    private final Vault vault = new Vault();
    private final PushNode node = new PushNode(vault, RING_EVENTS);
    private final ConversationEvent event =
            Samples.message(Samples.conversation(0), 1, vault.protection(), vault.hashes());
    private long index;

    @Setup
    public void connect() {
        for (int i = 0; i < sessions; i++) {
            node.connect(Samples.user(i), Samples.conversation(0));
        }
    }

    @Benchmark
    public long deliver() {
        node.fanout.accept(new LiveItem(index, index + 1, event), false);
        index++;
        return node.sent.bytes();
    }
}

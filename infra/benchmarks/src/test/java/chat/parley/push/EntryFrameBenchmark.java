package chat.parley.push;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.Epoch;
import chat.parley.benchmarks.Samples;
import chat.parley.eventstore.Vault;
import chat.parley.push.event.FrameEncoder;
import chat.parley.push.event.LiveEvent;
import chat.parley.wire.CursorCodec;
import chat.parley.wire.Entry;
import chat.parley.wire.EntryRenderer;
import chat.parley.wire.FrameCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The bytes of one live entry, encoded once for all receivers, and the three steps of encoding. */
@State(Scope.Benchmark)
public class EntryFrameBenchmark {
    private final Vault vault = new Vault();
    private final FrameEncoder frames = new PushNode(vault, 1).frames;
    private final EntryRenderer renderer = new EntryRenderer(vault.protection());
    private final FrameCodec codec = new FrameCodec();
    private final CursorCodec cursors = new CursorCodec(vault.hashes(), new Epoch("bXktZXBvY2g"));

    private final ConversationEvent event =
            Samples.message(Samples.conversation(0), 1, vault.protection(), vault.hashes());
    private final RecordedEntry recorded = RecordedEntry.of(2, 1_000_000, event);
    private final Entry entry = renderer.render(recorded);
    private final String cursor = cursors.encode(recorded.index());

    @Benchmark
    public byte[] whole() {
        return frames.entry(new LiveEvent(new LiveItem(recorded.index(), recorded.position(), event)));
    }

    @Benchmark
    public Entry render() {
        return renderer.render(recorded);
    }

    @Benchmark
    public String cursor() {
        return cursors.encode(recorded.index());
    }

    @Benchmark
    public byte[] json() {
        return codec.encodeEntry(entry, cursor);
    }
}

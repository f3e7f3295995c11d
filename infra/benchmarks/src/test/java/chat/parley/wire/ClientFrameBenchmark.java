package chat.parley.wire;

import chat.parley.benchmarks.Samples;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads one {@code message.send} of a client. */
@State(Scope.Benchmark)
public class ClientFrameBenchmark {
    private final FrameCodec codec = new FrameCodec();
    private final String frame =
            """
            {"type":"message.send","ref":"17","conversation":"%s","clientMessageId":"%s","text":"%s"}\
            """.formatted(Samples.conversation(0), Samples.messageId(Samples.AT.toEpochMilli(), 1), Samples.TEXT);

    @Benchmark
    public Decoded decode() {
        return codec.decode(frame);
    }
}

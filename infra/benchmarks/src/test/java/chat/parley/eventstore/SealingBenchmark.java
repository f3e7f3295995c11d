package chat.parley.eventstore;

import chat.parley.api.SealedText;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.benchmarks.Samples;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The text of one message, with a key in memory. */
@State(Scope.Benchmark)
public class SealingBenchmark {
    private static final TextContext CONTEXT = TextProtection.messageContext(
            Samples.conversation(0), Samples.AUTHOR, Samples.messageId(Samples.AT.toEpochMilli(), 1));

    private final TextProtection protection = new Vault().protection();
    private final SealedText sealed = protection.seal(Samples.AUTHOR, Samples.TEXT, CONTEXT);

    @Benchmark
    public SealedText seal() {
        return protection.seal(Samples.AUTHOR, Samples.TEXT, CONTEXT);
    }

    @Benchmark
    public Optional<String> reveal() {
        return protection.reveal(sealed, CONTEXT);
    }
}

package chat.parley.wire;

import chat.parley.api.Refusal;
import org.jspecify.annotations.Nullable;

/** The outcome of decoding a text that a client sent. */
public sealed interface Decoded {
    record Frame(ClientFrame frame) implements Decoded {}

    /** @param ref the ref of the frame if it could be read, for the error */
    record Rejected(Refusal refusal, @Nullable String ref) implements Decoded {}
}

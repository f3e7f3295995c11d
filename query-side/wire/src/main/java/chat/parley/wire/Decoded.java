package chat.parley.wire;

import chat.parley.api.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a text that a client sent. */
public sealed interface Decoded {
    record Frame(ClientFrame frame) implements Decoded {}

    /** @param ref the frame's, where it could be read, so that the error can carry it */
    record Rejected(Refusal refusal, @Nullable String ref) implements Decoded {}
}

package chat.parley.load.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server did not answer for longer than our patience. */
public final class RunAbortedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public RunAbortedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package chat.parley.load.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The run cannot go on: the patience with the server is over, or something that it needs is missing. */
public final class RunAbortedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public RunAbortedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package chat.parley.load;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server did not answer for longer than our patience. */
final class GaveUp extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    GaveUp(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

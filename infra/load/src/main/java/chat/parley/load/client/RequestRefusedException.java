package chat.parley.load.client;

import java.io.Serial;
import java.util.Set;

/** The server said no, or something like it; the code is the contract's. */
public final class RequestRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Nothing is decided by these: the same thing may be asked again. */
    private static final Set<String> PASSING =
            Set.of("retry-later", "outcome-unknown", "rate-limited", "draining", "internal-error");

    private final String code;

    RequestRefusedException(String what, String code) {
        super(what + " was refused: " + code);
        this.code = code;
    }

    String code() {
        return code;
    }

    static boolean isPassing(String code) {
        return PASSING.contains(code);
    }
}

package chat.parley.load.client;

import java.io.Serial;
import java.util.Set;

/** The server refused a request; the code is that of the API contract. */
public final class RequestRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** After these codes the same request may be sent again. */
    private static final Set<String> TRANSIENT =
            Set.of("retry-later", "outcome-unknown", "rate-limited", "draining", "internal-error");

    private final String code;

    RequestRefusedException(String what, String code) {
        super(what + " was refused: " + code);
        this.code = code;
    }

    String code() {
        return code;
    }

    static boolean isTransient(String code) {
        return TRANSIENT.contains(code);
    }
}

package chat.parley.wire;

/** Why a socket is closed, with the two answers a client needs: may it reconnect by itself, and may it resume? */
public enum CloseReason {
    /** After {@code bye}. */
    LOGGED_OUT(1000, "logged-out", false, false),
    /** A frame larger than the limit; the code is the WebSocket protocol's own. */
    FRAME_TOO_LARGE(1009, "frame-too-large", false, true),
    /** The client does not speak this protocol. */
    PROTOCOL(4400, "protocol", false, false),
    /** Token expired or session over; with a fresh token, yes. */
    UNAUTHENTICATED(4401, "unauthenticated", true, true),
    FORBIDDEN(4403, "forbidden", false, false),
    /** It read slower than its conversations are written. Nothing is lost: resume. */
    SLOW_CONSUMER(4408, "slow-consumer", true, true),
    /** The same device connected again, or too many others did; reconnecting by itself would start a fight. */
    REPLACED(4409, "replaced", false, true),
    /** No frame for {@code offlineAfterSeconds}. */
    SILENT(4410, "silent", true, true),
    /** No {@code hello} in time, or not before too many others from its address. */
    HELLO_TIMEOUT(4411, "hello-timeout", true, true),
    RATE_LIMITED(4429, "rate-limited", true, true),
    /** The server could not go on with this session; what it missed is sent on resume. */
    INTERNAL(4500, "internal", true, true),
    DRAINING(4503, "draining", true, true);

    private final int code;
    private final String text;
    private final boolean mayReconnect;
    private final boolean mayResume;

    CloseReason(int code, String text, boolean mayReconnect, boolean mayResume) {
        this.code = code;
        this.text = text;
        this.mayReconnect = mayReconnect;
        this.mayResume = mayResume;
    }

    public int code() {
        return code;
    }

    /** The reason text of the close frame. */
    public String text() {
        return text;
    }

    /** Whether a client may connect again without being told to by a person. */
    public boolean mayReconnect() {
        return mayReconnect;
    }

    /** Whether its cursor or positions still serve. */
    public boolean mayResume() {
        return mayResume;
    }
}

package chat.parley.wire;

/** The reason why a socket is closed, and whether its client may reconnect by itself and may resume. */
public enum CloseReason {
    /** After {@code bye}. */
    LOGGED_OUT(1000, "logged-out", false, false),
    /** A replay for an auditor has come to its end. */
    REPLAY_ENDED(1000, "replay-ended", false, false),
    /** A frame larger than the limit; the code is the WebSocket protocol's own. */
    FRAME_TOO_LARGE(1009, "frame-too-large", false, true),
    /** The client does not speak this protocol. */
    PROTOCOL(4400, "protocol", false, false),
    /** The access token expired or the login session ended; with a new token the client may reconnect. */
    UNAUTHENTICATED(4401, "unauthenticated", true, true),
    FORBIDDEN(4403, "forbidden", false, false),
    /** The client reads slower than its conversations are written; it resumes and loses nothing. */
    SLOW_CONSUMER(4408, "slow-consumer", true, true),
    /** The same device connected again, or too many others did. Reconnecting by itself would close the other in turn. */
    REPLACED(4409, "replaced", false, true),
    /** No frame for {@code offlineAfterSeconds}. */
    SILENT(4410, "silent", true, true),
    /** No {@code hello} came in time, or before too many other sockets of the address. */
    HELLO_TIMEOUT(4411, "hello-timeout", true, true),
    RATE_LIMITED(4429, "rate-limited", true, true),
    /** The server could not continue the session; the client resumes and loses nothing. */
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

    /** Whether a client may reconnect without being asked to by its user. */
    public boolean mayReconnect() {
        return mayReconnect;
    }

    /** Whether the client's cursor or positions are still valid. */
    public boolean mayResume() {
        return mayResume;
    }
}

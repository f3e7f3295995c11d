package chat.parley.load.client;

/** A way to cut a connection on purpose. */
public enum DisconnectMode {
    /** With a close frame. */
    POLITE("chaos-polite"),
    /** With a TCP reset. */
    RESET("chaos-reset"),
    /** In the middle of a frame. */
    MID_FRAME("chaos-mid-frame");

    private final String closeReason;

    DisconnectMode(String closeReason) {
        this.closeReason = closeReason;
    }

    /** As reported. */
    String closeReason() {
        return closeReason;
    }
}

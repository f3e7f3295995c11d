package chat.parley.load.client;

import java.util.Locale;

/** How chaos ends a connection. */
public enum DisconnectMode {
    /** With a close frame. */
    POLITE,
    /** With a TCP reset. */
    RESET,
    /** In the middle of a frame of ours. */
    MID_FRAME;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

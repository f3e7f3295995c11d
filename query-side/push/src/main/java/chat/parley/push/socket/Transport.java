package chat.parley.push.socket;

import chat.parley.wire.CloseReason;
import java.nio.ByteBuffer;

/** One socket, as little of it as the push tier needs. Nothing here blocks. */
public interface Transport {
    /**
     * Queues one text frame.
     *
     * @param more whether another frame follows at once: this one may wait for it
     * @param done runs once, when the bytes have been handed to the network or can never be
     */
    void send(ByteBuffer utf8, boolean more, Runnable done);

    /** Asks for the next frame: without this, nothing more is read. */
    void demand();

    /** A close frame after everything queued. */
    void close(CloseReason reason);

    /** The end of the connection at once, whatever is queued. */
    void abort();
}

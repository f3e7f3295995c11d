package chat.parley.push.socket;

import chat.parley.wire.CloseReason;
import java.nio.ByteBuffer;

/** The socket operations that the push tier needs. None of them blocks. */
public interface Transport {
    /**
     * Queues one text frame.
     *
     * @param more whether another frame follows at once, so that this one may wait for it
     * @param done runs once, when the bytes were handed to the network or the socket failed
     */
    void send(ByteBuffer utf8, boolean more, Runnable done);

    /**
     * Sends a ping.
     *
     * @param answered runs when its pong was received; never, if it is not, or if this was called again before
     */
    void ping(Runnable answered);

    /** Reads the next frame. Without a call nothing more is read. */
    void demand();

    /** Sends a close frame after all queued frames. */
    void close(CloseReason reason);

    /** Aborts the connection at once and discards the queued frames. */
    void abort();
}

package chat.parley.push.socket;

/**
 * The receiver of what happens on one socket. The methods for frames are called one at a time, each after {@link
 * Transport#demand}.
 */
public interface SocketHandler {
    /** A part of a text has come; the rest is read without a {@link Transport#demand}. */
    void bytesReceived();

    void textReceived(String text);

    void binaryReceived();

    /** A text is longer than the largest frame; nothing more is read. */
    void oversizedTextReceived();

    /** The connection is closed. May be called by another thread than the rest, and more than once. */
    void closed();

    /** Makes the handler of a socket that has just opened. */
    @FunctionalInterface
    interface Factory {
        /** @param address the client's, to count the sockets that come from it */
        SocketHandler opened(Transport transport, String address);
    }
}

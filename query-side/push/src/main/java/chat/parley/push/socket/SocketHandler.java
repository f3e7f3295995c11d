package chat.parley.push.socket;

/**
 * Receives the events of one socket. The methods for frames are called one at a time, each after
 * {@link Transport#demand}.
 */
public interface SocketHandler {
    /** A part of a text was received. The rest is read without a {@link Transport#demand}. */
    void bytesReceived();

    void textReceived(String text);

    void binaryReceived();

    /** A text is longer than the largest frame. Nothing more is read. */
    void oversizedTextReceived();

    /** The connection is closed. Any thread may call this, more than once. */
    void closed();

    /** Makes the handler of a socket that has just opened. */
    @FunctionalInterface
    interface Factory {
        /** @param address address of the client, by which sockets are counted */
        SocketHandler opened(Transport transport, String address);
    }
}

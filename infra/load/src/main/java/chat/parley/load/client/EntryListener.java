package chat.parley.load.client;

import chat.parley.load.protocol.ReceivedFrame;

/** Receives the entries of one conversation on one client. Confined to the client's event loop. */
public interface EntryListener {
    void received(ReceivedFrame.Entry entry);

    /** The highest position so far; 0 before the first. */
    int lastPosition();
}

package chat.parley.load.client;

import chat.parley.load.protocol.ReceivedFrame;

/** What becomes of the entries that one device receives of one conversation. Confined to the device's event loop. */
public interface EntryListener {
    void add(ReceivedFrame.Entry entry);

    /** The highest position so far; 0 before the first. */
    int last();
}

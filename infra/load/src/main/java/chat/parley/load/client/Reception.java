package chat.parley.load.client;

import chat.parley.load.protocol.ServerFrame;

/** What becomes of the entries that one device receives of one conversation. Confined to the device's event loop. */
public interface Reception {
    void add(ServerFrame.Entry entry);

    /** The highest position so far; 0 before the first. */
    int last();
}

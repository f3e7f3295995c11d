package chat.parley.load;

/** What becomes of the entries that one device receives of one conversation. Confined to the device's event loop. */
interface Reception {
    void add(ServerFrame.Entry entry);

    /** The highest position so far; 0 before the first. */
    int last();
}

package chat.parley.audit.export;

/** Is told how far an archive is. What it throws ends the archive. */
public interface ArchiveProgress {
    ArchiveProgress NONE = new ArchiveProgress() {};

    /** All events up to this index have been read. */
    default void read(long index) {}

    /** The events are written, and this number of entries will be in the documents. */
    default void documents(long entries) {}

    /** So many more of them are. */
    default void documented(long entries) {}
}

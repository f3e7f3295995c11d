package chat.parley.audit.export;

import chat.parley.api.account.UserId;

/** Is told how far an archive is. What it throws ends the archive. */
public interface ArchiveProgress {
    ArchiveProgress NONE = new ArchiveProgress() {};

    /** All events up to this index have been read. */
    default void read(long index) {}

    /** The events are written, and this number of entries will be in the documents. */
    default void documents(long entries) {}

    /** So many more of them are. */
    default void documented(long entries) {}

    /** The documents may have texts or names of this person from now on. May be called again, and on any thread. */
    default void revealed(UserId author) {}
}

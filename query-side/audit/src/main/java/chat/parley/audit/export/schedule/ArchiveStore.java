package chat.parley.audit.export.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the job puts archives. Whoever looks there sees whole archives only. */
interface ArchiveStore {
    /** The names of archives that begin like this. */
    List<String> names(String prefix) throws IOException;

    /**
     * Stores an archive, durable on return.
     *
     * @throws IOException also if there is one of this name, which is never replaced
     */
    void put(String name, Path archive) throws IOException;
}

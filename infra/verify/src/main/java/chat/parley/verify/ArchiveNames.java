package chat.parley.verify;

/** The names of an archive's entries. */
public final class ArchiveNames {
    public static final String README = "README.txt";
    public static final String KEY = "log.key";
    public static final String CHECKPOINT = "checkpoint";
    public static final String EVENTS = "events.ndjson.gz";
    public static final String TILES = "tile/";
    public static final String MANIFEST = "manifest";

    private ArchiveNames() {}
}

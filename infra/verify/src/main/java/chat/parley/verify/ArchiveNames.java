package chat.parley.verify;

/** The names of an archive's entries. */
public final class ArchiveNames {
    public static final String README = "README.txt";
    public static final String KEY = "log.key";
    public static final String CHECKPOINT = "checkpoint";
    /** Proves which log this one continues. */
    public static final String PREDECESSOR = "predecessor";

    public static final String EVENTS = "events.ndjson.gz";
    /** The directory of documents, each of which is a zip file. */
    public static final String DOCUMENTS = "documents/";

    public static final String RSMF = DOCUMENTS + "rsmf.zip";
    public static final String EML = DOCUMENTS + "eml.zip";
    public static final String SLACK = DOCUMENTS + "slack.zip";

    /** A person's own data to read. */
    public static final String DATA = "data.json";

    public static final String TILES = "tile/";
    public static final String MANIFEST = "manifest";

    private ArchiveNames() {}
}

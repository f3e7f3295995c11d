package chat.parley.search.history.document;

/** Alias names in Elasticsearch; searches use only these. */
public final class IndexNames {
    /** Every message with its current text; tombstones for retracted ones. */
    public static final String MESSAGES = "parley-messages";
    /** Every text that an edit or a retraction has ended. */
    public static final String PAST = "parley-past";

    private IndexNames() {}
}

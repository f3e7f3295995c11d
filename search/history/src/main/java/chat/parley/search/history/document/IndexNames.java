package chat.parley.search.history.document;

/** Names in Elasticsearch. Whoever searches uses the aliases. */
public final class IndexNames {
    /** Every message as it stands; tombstones of retracted ones. */
    public static final String MESSAGES = "parley-messages";
    /** Every text that an edit or a retraction has put an end to. */
    public static final String PAST = "parley-past";

    private IndexNames() {}
}

package chat.parley.search.history.query;

/** Where a request searches. */
public enum SearchScope {
    /** What the user may read as a member. */
    OWN,
    /** The whole history. */
    ALL
}
